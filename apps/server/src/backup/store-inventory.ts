import type { ObjectStore, StoredObject } from '@paddock/storage';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ClientBase } from 'pg';
import { z } from 'zod';
import { CHECKPOINT } from '../ledger/log/tile-store.js';
import { keepFile, once, type KeptFile } from './kept-file.js';

const OBJECTS = 'objects';
const INVENTORY = 'inventory.ndjson';
/** Where publishing and importing have hashed the bytes. */
const DIGESTS = `SELECT storage_key AS key, sha256 FROM artifact UNION ALL SELECT storage_key, split_part(digest, ':', 2) FROM blob`;

/** One object of the store: its digest where it was copied, or is on record. */
const Item = z.strictObject({ key: z.string(), size: z.int(), sha256: z.string().nullable() });
export type Item = z.infer<typeof Item>;

export interface Inventory {
  objects: number;
  bytes: number;
  inventory: KeptFile;
  /** Keys of objects that are not what is on record. */
  damaged: string[];
}

/** Every object of the store by key, size and digest; `copy` brings the bytes along. `checkpoint` is older than what it lists. */
export async function keepInventory(
  { store, folder, copy }: { store: ObjectStore; folder: string; copy: boolean },
  digests: ReadonlyMap<string, string>,
  checkpoint: Uint8Array | undefined,
): Promise<Inventory> {
  const sum = { objects: 0, bytes: 0, damaged: [] as string[] };
  const line = ({ key, size, sha256 }: Item) => {
    sum.objects += 1;
    sum.bytes += size;
    if (sha256 !== null && (digests.get(key) ?? sha256) !== sha256) sum.damaged.push(key);
    return Buffer.from(`${JSON.stringify({ key, size, sha256: sha256 ?? digests.get(key) ?? null } satisfies Item)}\n`);
  };
  async function* lines(): AsyncGenerator<Uint8Array> {
    for await (const object of store.list('')) {
      const item = await itemOf(object);
      if (item) yield line(item);
    }
  }
  const itemOf = async ({ key, size }: StoredObject): Promise<Item | undefined> => {
    if (!copy) return { key, size, sha256: null };
    // The database was read after this checkpoint, and knows all that it covers; of a newer one it might not.
    if (key === CHECKPOINT) return checkpoint && copied(key, await keepFile(folder, `${OBJECTS}/${key}`, once(checkpoint)));
    try {
      return copied(key, await keepFile(folder, `${OBJECTS}/${key}`, await store.read(key)));
    } catch (error) {
      // What no row names is deleted as time passes.
      if ((await store.head(key)) === undefined) return undefined;
      throw error;
    }
  };
  const inventory = await keepFile(folder, INVENTORY, lines());
  return { ...sum, inventory };
}

const copied = (key: string, { bytes, sha256 }: KeptFile): Item => ({ key, size: bytes, sha256 });

export async function recordedDigests(session: ClientBase): Promise<Map<string, string>> {
  const { rows } = await session.query<{ key: string; sha256: string }>(DIGESTS);
  return new Map(rows.map(({ key, sha256 }) => [key, sha256]));
}

export async function* inventoryOf(folder: string): AsyncGenerator<Item> {
  const lines = createInterface({ input: createReadStream(join(folder, INVENTORY)), crlfDelay: Infinity });
  for await (const line of lines) yield Item.parse(JSON.parse(line));
}

/** The copies, as files of the backup. */
export async function* copiesIn(folder: string): AsyncGenerator<KeptFile> {
  for await (const { key, size, sha256 } of inventoryOf(folder)) yield { path: `${OBJECTS}/${key}`, bytes: size, sha256: sha256! };
}

/** The checkpoint last: whoever reads it finds every tile that it stands on. */
export async function putObjectsBack(store: ObjectStore, folder: string): Promise<void> {
  const put = (key: string) => store.put(key, createReadStream(join(folder, OBJECTS, key)));
  let published = false;
  for await (const { key } of inventoryOf(folder)) {
    if (key === CHECKPOINT) published = true;
    else await put(key);
  }
  if (published) await put(CHECKPOINT);
}

/** Keys of objects that the store lacks, or has in another size. */
export async function missingIn(store: ObjectStore, folder: string): Promise<string[]> {
  const sizes = new Map<string, number>();
  for await (const { key, size } of store.list('')) sizes.set(key, size);
  const missing: string[] = [];
  for await (const { key, size } of inventoryOf(folder)) {
    // The ledger writes its own anew, from the rows of the database.
    if (!key.startsWith('ledger/') && sizes.get(key) !== size) missing.push(key);
  }
  return missing;
}
