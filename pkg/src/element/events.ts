/** What the element tells the page around it. No event holds a token. */

import type { ConnectEvent, Report } from '../types.js';

/** The names of the steps, in their order. */
export type StepName = 'method' | 'gitlab' | 'repositories' | 'torque' | 'review' | 'connect';

/** The user is at another step. */
export class StepEvent extends Event {
  /** The name of the event. */
  static readonly type = 'torque-gitlab-connect-step';
  constructor(
    /** The step that is shown now. */
    readonly step: StepName,
  ) {
    super(StepEvent.type, { bubbles: true, composed: true });
  }
}

/** Errors have come to be shown, or have gone. A page may say so in its title, which is read first. */
export class ErrorsEvent extends Event {
  /** The name of the event. */
  static readonly type = 'torque-gitlab-connect-errors';
  constructor(
    /** Whether the present step shows errors above its form, or a job that failed. */
    readonly shown: boolean,
  ) {
    super(ErrorsEvent.type, { bubbles: true, composed: true });
  }
}

/** The user pressed Connect. `preventDefault()` keeps the element from sending anything. */
export class StartEvent extends Event {
  /** The name of the event. */
  static readonly type = 'torque-gitlab-connect-start';
  constructor() {
    super(StartEvent.type, { bubbles: true, composed: true, cancelable: true });
  }
}

/** Something happened on the way. */
export class ProgressEvent extends Event {
  /** The name of the event. */
  static readonly type = 'torque-gitlab-connect-progress';
  constructor(
    /** What happened, as `connect` tells it. */
    readonly detail: ConnectEvent,
  ) {
    super(ProgressEvent.type, { bubbles: true, composed: true });
  }
}

/** The job has ended, well or not. */
export class EndEvent extends Event {
  /** The name of the event. */
  static readonly type = 'torque-gitlab-connect-end';
  constructor(
    /** What was done. */
    readonly report: Report,
  ) {
    super(EndEvent.type, { bubbles: true, composed: true });
  }
}

/** Each event by its name, for `addEventListener`. */
export type TorqueGitlabConnectEventMap = {
  /** The user is at another step. */
  'torque-gitlab-connect-step': StepEvent;
  /** Errors have come to be shown, or have gone. */
  'torque-gitlab-connect-errors': ErrorsEvent;
  /** The user pressed Connect. */
  'torque-gitlab-connect-start': StartEvent;
  /** Something happened on the way. */
  'torque-gitlab-connect-progress': ProgressEvent;
  /** The job has ended. */
  'torque-gitlab-connect-end': EndEvent;
};
