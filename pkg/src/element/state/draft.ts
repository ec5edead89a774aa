/** What outlives a reload: everything that was typed and would pass, apart from tokens, and how far the job came. */

import { type Draft, holdTokens as hold, readDraft as read } from '../../wasm/core.js';

export type { Draft } from '../../wasm/core.js';

/** The key under which a draft is stored, unless the page names another one. */
export const defaultKey = 'torque-gitlab-connect';

/** Stores a draft. A storage that is full or forbidden holds nothing, not even the draft of before, and the form works all the same. */
export function storeDraft(storage: Storage, key: string, draft: Draft | null): void {
  try {
    if (draft === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(draft));
  } catch {
    if (draft !== null) storeDraft(storage, key, null);
  }
}

/** What was stored: nothing, a draft, or something `unreadable`, which any script of the page may have written. */
export function readDraft(storage: Storage, key: string): Draft | 'unreadable' | null {
  let stored: unknown;
  try {
    stored = storage.getItem(key) ?? null;
  } catch {
    return null;
  }
  return stored === null ? null : (draftOf(stored) ?? 'unreadable');
}

/** The draft that a text is; `null` where it is none. */
export function draftOf(stored: unknown): Draft | null {
  const draft = read(stored);
  return draft.ok ? draft.value : null;
}

/** In which of the texts one of the tokens stands. Where that cannot be known, in all of them. */
export function holdTokens(texts: readonly string[], tokens: readonly string[]): boolean[] {
  const held = hold(texts, tokens);
  return held.ok ? held.value : texts.map(() => true);
}
