/**
 * A list of repository URLs in few calls of the core: copied once, joined into long texts, answered by one byte for each.
 */

import type { Core } from './core.js';
import { put, utf8, write } from './platform.js';
import type { RepositoryUrl, Result } from './wasm/core.js';

/** The verdicts on a list of repository URLs. */
export type BatchResult = {
  /** How many are inside. */
  inside: number;
  /** For each URL: 0 invalid, 1 outside, 2 inside. */
  verdicts: Uint8Array;
  /** The single check of one of them, by its index. */
  result(index: number): Result<RepositoryUrl>;
};

/** The functions of the core that this takes. */
type Glue = Pick<
  typeof import('./wasm/validate.js'),
  'initSync' | 'checkRepositoryList' | 'checkRepositoryUrl' | 'verdicts'
>;

/**
 * Checks a list of repository URLs, also a long one, in one go. It never fails for one of them: each has its verdict, and
 * `result(index)` says why.
 *
 * @example
 * ```ts
 * const { verdicts, inside } = checkRepositoryUrls('https://gitlab.example.com/', urls).value;
 * ```
 */
export type CheckRepositoryUrls = (baseUrl: string, repositoryUrls: readonly string[]) => Result<BatchResult>;

/** `checkRepositoryUrls`, by one of the cores. */
export function listCheck(core: Core<Glue>): CheckRepositoryUrls {
  // The core says what is wrong with whatever it is given.
  const checkList = core.lazily((glue) => glue.checkRepositoryList);
  const checkUrl = core.lazily((glue) => glue.checkRepositoryUrl);
  return (baseUrl, repositoryUrls) => {
    const { copied, argument } = copyList(repositoryUrls);
    const base = checkList(baseUrl, argument);
    if (!base.ok) return base;
    const { url } = base.value;
    const judged = judgeAll(core, url, copied);
    let inside = 0;
    // By index: an iterator takes as long as a tenth of the check.
    for (let index = 0; index < judged.length; index += 1) if (judged[index] === INSIDE) inside += 1;
    const result = (index: number): Result<RepositoryUrl> => checkUrl(url, copied[index]);
    return { ok: true, value: { inside, verdicts: judged, result }, issues: base.issues };
  };
}

const INSIDE = 2;

/** Longer lists are too large, as everything is that no memory holds. */
const MAX_LENGTH = 4_000_000;

/** What stands for something that cannot be read: it cannot be read again either. */
const unreadable = (() => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
})();

/**
 * The elements: texts as they are, of everything else only what kind it is. And the argument that the core gets for the list: what would
 * not do is not shown to it a second time, since a Proxy may then say something else.
 */
function copyList(list: unknown): { copied: unknown[]; argument: unknown } {
  try {
    if (!Array.isArray(list)) return { copied: [], argument: list };
    const length: unknown = list.length;
    if (typeof length !== 'number') return { copied: [], argument: unreadable };
    if (length > MAX_LENGTH) return { copied: [], argument: new Array(MAX_LENGTH + 1) };
    const copied: unknown[] = new Array(length);
    for (let index = 0; index < length; index += 1) put(copied, index, copyElement(list, index));
    return { copied, argument: [] };
  } catch {
    return { copied: [], argument: unreadable };
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

function judgeAll(core: Core<Glue>, base: string, elements: readonly unknown[]): Uint8Array {
  const judged = new Uint8Array(elements.length);
  const room = new Uint8Array(2 * PIECE);
  for (let start = 0; start < elements.length; ) {
    let text = textOf(elements[start]);
    let end = start + 1;
    for (; end < elements.length && text.length < PIECE; end += 1) text += `\0${textOf(elements[end])}`;
    write(judged, judge(core, base, elements, start, end, utf8(text, room)), start);
    start = end;
  }
  return judged;
}

/** So many characters go to the core at once (and one text more): its memory need not grow with the list, and what is copied
 * stays in the processor's cache. */
const PIECE = 1 << 16;

/** What is no text counts as empty, which is no URL either. */
function textOf(element: unknown): string {
  return typeof element === 'string' ? element : '';
}

function withoutNul(element: unknown): string {
  const text = textOf(element);
  return text.indexOf('\0') >= 0 ? '' : text;
}

/** One verdict for each element from `start` to `end`; `joined` is all of them, with a NUL between each two. */
function judge(
  core: Core<Glue>,
  base: string,
  elements: readonly unknown[],
  start: number,
  end: number,
  joined: Uint8Array,
): Uint8Array {
  const verdicts = (texts: Uint8Array) => core.start().run((glue) => glue.verdicts(base, texts));
  // What does not pass the core counts as 0.
  const judged = verdicts(joined) ?? new Uint8Array(end - start);
  if (judged.length === end - start) return judged;
  // One of them has a NUL inside, which is in no URL: then it has a verdict too many, and counts as empty.
  let text = withoutNul(elements[start]);
  for (let index = start + 1; index < end; index += 1) text += `\0${withoutNul(elements[index])}`;
  const again = verdicts(utf8(text, new Uint8Array(0)));
  return again?.length === end - start ? again : new Uint8Array(end - start);
}
