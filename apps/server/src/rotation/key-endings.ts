import type { DataSource, EntityManager } from 'typeorm';
import type { Purpose } from '../keyring/purposes.js';
import { SWEEP, type EventLog } from '../ledger/event-log.js';
import { NEEDED } from './ring-keys.js';

/** Longer than any reading of the database lasts, which may still see what was sealed under the former key. */
const QUIET_MINUTES = 10;

/** Former keys that nothing may need any more. */
const FORMER = `
  SELECT k.purpose, k.n FROM portal_key k WHERE k.accepted_until < now() - interval '1 minute' OR (k.accepted_until IS NULL AND EXISTS (
    SELECT FROM portal_key newer WHERE newer.purpose = k.purpose AND newer.n > k.n AND newer.created_at < now() - interval '${QUIET_MINUTES} minutes'))
  ORDER BY k.purpose, k.n`;

/** Destroys keys whose time is over, or under which nothing is left; returns how many. */
export async function endKeys(database: DataSource, events: EventLog): Promise<number> {
  const former = await database.query<{ purpose: Purpose; n: number }[]>(FORMER);
  let ended = 0;
  for (const { purpose, n } of former) ended += await database.transaction((tx) => endOne(tx, events, purpose, n));
  return ended;
}

/** Whoever seals under a key holds its row: what they wrote is seen by the count that comes after the lock. */
async function endOne(tx: EntityManager, events: EventLog, purpose: Purpose, n: number): Promise<number> {
  const there = await tx.query<unknown[]>('SELECT FROM portal_key WHERE purpose = $1 AND n = $2 FOR UPDATE', [purpose, n]);
  if (there.length === 0 || (await neededBy(tx, purpose, n)) > 0) return 0;
  await tx.query('DELETE FROM portal_key WHERE purpose = $1 AND n = $2', [purpose, n]);
  await events.append(SWEEP, { kind: 'key-ended', detail: { purpose, generation: n } }, tx);
  return 1;
}

/** How much still needs the key. */
export async function neededBy(tx: EntityManager | DataSource, purpose: Purpose, n: number): Promise<number> {
  const question = NEEDED[purpose];
  if (!question) return 0;
  const [row] = await tx.query<{ n: number }[]>(question, [n]);
  return row!.n;
}
