/** Sends one request that the package has built, and reads what comes back as far as anyone will look at it. */

import { exchange } from '../exchange.js';
import type { HttpAnswer, HttpRequest } from '../index.js';

/** An answer of any kind, or why there is none. */
export type Reply =
  | { answer: HttpAnswer /** Its `Link` header. */; link: string; failure?: never }
  | { answer?: never; failure: 'network' | 'timeout' };

const patience = 30_000;

export async function send(request: HttpRequest, fetcher: typeof fetch, signal: AbortSignal): Promise<Reply> {
  const timeout = AbortSignal.timeout(patience);
  try {
    const options = { header: 'Link', signal: AbortSignal.any([signal, timeout]) };
    const { status, body, header } = await exchange(fetcher, request, options);
    return { answer: { status, body: parsed(body) }, link: header ?? '' };
  } catch {
    // Unreachable, refused by CORS or by the page's policy: a browser does not tell which.
    return { failure: timeout.aborted ? 'timeout' : 'network' };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
