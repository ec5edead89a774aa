/**
 * Sends one request over HTTP, by the platform's `fetch` or by what a page has put in its place. Whatever that gives, there is an
 * answer or a reason why there is none, the page gets its turn meanwhile, and an end when the signal says so.
 */

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

/** No server sends so many chunks without a byte in them. */
const MAX_EMPTY_CHUNKS = 1_000;

/** Chunks that are there already come one behind the other, and nothing else on the page happens in between. */
const CHUNKS_IN_A_TURN = 32;

async function read(body: ReadableStream<unknown>, mostBytes: number, signal: AbortSignal): Promise<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let [room, chunks, emptyChunks] = [mostBytes, 0, 0];
  try {
    while (room > 0) {
      chunks += 1;
      if (chunks % CHUNKS_IN_A_TURN === 0) await nextTurn();
      // Nobody waits for it any more.
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return text + decode(decoder);
      const bytes = bytesOf(value);
      if (bytes.length === 0) emptyChunks += 1;
      if (emptyChunks > MAX_EMPTY_CHUNKS) throw new TypeError('a body of empty chunks');
      text += decode(decoder, part(bytes, 0, room), { stream: true });
      room -= bytes.length;
    }
    return text;
  } finally {
    // The rest is not wanted; of a body that is at its end there is none.
    void end(reader).catch(() => {});
  }
}

async function end(reader: ReadableStreamDefaultReader<unknown>): Promise<void> {
  await reader.cancel();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

/** The bytes of a chunk, if it is some: by what the platform knows of it, since its own properties may say anything. */
function bytesOf(chunk: unknown): Uint8Array {
  const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
  const get = (key: keyof Uint8Array) => Reflect.get(typedArray, key, chunk);
  if (get(Symbol.toStringTag) !== 'Uint8Array') throw new TypeError('a chunk that is no bytes');
  return new Uint8Array(get('buffer'), get('byteOffset'), get('byteLength'));
}

/**
 * Rejects when the signal is aborted; never resolves. It listens without options: their `signal` would be that which a page
 * has given to every object.
 */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
  });
}
