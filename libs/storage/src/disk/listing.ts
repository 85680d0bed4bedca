import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredObject } from '../object-store.js';
import { diskFailure, isMissing } from './failure.js';

/** Walks the objects below a folder in the order of their keys (bytes of the whole key, as S3 lists them). */
export async function* listFiles(root: string, prefix: string): AsyncIterable<StoredObject> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  yield* walk(root, folder, prefix);
}

async function* walk(root: string, folder: string, prefix: string): AsyncIterable<StoredObject> {
  const names = (await entries(join(root, folder))).map(nameInOrder).sort(byBytes);
  for (const name of names) {
    const path = folder + name;
    if (name.endsWith('/')) {
      if (path.startsWith(prefix) || prefix.startsWith(path)) yield* walk(root, path, prefix);
    } else if (path.startsWith(prefix)) {
      const object = await statObject(join(root, path), path);
      if (object) yield object;
    }
  }
}

/** What is stored at a path; undefined when that is no file. */
export async function statObject(path: string, key: string): Promise<StoredObject | undefined> {
  try {
    const stats = await stat(path);
    return stats.isFile() ? { key, size: stats.size, modifiedAt: stats.mtime } : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw diskFailure(`cannot look at ${key}`, error);
  }
}

async function entries(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw diskFailure('cannot list a folder', error);
  }
}

/** The slash takes part in the order: `a-b` comes before `a/b`. */
function nameInOrder(entry: Dirent): string {
  return entry.isDirectory() ? `${entry.name}/` : entry.name;
}

function byBytes(a: string, b: string): number {
  return a < b ? -1 : 1;
}
