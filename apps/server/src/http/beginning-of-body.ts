interface Reader {
  read(): Promise<{ done: boolean; value?: unknown }>;
  cancel(): Promise<void>;
}

/** The first bytes of a stranger's answer, never more than `most`: the rest of an endless one is not waited for. */
export async function beginningOf(body: { getReader(): unknown } | null, most: number): Promise<Buffer> {
  if (!body) return Buffer.alloc(0);
  const reader = body.getReader() as Reader;
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
    // What broke off is kept as far as it came; whoever needs all of it looks at what it says.
  }
  await reader.cancel().catch(() => undefined);
  return Buffer.concat(chunks).subarray(0, most);
}
