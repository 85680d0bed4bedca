import type { ObjectStore } from '@paddock/storage';
import { MIGRATIONS } from '@paddock/migrations';
import type { ClientBase } from 'pg';
import { migrationsOf, tablesOf } from '../database/dump/dumped-tables.js';
import { ProgramRefusal } from '../program.js';
import type { Manifest } from './manifest.js';

/** Whoever has used a portal has left rows in one of these. */
const USED = ['account', 'ledger_entry', 'event', 'publisher'];

/** Throws ProgramRefusal unless nothing would be overwritten: a portal that was used is never restored over. */
export async function refuseUsedDatabase(session: ClientBase): Promise<void> {
  const there = new Set((await tablesOf(session)).map(({ name }) => name));
  for (const table of USED.filter((name) => there.has(name))) {
    const { rows } = await session.query(`SELECT FROM ${table} LIMIT 1`);
    if (rows.length === 0) continue;
    const remedy = 'Restore into a new database: name one by PADDOCK_DATABASE_URL, or a new folder by PADDOCK_DATA_DIR.';
    throw new ProgramRefusal('target-not-empty', `the database holds a portal already (table ${table})`, remedy);
  }
}

/** Throws ProgramRefusal where the backup brings objects and there are some already. */
export async function refuseUsedStore(store: ObjectStore, copied: boolean): Promise<void> {
  if (!copied) return;
  for await (const { key } of store.list('')) {
    const remedy = 'Restore into a new store; or, to go on with the one that is there, add --without-objects.';
    throw new ProgramRefusal('target-not-empty', `the store holds objects already (such as ${key})`, remedy);
  }
}

/** Throws ProgramRefusal for a backup of a later version, or where the database was made by one. */
export async function refuseNewerSchema(session: ClientBase, { migrations }: Manifest): Promise<void> {
  const known = new Set(MIGRATIONS.map(({ name }) => name));
  const newer = migrations.find((name) => !known.has(name));
  const remedy = 'Restore it with the version of Paddock that made it, or a later one.';
  if (newer !== undefined) throw new ProgramRefusal('newer-schema', `the backup has the migration ${newer}, which is unknown here`, remedy);
  const ahead = (await migrationsOf(session)).find((name) => !migrations.includes(name));
  if (ahead === undefined) return;
  const detail = `the database has the migration ${ahead}, which the backup has not`;
  throw new ProgramRefusal('target-not-empty', detail, 'Restore into a database without a schema.');
}
