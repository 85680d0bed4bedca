import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** Below the folder of the backup, and nowhere else. */
const path = z.string().regex(/^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[\w.-]+(?:\/[\w.-]+)*$/);

/** A file of a backup, as its manifest names it. */
export const KeptFile = z.strictObject({ path, bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
export type KeptFile = z.infer<typeof KeptFile>;

/** Writes a file that its owner alone can read, durably; it must not be there yet. */
export async function keepFile(folder: string, name: string, source: AsyncIterable<Uint8Array>): Promise<KeptFile> {
  const target = join(folder, name);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await using file = await open(target, 'wx', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of source) {
    hash.update(chunk);
    await file.writeFile(chunk);
    bytes += chunk.length;
  }
  await file.sync();
  return { path: name, bytes, sha256: hash.digest('hex') };
}

/** What is wrong with the file; undefined where it is as it was kept. */
export async function faultOf(folder: string, { path, bytes, sha256 }: KeptFile): Promise<string | undefined> {
  const hash = createHash('sha256');
  let there = 0;
  try {
    for await (const chunk of createReadStream(join(folder, path)) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      there += chunk.length;
    }
  } catch (error) {
    return `${path} cannot be read: ${(error as Error).message}`;
  }
  if (there !== bytes) return `${path} has ${there} bytes instead of ${bytes}`;
  return hash.digest('hex') === sha256 ? undefined : `${path} has other bytes`;
}

export async function* once(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof content === 'string' ? Buffer.from(content) : content;
}
