/** Sends GitLab a request that the package has built, and reads what comes back as the package takes it. */

import type { HttpAnswer, HttpRequest } from '../../index.js';
import { type NoAnswer, send } from '../../send.js';

/** An answer of any kind, or why there is none. */
export type Reply =
  | { answer: HttpAnswer /** Its `Link` header. */; link: string; failure?: never }
  | { answer?: never; failure: NoAnswer };

/** How to ask: by which `fetch`, when to stop, and how long one answer may take. */
export type Asking = {
  fetcher: typeof fetch;
  signal: AbortSignal;
  timeoutMs: number | undefined;
};

export async function askGitLab(request: HttpRequest, { fetcher, signal, timeoutMs }: Asking): Promise<Reply> {
  const came = await send(fetcher, request, { header: 'Link', signal, ...(timeoutMs !== undefined && { timeoutMs }) });
  if (typeof came === 'string') return { failure: came };
  const { status, body, header } = came;
  // As text: the core reads the JSON in it, as it does in a job.
  return { answer: { status, body }, link: header ?? '' };
}
