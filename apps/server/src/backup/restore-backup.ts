import { MIGRATIONS } from '@paddock/migrations';
import { Client, type ClientBase } from 'pg';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { refuseServed } from '../claimed-database.js';
import type { Config } from '../config.js';
import { configuredStore } from '../configured-store.js';
import { loadDump } from '../database/dump/load-dump.js';
import { tablesOf } from '../database/dump/dumped-tables.js';
import { migrate } from '../database/migrate.js';
import { ProgramRefusal } from '../program.js';
import { refuseNewerSchema, refuseUsedDatabase, refuseUsedStore } from './empty-target.js';
import { putErasuresBack } from './erasure-copies.js';
import { readManifest, refuseDamaged, type Manifest } from './manifest.js';
import { putKeysBack, refuseOtherSecret } from './portal-keys.js';
import { copiesIn, missingIn, putObjectsBack } from './store-inventory.js';

export interface RestoreWishes {
  withPersonKeys: boolean;
  withObjects: boolean;
}

export interface Restored {
  manifest: Manifest;
  missingKeys: string[];
  missingObjects: string[];
  /** undefined where no list of erasures lies beside the backup. */
  erasures: number | undefined;
}

/** Sealed records whose key is not there could not be read, and the next key of the person would be taken for theirs. */
const SEALED_FOR_EVER = `UPDATE sealed_record s SET nonce = '', ciphertext = '', erased_at = now()
  WHERE erased_at IS NULL AND NOT EXISTS (SELECT FROM person_key k WHERE k.account_id = s.account_id)`;

/** What waited to be sent when the snapshot was taken has most likely been sent since: staff may send it again. */
const PERHAPS_SENT = `UPDATE mail SET state = 'unconfirmed' WHERE state IN ('queued', 'sending')`;

/** Throws ProgramRefusal, and has changed nothing, unless the backup is whole and fits: its files, its keys. */
export async function judgeBackup(config: Config, folder: string, wishes: RestoreWishes): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const { tables, personKeys, keys, store } = manifest;
  const keysThere = personKeys && existsSync(join(folder, personKeys.file.path));
  if (wishes.withPersonKeys && !keysThere) {
    const remedy = 'Add --without-person-keys: what was sealed (typed names, answers, notes) is then gone for good.';
    throw new ProgramRefusal('no-person-keys', 'the backup holds no person keys, or no longer', remedy);
  }
  const files = [...tables.map(({ file }) => file), ...(wishes.withPersonKeys ? [personKeys!.file] : []), ...keys, store.inventory];
  await refuseDamaged(folder, files);
  if (wishes.withObjects && store.copied) await refuseDamaged(folder, copiesIn(folder));
  refuseOtherSecret(config, manifest.secretFingerprint, folder);
  return manifest;
}

/** Puts a judged backup into an empty database and store. What fails midway leaves a target to be emptied before the next attempt. */
export async function restoreBackup(
  config: Config,
  urls: { ownerUrl: string; serverUrl: string },
  { folder, manifest }: { folder: string; manifest: Manifest },
  wishes: RestoreWishes,
): Promise<Restored> {
  const store = configuredStore(config);
  await store.check();
  const owner = new Client({ connectionString: urls.ownerUrl });
  await owner.connect();
  try {
    await refuseServed(owner);
    await refuseUsedDatabase(owner);
    await refuseNewerSchema(owner, manifest);
    await refuseUsedStore(store, wishes.withObjects && manifest.store.copied);
    const missingKeys = await putKeysBack(config, folder);
    // The objects first: a portal that starts too early finds an empty database rather than rows without their bytes.
    if (wishes.withObjects && manifest.store.copied) await putObjectsBack(store, folder);
    const erasures = await putErasuresBack(store, folder);
    await migrate(
      urls.ownerUrl,
      urls.serverUrl,
      MIGRATIONS.filter(({ name }) => manifest.migrations.includes(name)),
    );
    await load(owner, folder, manifest, wishes.withPersonKeys);
    await migrate(urls.ownerUrl, urls.serverUrl);
    return { manifest, missingKeys, erasures, missingObjects: await missingIn(store, folder) };
  } finally {
    await owner.end();
  }
}

async function load(owner: ClientBase, folder: string, { tables, personKeys }: Manifest, withPersonKeys: boolean): Promise<void> {
  const kept = withPersonKeys && personKeys ? [...tables, personKeys] : tables;
  const known = new Set((await tablesOf(owner)).map(({ name }) => name));
  const strange = kept.find(({ name }) => !known.has(name));
  if (strange) throw new Error(`the schema has no table ${strange.name}, though it was made by the backup's own migrations`);
  await loadDump(
    owner,
    kept.map((table) => ({ ...table, file: join(folder, table.file.path) })),
    async () => {
      await owner.query(PERHAPS_SENT);
      if (!withPersonKeys) await owner.query(SEALED_FOR_EVER);
    },
  );
}
