/** Sends one request that the package has built, and reads what comes back as far as anyone will look at it. */

import { aborted, readBody } from '../body.js';
import type { HttpAnswer, HttpRequest } from '../types.js';

/** An answer of any kind, or why there is none. */
export type Reply =
  | { answer: HttpAnswer /** Its `Link` header. */; link: string; failure?: never }
  | { answer?: never; failure: 'network' | 'timeout' };

const patience = 30_000;

export async function send(request: HttpRequest, fetcher: typeof fetch, signal: AbortSignal): Promise<Reply> {
  const timeout = AbortSignal.timeout(patience);
  const either = AbortSignal.any([signal, timeout]);
  const exchange = async (): Promise<Reply> => {
    const response = await fetcher(request.url, { ...request, signal: either });
    const status = response.type === 'opaqueredirect' ? 0 : response.status;
    const link = response.headers.get('Link') ?? '';
    return { answer: { status, body: parsed(await readBody(response)) }, link };
  };
  try {
    // An injected fetch may not know about signals.
    return await Promise.race([exchange(), aborted(either)]);
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
