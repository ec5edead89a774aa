/** The events of the element, with their data in properties. No event holds a token. */

import type { Assessment, ConnectEvent, IssueCode, Method, Plan, PlanRepository, Report } from '../index.js';

/** The names of the steps, in their order. */
export const stepNames = ['method', 'gitlab', 'repositories', 'torque', 'review', 'connect'] as const;

/** The name of a step. */
export type StepName = (typeof stepNames)[number];

/** To whom a request goes. */
export type Recipient = 'torque' | 'gitlab';

/** One way or another of a union, without its token. */
export type WithoutToken<T> = T extends unknown ? Omit<T, 'token'> : never;

/** A plan as it may be shown: every key but the tokens. */
export type PlanWithoutTokens = Omit<Plan, 'torqueToken' | 'method' | 'repositories'> & {
  /** How Torque reaches the repositories. */
  method: WithoutToken<Method>;
  /** May be empty with a new provider. */
  repositories: readonly Omit<PlanRepository, 'token'>[];
};

const upwards = { bubbles: true, composed: true };

/** The user is at another step. */
export class StepEvent extends Event {
  /** The name of the event. */
  static readonly type = 'torque-gitlab-connect-step';
  constructor(
    /** The step that is shown now. */
    readonly step: StepName,
  ) {
    super(StepEvent.type, upwards);
  }
}

/** An error that is shown. */
export type ShownError = {
  /** The field, as a plan names it (`baseUrl`, `repositories.0.url`); empty where it is about none. */
  field: string;
  /** What is wrong. */
  code: IssueCode;
};

/** Other errors are shown than before, or none any more. A page may say so in its title, which is read first. */
export class ErrorsEvent extends Event {
  /** The name of the event. */
  static readonly type = 'torque-gitlab-connect-errors';
  constructor(
    /** Whether the present step shows errors above its form, or a job that failed. */
    readonly shown: boolean,
    /** All of them. */
    readonly errors: readonly ShownError[],
  ) {
    super(ErrorsEvent.type, upwards);
  }
}

/** GitLab was asked about a token. */
export class TokenTestedEvent extends Event {
  /** The name of the event. */
  static readonly type = 'torque-gitlab-connect-token-tested';
  constructor(
    /** What came of it; `unasked` where GitLab did not answer. */
    readonly verdict: Assessment['verdict'] | 'unasked',
    /** What GitLab's answer led to. */
    readonly codes: readonly IssueCode[],
    /** Place of the repository in the list; `null` for the provider's token. */
    readonly repository: number | null,
  ) {
    super(TokenTestedEvent.type, upwards);
  }
}

/** Something that the page may refuse, with a text for the user. */
class RefusableEvent extends Event {
  #refusal: string | null = null;

  constructor(type: string) {
    super(type, { ...upwards, cancelable: true });
  }

  /** Refuses, and shows the user why; `preventDefault()` refuses without a text. */
  refuse(message: string): void {
    this.#refusal = typeof message === 'string' ? message : '';
  }

  /** The text of the refusal, empty where there is none; `null` as long as nobody refuses. */
  get refusal(): string | null {
    return this.#refusal ?? (this.defaultPrevented ? '' : null);
  }
}

/** The user pressed Connect, and nothing was sent yet. The page may look at the plan, take its time, and refuse. */
export class BeforeConnectEvent extends RefusableEvent {
  /** The name of the event. */
  static readonly type = 'torque-gitlab-connect-before-connect';
  readonly #awaited: Promise<unknown>[] = [];

  constructor(
    /** What would be done. */
    readonly plan: PlanWithoutTokens,
  ) {
    super(BeforeConnectEvent.type);
  }

  /** Nothing is sent before this has ended; a rejection refuses. */
  waitUntil(promise: Promise<unknown>): void {
    this.#awaited.push(promise);
  }

  /** @hidden The refusal, once all that was waited for has ended. */
  async settled(): Promise<string | null> {
    try {
      await Promise.all(this.#awaited);
      return this.refusal;
    } catch {
      return this.refusal ?? '';
    }
  }
}

/** A request is about to go out, of a job or of a test. The page may refuse it. */
export class BeforeRequestEvent extends RefusableEvent {
  /** The name of the event. */
  static readonly type = 'torque-gitlab-connect-before-request';
  constructor(
    /** To whom it goes. */
    readonly to: Recipient,
    /** `GET` or `POST`. */
    readonly method: string,
    /** Holds no token. */
    readonly url: string,
  ) {
    super(BeforeRequestEvent.type);
  }
}

/** A job begins, or goes on. */
export class StartEvent extends Event {
  /** The name of the event. */
  static readonly type = 'torque-gitlab-connect-start';
  constructor() {
    super(StartEvent.type, upwards);
  }
}

/** Something happened on the way. */
export class JobProgressEvent extends Event {
  /** The name of the event. */
  static readonly type = 'torque-gitlab-connect-progress';
  constructor(
    /** What happened, as `connect` reports it. */
    readonly progress: ConnectEvent,
  ) {
    super(JobProgressEvent.type, upwards);
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
    super(EndEvent.type, upwards);
  }
}

/** Each event by its name, for `addEventListener`. */
export type TorqueGitlabConnectEventMap = {
  /** The user is at another step. */
  'torque-gitlab-connect-step': StepEvent;
  /** Other errors are shown, or none any more. */
  'torque-gitlab-connect-errors': ErrorsEvent;
  /** GitLab was asked about a token. */
  'torque-gitlab-connect-token-tested': TokenTestedEvent;
  /** The user pressed Connect. */
  'torque-gitlab-connect-before-connect': BeforeConnectEvent;
  /** A request is about to go out. */
  'torque-gitlab-connect-before-request': BeforeRequestEvent;
  /** A job begins, or goes on. */
  'torque-gitlab-connect-start': StartEvent;
  /** Something happened on the way. */
  'torque-gitlab-connect-progress': JobProgressEvent;
  /** The job has ended. */
  'torque-gitlab-connect-end': EndEvent;
};
