/** What stands in the way of a step: another one before it, with what is wrong there. */

import type { IssueCode } from '../../index.js';
import type { StepName } from '../events.js';
import type { Texts } from '../texts/messages.js';
import type { Field } from './field.js';
import type { Model } from './model.js';

/** Something that is wrong, as it was when the user wanted to go on. */
export type Mistake = {
  /** Of what can be put right; `null` where that is nothing in the form. */
  readonly id: string | null;
  /** For the page around the element: the name in a plan, and the code. */
  readonly field: string;
  readonly code: IssueCode | null;
  readonly text: (texts: Texts) => string;
};

/** A step that has to be put right first. */
export type Obstacle = { step: StepName; mistakes: Mistake[] };

/** The first step before another that `connect` would not take, with what is wrong in it; `null` if there is none. */
export function obstacleBefore(wanted: StepName, present: StepName, model: Model): Obstacle | null {
  const { steps, lines } = model;
  const before = steps.slice(0, steps.indexOf(wanted));
  const invalid = before.find((step) => !model.isValid(step));
  if (invalid !== undefined) {
    const fields = model.fieldsOf(invalid);
    for (const field of fields) field.judge();
    const mistakes = fields.filter((field) => field.wrong).map((field) => mistakeIn(field, model));
    if (invalid !== 'repositories' || lines.empty) return { step: invalid, mistakes };
    model.adding = 'lines';
    const text = (texts: Texts) => lines.left(model, texts);
    return { step: invalid, mistakes: [...mistakes, { id: 'lines', field: '', code: null, text }] };
  }
  return wanted === 'review' || wanted === 'connect' ? obstacleInPlan(before, present, model) : null;
}

/** What is wrong with all of it together, or with what the page has given. */
function obstacleInPlan(before: readonly StepName[], present: StepName, model: Model): Obstacle | null {
  const preview = model.preview();
  if (preview.ok) return null;
  const errors = preview.issues.filter(({ severity }) => severity === 'error');
  const stepOf = (field: Field) => before.find((step) => model.fieldsOf(step).includes(field));
  let first: StepName | undefined;
  const mistakes = errors.map((issue): Mistake => {
    const field = model.fieldAt(issue.path);
    const step = field === null ? undefined : stepOf(field);
    first ??= step;
    const text = (texts: Texts) => texts.issue(issue);
    if (field === null) return { id: null, field: issue.path.join('.'), code: issue.code, text };
    if (step !== undefined) field.add(issue);
    const named = (texts: Texts) => `${texts.of(field.label)}: ${texts.issue(issue)}`;
    return { id: step === undefined ? null : field.id, field: model.nameOf(field), code: issue.code, text: named };
  });
  return { step: first ?? (before.includes(present) ? present : (before.at(-1) ?? present)), mistakes };
}

function mistakeIn(field: Field, model: Model): Mistake {
  const issue = field.issues?.find(({ severity }) => severity === 'error');
  const text = (texts: Texts) => `${texts.of(field.label)}: ${issue === undefined ? '' : texts.issue(issue)}`;
  return { id: field.id, field: model.nameOf(field), code: issue?.code ?? null, text };
}
