/**
 * Reads the body of a request or an answer: bytes alone, by their true length. Whoever made the stream, the platform gets its turn
 * meanwhile, and there is an end.
 */

/** No server sends so many chunks without a byte in them. */
const MAX_EMPTY_CHUNKS = 1_000;

/** Chunks that are there already come one behind the other, and nothing else happens in between. */
const CHUNKS_IN_A_TURN = 32;

/**
 * Gives each chunk to `take` until that says that it has enough; resolves to whether the body came to its end. Rejects where there
 * are no bytes or the signal is aborted.
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
      // Nobody waits for it any more.
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return true;
      const bytes = bytesOf(value);
      if (bytes.length === 0) emptyChunks += 1;
      if (emptyChunks > MAX_EMPTY_CHUNKS) throw new TypeError('a body of empty chunks');
      if (!take(bytes)) return false;
    }
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
function bytesOf(chunk: unknown): Uint8Array<ArrayBuffer> {
  const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
  const get = (key: keyof Uint8Array) => Reflect.get(typedArray, key, chunk);
  if (get(Symbol.toStringTag) !== 'Uint8Array') throw new TypeError('a chunk that is no bytes');
  return new Uint8Array(get('buffer'), get('byteOffset'), get('byteLength'));
}

/**
 * Rejects when the signal is aborted; never resolves. It listens without options: their `signal` would be that which a page
 * has given to every object.
 */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
  });
}
