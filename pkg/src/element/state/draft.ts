/** What outlives a reload: everything that was typed and would pass, apart from tokens, and how far the job came. */

import { type Draft, holdTokens as hold, readDraft as read } from '../../wasm/core.js';

export type { Draft } from '../../wasm/core.js';

/** Under which a draft is kept, unless the page names another key. */
export const defaultKey = 'torque-gitlab-connect';

/** Keeps a draft. A storage that is full or forbidden keeps nothing, not even the draft of before, and the form works all the same. */
export function keepDraft(storage: Storage, key: string, draft: Draft | null): void {
  try {
    if (draft === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(draft));
  } catch {
    if (draft !== null) keepDraft(storage, key, null);
  }
}

/** What was kept: nothing, a draft, or something `unreadable`, which any script of the page may have written. */
export function readDraft(storage: Storage, key: string): Draft | 'unreadable' | null {
  let kept: unknown;
  try {
    kept = storage.getItem(key) ?? null;
  } catch {
    return null;
  }
  return kept === null ? null : (draftOf(kept) ?? 'unreadable');
}

/** The draft that a text is; `null` where it is none. */
export function draftOf(kept: unknown): Draft | null {
  const draft = read(kept);
  return draft.ok ? draft.value : null;
}

/** In which of the texts one of the tokens stands. Where that cannot be told, in all of them. */
export function holdTokens(texts: readonly string[], tokens: readonly string[]): boolean[] {
  const told = hold(texts, tokens);
  return told.ok ? told.value : texts.map(() => true);
}
