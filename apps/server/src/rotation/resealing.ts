import { DataSource, type EntityManager } from 'typeorm';
import { openColumn, sealColumn } from '../http/keys.js';
import type { KeyRing } from '../keyring/key-ring.js';
import type { Purpose } from '../keyring/purposes.js';

const BATCH = 500;

interface Resealed {
  purpose: Purpose;
  table: string;
  id: string;
  /** What was authenticated with the seal. */
  context: string;
  columns: readonly [string, ...string[]];
}

/** What is sealed for as long as it lives: each column holds a nonce and a ciphertext. */
export const RESEALED: readonly Resealed[] = [
  { purpose: 'person-keys', table: 'person_key', id: 'account_id', context: 'account_id', columns: ['wrapped_key'] },
  { purpose: 'totp-secrets', table: 'totp', id: 'id', context: 'account_id', columns: ['secret'] },
  { purpose: 'webhook-secrets', table: 'webhook_endpoint', id: 'id', context: 'id', columns: ['secret', 'previous_secret'] },
];

interface SealedRow {
  id: string;
  context: string;
  sealed: (Buffer | null)[];
}

/**
 * Seals some of what stands under a former key under the newest one, and returns how much; 0 when nothing is left. Each batch is a
 * transaction that takes rows which nobody else has: any number of processes may do it, and one that is killed has lost nothing.
 */
export async function resealSome(database: DataSource, keys: KeyRing, most = BATCH): Promise<number> {
  for (const what of RESEALED) {
    if (keys.all(what.purpose).length < 2) continue;
    const done = await database.transaction((tx) => resealBatch(tx, keys, what, most));
    if (done > 0) return done;
  }
  return 0;
}

async function resealBatch(tx: EntityManager, keys: KeyRing, what: Resealed, most: number): Promise<number> {
  const { purpose, table, id, context, columns } = what;
  const { n, key } = await keys.toSeal(tx, purpose);
  const rows = await tx.query<SealedRow[]>(
    `SELECT ${id} AS id, ${context} AS context, ARRAY[${columns.join(', ')}] AS sealed FROM ${table} WHERE key_n < $1 ORDER BY ${id} LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [n, most],
  );
  if (rows.length === 0) return 0;
  const anew = await Promise.all(rows.map((row) => Promise.all(row.sealed.map((one) => sealedAnew(keys, purpose, { ...row, key }, one)))));
  const names = columns.map((_, index) => `c${index}`);
  await tx.query(
    `UPDATE ${table} t SET key_n = $1, ${columns.map((column, index) => `${column} = s.${names[index]}`).join(', ')}
     FROM unnest($2::uuid[], ${columns.map((_, index) => `$${index + 3}::bytea[]`).join(', ')}) AS s (id, ${names.join(', ')}) WHERE t.${id} = s.id`,
    [n, rows.map((row) => row.id), ...columns.map((_, index) => anew.map((sealed) => sealed[index]))],
  );
  return rows.length;
}

async function sealedAnew(
  keys: KeyRing,
  purpose: Purpose,
  { context, key }: { context: string; key: Buffer },
  sealed: Buffer | null,
): Promise<Buffer | null> {
  if (sealed === null) return null;
  return sealColumn(key, await keys.opened(purpose, (one) => openColumn(one, sealed, context)), context);
}
