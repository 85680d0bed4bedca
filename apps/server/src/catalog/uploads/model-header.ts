import { ModelFileFault, readModelHeader } from '@paddock/domain';
import type { ObjectStore } from '@paddock/storage';
import { buffer } from 'node:stream/consumers';

/** Most headers fit; a large vocabulary makes some longer. */
const FIRST = 1024 * 1024;
const MOST = 32 * 1024 * 1024;

/** What a stored model file says of itself; null for other files. A header that contradicts itself is shown as its fault. */
export async function readStoredHeader(
  store: ObjectStore,
  key: string,
  path: string,
  size: number,
): Promise<Record<string, unknown> | null> {
  if (size === 0 || !/\.(gguf|safetensors)$/i.test(path)) return null;
  try {
    let header = await read(FIRST);
    if (header?.needs && header.needs > FIRST && header.needs <= MOST) header = await read(header.needs);
    // A long header may have asked for more twice: then the most that we read tells what it can.
    if (header?.needs && size > FIRST) header = await read(MOST);
    return header ? { ...header } : null;
  } catch (error) {
    if (error instanceof ModelFileFault) return { fault: error.message };
    throw error;
  }

  async function read(bytes: number) {
    const last = Math.min(bytes, size) - 1;
    return readModelHeader(path, await buffer(await store.read(key, { first: 0, last })), size);
  }
}
