/** No answer that matters is longer; the rest is not read. */
const MAX_BYTES = 1_000_000;

/** The beginning of a body, as text. */
export async function readBody(response: Response, mostBytes = MAX_BYTES): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value.subarray(0, mostBytes - bytes), { stream: true });
    bytes += value.length;
    if (bytes >= mostBytes) {
      // Nobody waits for the end of it.
      reader.cancel().catch(() => {});
      return text;
    }
  }
}
