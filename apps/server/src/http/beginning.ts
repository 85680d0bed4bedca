/** The parts of a web stream that reading its beginning takes. */
interface Body {
  getReader(): { read(): Promise<{ done: boolean; value?: unknown }>; cancel(): Promise<void> };
}

/** Never more than so many bytes: the rest of an endless answer is not waited for. What breaks off is kept as far as it came. */
export async function beginningOf(body: Body, most: number): Promise<Buffer> {
  const reader = body.getReader();
  const chunks: Buffer[] = [];
  try {
    for (let kept = 0; kept < most;) {
      const { done, value } = await reader.read();
      if (done) break;
      const chunk = Buffer.from(value as Uint8Array);
      chunks.push(chunk);
      kept += chunk.length;
    }
  } catch {
    // The status has come, and it is what counts.
  }
  await reader.cancel().catch(() => undefined);
  return Buffer.concat(chunks).subarray(0, most);
}
