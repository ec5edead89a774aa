/** What outlives a reload: everything that was typed and would pass, apart from tokens, and how far the job came. */

import type { Checkpoint, Method, PlanRepository } from '../types.js';
import type { StepName } from './events.js';

/** JSON without secrets. */
export type Draft = {
  kind: Method['kind'];
  existing: boolean;
  step: StepName;
  /** The values of the single fields by their ids. */
  fields: Record<string, string>;
  repositories: PlanRepository[];
  /** The list that is not added yet. */
  lines: string;
  /** Of a job that did not come to its end. */
  checkpoint: Checkpoint | null;
};

const key = 'torque-gitlab-connect';

/** Keeps a draft; a storage that is full or forbidden keeps nothing, and the form works all the same. */
export function keepDraft(storage: Storage, draft: Draft | null): void {
  try {
    if (draft === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(draft));
  } catch {}
}

export function readDraft(storage: Storage): Draft | null {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}
