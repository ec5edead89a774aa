/**
 * The check of a repository URL, and the short way to its most frequent answer: a form asks on every key stroke, a list of
 * projects asks for each of them, mostly with the same base.
 */

import type { PartRange, RepositoryUrl, RepositoryUrlParts, Result } from './types.js';
import { call, ensureCore } from './wasm.js';

/** Checks the address of a repository and, with a base URL, that it lies inside it. */
export function checkUrl(baseUrl: unknown, repositoryUrl: unknown): Result<RepositoryUrl> {
  const plain = checkPlainUrl(baseUrl, repositoryUrl);
  if (plain !== null) return plain;
  const result: Result<RepositoryUrl> = call('checkRepositoryUrl', [baseUrl, repositoryUrl]);
  if (typeof baseUrl === 'string' && result.ok) {
    // A copy, because the caller may change what it gets.
    known = { base: baseUrl, parts: structuredClone(result.value.parts) };
  }
  return result;
}

/** The last base, and where its parts stand in the URLs below it. */
let known: { base: string; parts: RepositoryUrlParts } | null = null;

/** The core says whether the URL is accepted as it is, and where it is to be cut; else nothing. */
function checkPlainUrl(baseUrl: unknown, repositoryUrl: unknown): Result<RepositoryUrl> | null {
  // The page's own `URL`, and whatever it has put in the place of the platform's, may call this package meanwhile: what is
  // known is read once, and the core gets base and URL together.
  const remembered = known;
  if (remembered === null || baseUrl !== remembered.base || typeof repositoryUrl !== 'string') return null;
  if (repositoryUrl.length > LONGEST || !isReadAlike(repositoryUrl)) return null;
  const cuts = ensureCore().run((glue) => glue.plain_parts(remembered.base, repositoryUrl)) ?? 0;
  if (cuts === 0) return null;
  const [project, end] = [cuts >>> 16, cuts & LONGEST];
  const { scheme, host, port, basePath } = remembered.parts;
  const below = basePath[1];
  return {
    ok: true,
    value: {
      url: repositoryUrl.slice(0, end),
      path: repositoryUrl.slice(below, end),
      namespace: repositoryUrl.slice(below, project - 1),
      project: repositoryUrl.slice(project, end),
      parts: {
        scheme: copy(scheme),
        host: copy(host),
        port: port === null ? null : copy(port),
        basePath: copy(basePath),
        namespace: [below, project - 1],
        project: [project, end],
      },
    },
    issues: [],
  };
}

/** Whether the platform writes the URL as it stands here. Where it does not, the core asks it, and judges what it says. */
function isReadAlike(url: string): boolean {
  try {
    return new URL(url).href === url;
  } catch {
    return false;
  }
}

const copy = (range: PartRange): PartRange => [range[0], range[1]];

/** The core packs two places into one number. */
const LONGEST = 0xffff;
