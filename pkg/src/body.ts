/** The parts of an exchange over HTTP that `connect` and the element share. */

/** No answer that matters is longer; the rest is not read. */
const MAX_BYTES = 1_000_000;

/** No server sends so many chunks without a byte in them. While they are read, nothing else on the page gets its turn. */
const MAX_EMPTY_CHUNKS = 1_000;

/** The beginning of a body, as text. */
export async function readBody(response: Response, mostBytes = MAX_BYTES): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  let emptyChunks = 0;
  while (bytes < mostBytes && emptyChunks < MAX_EMPTY_CHUNKS) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value.subarray(0, mostBytes - bytes), { stream: true });
    bytes += value.length;
    if (value.length === 0) emptyChunks += 1;
  }
  // Nobody waits for the end of it.
  reader.cancel().catch(() => {});
  if (bytes < mostBytes) throw new TypeError('a body of empty chunks');
  return text;
}

/**
 * Rejects when the signal is aborted; never resolves. It listens without options: their `signal` would be that which a page
 * has given to every object.
 */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}
