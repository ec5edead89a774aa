/**
 * Reads the body of a request or an answer: only bytes, counted by their true length. Whatever the stream does, the event loop
 * continues and reading ends.
 */

/** More chunks without a byte are an error: no server sends so many. */
const MAX_EMPTY_CHUNKS = 1_000;

/** After so many chunks the event loop gets a turn: chunks that are available resolve one after the other without one. */
const CHUNKS_IN_A_TURN = 32;

/**
 * Passes each chunk to `take` until that returns `false`. Resolves to whether the body ended. Rejects if a chunk is not bytes or the
 * signal is aborted.
 */
export async function readBody(
  body: ReadableStream<unknown>,
  signal: AbortSignal,
  take: (bytes: Uint8Array<ArrayBuffer>) => boolean,
): Promise<boolean> {
  const reader = body.getReader();
  let [chunks, emptyChunks] = [0, 0];
  try {
    for (;;) {
      chunks += 1;
      if (chunks % CHUNKS_IN_A_TURN === 0) await nextTurn();
      // Nobody needs the body any more.
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return true;
      const bytes = bytesOf(value);
      if (bytes.length === 0) emptyChunks += 1;
      if (emptyChunks > MAX_EMPTY_CHUNKS) throw new TypeError('a body of empty chunks');
      if (!take(bytes)) return false;
    }
  } finally {
    // Without effect on a body that has ended.
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

/** The bytes of a chunk, by the platform's own getters, because properties of the chunk may be wrong. Throws if it is no bytes. */
function bytesOf(chunk: unknown): Uint8Array<ArrayBuffer> {
  const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
  const get = (key: keyof Uint8Array) => Reflect.get(typedArray, key, chunk);
  if (get(Symbol.toStringTag) !== 'Uint8Array') throw new TypeError('a chunk that is no bytes');
  return new Uint8Array(get('buffer'), get('byteOffset'), get('byteLength'));
}

/**
 * Rejects when the signal is aborted; never resolves. It listens without options, because a page could add a `signal` to them by
 * `Object.prototype`.
 */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
  });
}
