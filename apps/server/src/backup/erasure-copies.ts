import type { ObjectStore } from '@paddock/storage';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ERASURES } from '../privacy/erasure/erasure-list.js';
import { keepFile } from './kept-file.js';

/** Beside the backups, for it belongs to all of them: whoever is erased is erased from older ones too. */
const FOLDER = 'erasures';

/** Copies the list of erasures from the store, as far as it is not there yet. Returns how many are new. */
export async function keepErasures(store: ObjectStore, parent: string): Promise<number> {
  // Also while it is empty: that it is there says that nobody is missing from it.
  await mkdir(join(parent, FOLDER), { recursive: true, mode: 0o700 });
  let added = 0;
  for await (const { key } of store.list(ERASURES)) {
    const name = join(FOLDER, key.slice(ERASURES.length));
    if (existsSync(join(parent, name))) continue;
    await keepFile(parent, name, await store.read(key));
    added += 1;
  }
  return added;
}

/**
 * Puts what was listed beside the backups into the store, where the portal reads it at its start. Returns how many were new there;
 * undefined where there is no such list.
 */
export async function putErasuresBack(store: ObjectStore, backup: string): Promise<number | undefined> {
  const folder = join(dirname(backup), FOLDER);
  if (!existsSync(folder)) return undefined;
  let added = 0;
  for (const name of await readdir(folder)) {
    if ((await store.head(`${ERASURES}${name}`)) !== undefined) continue;
    await store.put(`${ERASURES}${name}`, createReadStream(join(folder, name)));
    added += 1;
  }
  return added;
}
