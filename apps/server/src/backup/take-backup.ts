import { Client, type ClientBase } from 'pg';
import { rm } from 'node:fs/promises';
import type { Config } from '../config.js';
import { configuredStore } from '../configured-store.js';
import { copyOut, inSnapshot } from '../database/dump/copy-out.js';
import { migrationsOf, tablesOf, type DumpedTable } from '../database/dump/dumped-tables.js';
import { TileStore } from '../ledger/log/tile-store.js';
import { ProgramRefusal } from '../program.js';
import { forgetPersonKeys, newBackup, PERSON_KEYS } from './backup-folders.js';
import { keepErasures } from './erasure-copies.js';
import { keepFile } from './kept-file.js';
import { writeManifest, type Manifest } from './manifest.js';
import { fingerprintOf, keepKeys, refuseForeignSecret, refuseOtherLedgerKey, secretOf } from './portal-keys.js';
import { keepInventory, recordedDigests } from './store-inventory.js';

export interface BackupWishes {
  withObjects: boolean;
  withPersonKeys: boolean;
  withKeys: boolean;
  /** After so many days the person keys of a backup are deleted. */
  personKeysDays: number;
}

export interface TakenBackup {
  folder: string;
  erasures: number;
  forgotten: number;
  manifest: Manifest;
  damaged: string[];
}

/** Makes a backup in a folder of its own below `parent`, whether the portal runs or not. */
export async function takeBackup(config: Config, url: string, parent: string, wishes: BackupWishes, now: Date): Promise<TakenBackup> {
  const store = configuredStore(config);
  if (wishes.withObjects && store.kind === 's3') {
    const remedy = 'Leave out --with-objects, and keep versions in the bucket, or copies of it elsewhere.';
    throw new ProgramRefusal('objects-in-bucket', 'the objects lie in a bucket, and are not copied from there', remedy);
  }
  const secret = secretOf(config);
  // Read before the database is: then that one knows every entry that this checkpoint covers.
  const checkpoint = await new TileStore(store).checkpoint();
  const note = checkpoint && Buffer.from(checkpoint).toString('utf8');
  if (wishes.withKeys) refuseOtherLedgerKey(config, note);
  const { folder, complete } = await newBackup(parent, now);
  try {
    const database = await keepDatabase(url, folder, { secret, withPersonKeys: wishes.withPersonKeys });
    const { digests, ...rows } = database;
    const { damaged, inventory, ...sum } = await keepInventory({ store, folder, copy: wishes.withObjects }, digests, checkpoint);
    const manifest: Manifest = {
      type: 'paddock-backup-v1',
      takenAt: now.toISOString(),
      ...rows,
      keys: wishes.withKeys ? await keepKeys(config, folder) : [],
      secretFingerprint: fingerprintOf(secret),
      checkpoint: note ?? null,
      store: { kind: store.kind, copied: wishes.withObjects, ...sum, inventory },
    };
    await writeManifest(folder, manifest);
    const erasures = await keepErasures(store, parent);
    const whole = await complete();
    return { folder: whole, manifest, damaged, erasures, forgotten: await forgetPersonKeys(parent, wishes.personKeysDays, now) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function keepDatabase(url: string, folder: string, { secret, withPersonKeys }: { secret: string; withPersonKeys: boolean }) {
  const session = new Client({ connectionString: url });
  await session.connect();
  try {
    return await inSnapshot(session, async () => {
      await refuseForeignSecret(session, secret);
      const tables = await tablesOf(session);
      const kept: Manifest['tables'] = [];
      for (const table of tables) if (table.name !== 'person_key') kept.push(await keepTable(session, folder, table));
      const keys = withPersonKeys ? tables.find(({ name }) => name === 'person_key') : undefined;
      return {
        migrations: await migrationsOf(session),
        tables: kept,
        personKeys: keys ? await keepTable(session, folder, keys, PERSON_KEYS) : null,
        digests: await recordedDigests(session),
      };
    });
  } finally {
    await session.end();
  }
}

async function keepTable(session: ClientBase, folder: string, table: DumpedTable, file = `database/${table.name}.zst`) {
  return { ...table, file: await keepFile(folder, file, copyOut(session, table)) };
}
