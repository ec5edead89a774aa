/** What the drawings of the steps have at hand. */

import type { StepName } from '../events.js';
import type { Field } from '../state/field.js';
import type { Model } from '../state/model.js';
import type { Mistake } from '../state/obstacle.js';
import type { Repository } from '../state/repository.js';
import type { Run } from '../state/run.js';
import type { TokenTest } from '../state/token-test.js';
import type { Texts } from '../texts/messages.js';

/** The lists that have pages. */
export type Paged = 'repositories' | 'requests' | 'rows' | 'log';

/** The element as its steps see it: what is known, and what a click can set off. */
export type View = {
  readonly model: Model;
  readonly texts: Texts;
  /** The step that is shown. */
  readonly step: StepName;
  /** Those that can be opened now. */
  readonly open: ReadonlySet<StepName>;
  /** Those whose entries `connect` would take. */
  readonly validSteps: ReadonlySet<StepName>;
  /** Of the step's heading; those below it are one deeper. */
  readonly level: number;
  /** The page of each long list. */
  readonly pages: Map<Paged, number>;
  /** The job under way or the last one, `null` before the first. */
  readonly run: Run | null;
  /** What was wrong when the user last wanted to go on. */
  readonly mistakes: readonly Mistake[];
  /** What was copied last, as long as the step is shown. */
  readonly copied: string | null;
  /** Draws anew. */
  readonly update: () => void;
  /** Draws anew after a key stroke: what is typed is judged when the field is left. */
  readonly typed: () => void;
  /** Says a text to those who do not see it appear, and takes it back once it is no longer true. */
  readonly announce: (text: string, stillTrue?: () => boolean) => void;
  /** Puts a text into the clipboard, and says whether that was allowed. */
  readonly copy: (text: string) => void;
  /** Moves the focus to the element of this id as soon as it is drawn. */
  readonly focus: (id: string) => void;
  /** Goes to a step, or to the one before it that has to be put right first. */
  readonly visit: (step: StepName) => void;
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
