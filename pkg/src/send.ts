/**
 * Sends one request over HTTP, with the platform's `fetch` or an injected one. Whatever that returns, the result is an answer or the
 * reason why there is none, the event loop continues, and the signal ends it.
 */

import { aborted, readBody } from './body.js';
import { decode, isWellFormed, part } from './platform.js';
import type { HttpRequest } from './wasm/core.js';

/** An answer. */
export type Received = {
  status: number;
  /** The beginning of the body, as text. */
  body: string;
  /** The value of the requested header. */
  header: string | null;
};

/** Why there is no answer: unreachable, refused by CORS or the page's policy, reset, aborted (a browser does not say which), or not in time. */
export type NoAnswer = 'network' | 'timeout';

type Options = {
  /** The name of the requested header. */
  header: string;
  /** At most so many bytes of the body are read. No useful answer is longer than the default. */
  mostBytes?: number;
  /** Time limit. The default is that of a policy's `requestTimeoutMs`. */
  timeoutMs?: number;
  /** Ends it early. */
  signal: AbortSignal;
};

/** Sends a request and reads the answer. Without a `fetcher` the platform's `fetch` sends it. */
export async function send(
  fetcher: typeof fetch | undefined,
  request: HttpRequest,
  { header, mostBytes = 1_000_000, timeoutMs = 30_000, signal }: Options,
): Promise<Received | NoAnswer> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    abort();
  }, timeoutMs);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  try {
    // An injected fetch may not know about signals.
    return await Promise.race([
      receive(fetcher, request, header, mostBytes, controller.signal),
      aborted(controller.signal),
    ]);
  } catch {
    return isLate ? 'timeout' : 'network';
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

async function receive(
  fetcher: typeof fetch | undefined,
  request: HttpRequest,
  header: string,
  mostBytes: number,
  signal: AbortSignal,
): Promise<Received> {
  const { status, type, headers, body } = await (fetcher ?? globalThis.fetch)(request.url, { ...request, signal });
  // In an answer, 0 is only the status of a redirect that the browser hides.
  const isStatus =
    Number.isInteger(status) && (type === 'opaqueredirect' ? status === 0 : status >= 100 && status <= 999);
  const value: unknown = headers.get(header);
  if (!isStatus || !(value === null || (typeof value === 'string' && isWellFormed(value)))) {
    throw new TypeError('no HTTP answer');
  }
  return { status, header: value, body: body ? await read(body, mostBytes, signal) : '' };
}

async function read(body: ReadableStream<unknown>, mostBytes: number, signal: AbortSignal): Promise<string> {
  const decoder = new TextDecoder();
  let [text, room] = ['', mostBytes];
  const isAtEnd = await readBody(body, signal, (bytes) => {
    text += decode(decoder, part(bytes, 0, room), { stream: true });
    room -= bytes.length;
    return room > 0;
  });
  return isAtEnd ? text + decode(decoder) : text;
}
