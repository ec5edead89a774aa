/** Sends GitLab a request that the package has built, and reads what comes back as the package takes it. */

import type { HttpAnswer, HttpRequest } from '../../index.js';
import { type NoAnswer, send } from '../../send.js';

/** An answer of any kind, or why there is none. */
export type Reply =
  | { answer: HttpAnswer /** Its `Link` header. */; link: string; failure?: never }
  | { answer?: never; failure: NoAnswer };

export async function askGitLab(request: HttpRequest, fetcher: typeof fetch, signal: AbortSignal): Promise<Reply> {
  const came = await send(fetcher, request, { header: 'Link', signal });
  if (typeof came === 'string') return { failure: came };
  const { status, body, header } = came;
  return { answer: { status, body: parsed(body) }, link: header ?? '' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
