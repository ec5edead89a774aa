/**
 * Sends one request over HTTP, by the platform's `fetch` or by what a page has put in its place. Whatever that gives, there is an
 * answer or a reason why there is none, the page gets its turn meanwhile, and an end when the signal says so.
 */

import { aborted, readBody } from './body.js';
import { decode, isWellFormed, part } from './platform.js';
import type { HttpRequest } from './wasm/core.js';

/** An answer. */
export type Received = {
  status: number;
  /** The beginning of the body, as text. */
  body: string;
  /** The value of the header that was asked for. */
  header: string | null;
};

/** Why there is no answer: unreachable, refused by CORS or the page's policy, reset, aborted (a browser does not say which), or not in time. */
export type NoAnswer = 'network' | 'timeout';

type Options = {
  /** The name of the header that is wanted. */
  header: string;
  /** No more of the body is read; by default as much as an answer that matters has. */
  mostBytes?: number;
  /** How long it may take; by default what a policy's `requestTimeoutMs` is by default. */
  timeoutMs?: number;
  /** Ends it early. */
  signal: AbortSignal;
};

/** Sends a request and reads the answer. Without a `fetcher` the platform's own is asked. */
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
  // 0 is what a browser says of a redirect that it hides, and of nothing else that is an answer.
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
