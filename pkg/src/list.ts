/**
 * A list of repository URLs in few calls of the core: copied once, joined into long texts, answered by one byte for each.
 */

import type { Core } from './core.js';
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
  // Whatever it is given is told by the core.
  const checkList = core.lazily((glue) => glue.checkRepositoryList);
  const checkUrl = core.lazily((glue) => glue.checkRepositoryUrl);
  return (baseUrl, repositoryUrls) => {
    const { copied, told } = copyList(repositoryUrls);
    const base = checkList(baseUrl, told);
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

/** Longer lists are told to be too large, as everything is that no memory holds. */
const MAX_LENGTH = 4_000_000;

/** What stands for something that cannot be read: it cannot be read again either. */
const unreadable = (() => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
})();

/**
 * The elements: texts as they are, of everything else only what kind it is. And what the core is told of the list: what would
 * not do is not shown to it a second time, since a Proxy may then say something else.
 */
function copyList(list: unknown): { copied: unknown[]; told: unknown } {
  try {
    if (!Array.isArray(list)) return { copied: [], told: list };
    const length: unknown = list.length;
    if (typeof length !== 'number') return { copied: [], told: unreadable };
    if (length > MAX_LENGTH) return { copied: [], told: new Array(MAX_LENGTH + 1) };
    const copied: unknown[] = new Array(length);
    for (let index = 0; index < copied.length; index += 1) copied[index] = copyElement(list, index);
    return { copied, told: [] };
  } catch {
    return { copied: [], told: unreadable };
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
    const texts = nextTexts(elements, start);
    // What does not pass the core counts as 0.
    judged.set(judge(core, base, texts, room), start);
    start += texts.length;
  }
  return judged;
}

/** So many characters go to the core at once (and one text more): its memory need not grow with the list, and what is copied
 * stays in the processor's cache. */
const PIECE = 1 << 16;

/** As many texts as one call takes. What is no text counts as empty, which is no URL either. */
function nextTexts(elements: readonly unknown[], start: number): string[] {
  let end = start;
  for (let characters = 0; end < elements.length && characters < PIECE; end += 1) {
    const element = elements[end];
    characters += typeof element === 'string' ? element.length + 1 : 1;
  }
  return elements.slice(start, end).map((element) => (typeof element === 'string' ? element : ''));
}

/** One verdict for each text. The core gets all of them in one, with a NUL between each two. */
function judge(core: Core<Glue>, base: string, texts: string[], room: Uint8Array): Uint8Array {
  const verdicts = (texts: string[]) => {
    const joined = encode(texts.join('\0'), room);
    return core.start().run((glue) => glue.verdicts(base, joined)) ?? new Uint8Array(texts.length);
  };
  const judged = verdicts(texts);
  if (judged.length === texts.length) return judged;
  // One of them has a NUL inside, which is in no URL.
  return verdicts(texts.map((text) => (text.includes('\0') ? '' : text)));
}

/** In UTF-8. Almost every piece fits into `room`; new memory for each would take a fifth of the time of a list. */
function encode(text: string, room: Uint8Array): Uint8Array {
  const { read, written } = encoder.encodeInto(text, room);
  return read === text.length ? room.subarray(0, written) : encoder.encode(text);
}

const encoder = new TextEncoder();
