/**
 * A list of repository URLs in one call of the core: copied once, joined into one text, answered by one byte for each.
 */

import { verdicts as judge } from '../wasm/torque_gitlab_connect.js';
import type { BatchResult, RepositoryUrl, Result } from './types.js';
import { call, run } from './wasm.js';

/** Checks a list as `checkRepositoryUrl` checks each of it. */
export function checkList(baseUrl: unknown, repositoryUrls: unknown): Result<BatchResult> {
  const list = copyList(repositoryUrls);
  // What is wrong with the base, or with something that is no list, is the core's to say.
  const base = call<Result<{ url: string }>>('checkRepositoryUrls', [baseUrl, list === null ? repositoryUrls : []]);
  if (!base.ok) return base;
  const copied = list ?? [];
  const { url } = base.value;
  const verdicts = run(() => judge(url, ...join(copied))) ?? new Uint8Array(copied.length);
  const value: BatchResult = {
    inside: verdicts.reduce((count, verdict) => count + Number(verdict === INSIDE), 0),
    verdicts,
    result: (index): Result<RepositoryUrl> => call('checkRepositoryUrl', [url, copied[index]]),
  };
  return { ok: true, value, issues: base.issues };
}

const INSIDE = 2;

/** Longer lists are told to be too large, as everything is that no memory holds. */
const MAX_LENGTH = 4_000_000;

/** What stands for an element that cannot be read: it cannot be read again either. */
const unreadable = (() => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
})();

/** The elements: texts as they are, of everything else only what kind it is. Nothing where it is no list. */
function copyList(list: unknown): unknown[] | null {
  try {
    if (!Array.isArray(list) || list.length > MAX_LENGTH) return null;
    const copied: unknown[] = new Array(list.length);
    for (let index = 0; index < copied.length; index += 1) copied[index] = copyElement(list, index);
    return copied;
  } catch {
    return null;
  }
}

function copyElement(list: readonly unknown[], index: number): unknown {
  try {
    const element = list[index];
    if (typeof element !== 'object' || element === null) return element;
    return Array.isArray(element) ? [] : {};
  } catch {
    return unreadable;
  }
}

/** All texts in one, and how long each is. What is no well-formed text counts as empty, which is no URL either. */
function join(elements: readonly unknown[]): [urls: string, lengths: Uint32Array] {
  const texts = elements.map((element) => (typeof element === 'string' && !HALF_PAIR.test(element) ? element : ''));
  return [texts.join(''), Uint32Array.from(texts, (text) => text.length)];
}

const HALF_PAIR = /\p{Surrogate}/u;
