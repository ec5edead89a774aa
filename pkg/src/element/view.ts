/** What the drawings of the steps have at hand. */

import type { StepName } from './events.js';
import type { Field } from './field.js';
import type { Texts } from './messages.js';
import type { Model } from './model.js';
import type { Repository } from './repository.js';
import type { Run } from './run.js';
import type { TokenTest } from './token-test.js';

/** The element as its steps see it: what is known, and what a click can set off. */
export type View = {
  readonly model: Model;
  readonly texts: Texts;
  /** The step that is shown. */
  readonly step: StepName;
  /** The furthest one that the user has come to, by its place. */
  readonly furthest: number;
  /** The job under way or the last one, `null` before the first. */
  readonly run: Run | null;
  /** Whether the error summary of the present step is shown. */
  readonly summary: boolean;
  /** What was copied last, as long as the step is shown. */
  readonly copied: string | null;
  /** Draws anew. */
  readonly update: () => void;
  /** Says a text to those who do not see it appear, and takes it back once it is no longer true. */
  readonly announce: (text: string, stillTrue?: () => boolean) => void;
  /** Puts a text into the clipboard, and says whether that was allowed. */
  readonly copy: (text: string) => void;
  /** Moves the focus to the element of this id as soon as it is drawn. */
  readonly focus: (id: string) => void;
  readonly goTo: (step: StepName) => void;
  readonly goBack: () => void;
  readonly goOn: () => void;
  /** The field has got another value that is now judged. */
  readonly settle: (field: Field) => void;
  /** The test of the provider's token, or of a repository's. */
  readonly testOf: (repository: Repository | null) => TokenTest;
  /** Asks GitLab, if what it is asked with is right. */
  readonly test: (repository: Repository | null) => void;
  /** Asks GitLab which projects the token reaches; `more` asks for the next page. */
  readonly listProjects: (more?: boolean) => void;
  readonly connect: () => void;
  readonly stop: () => void;
  /** Says whether Torque has the provider whose creation got no clear answer, and goes on. */
  readonly answerProvider: (created: boolean) => void;
  /** Forgets all that was typed, and begins with the first step. */
  readonly startAnew: () => void;
  /** Keeps the connection's settings and empties the list of repositories. */
  readonly connectMore: () => void;
};
