import type { ClientBase } from 'pg';
import { LogHalt } from './log-halt.js';

export interface CheckpointRow {
  size: bigint;
  root: Uint8Array;
  note: string;
}

export interface NewEntry {
  id: string;
  entry: Uint8Array;
}

export interface Unintegrated {
  entries: NewEntry[];
  /** What the next question may begin with, once these entries have their indexes. */
  mark: string;
}

export async function newestCheckpoint(session: ClientBase): Promise<CheckpointRow | undefined> {
  const { rows } = await session.query('SELECT size, root, note FROM checkpoint ORDER BY size DESC LIMIT 1');
  return rows.map(checkpointOf)[0];
}

export async function checkpointOfSize(session: ClientBase, size: bigint): Promise<CheckpointRow | undefined> {
  const { rows } = await session.query('SELECT size, root, note FROM checkpoint WHERE size = $1', [String(size)]);
  return rows.map(checkpointOf)[0];
}

function checkpointOf({ size, root, note }: { size: string; root: Buffer; note: string }): CheckpointRow {
  return { size: BigInt(size), root, note };
}

/**
 * Entries without an index, oldest first. Never those "after the last one": a transaction that commits late brings entries
 * with earlier ids. But whatever a transaction older than the mark wrote is integrated: the mark is the oldest transaction
 * that was under way before an earlier question that got everything there was.
 */
export async function unintegrated(session: ClientBase, mark: string, most: number): Promise<Unintegrated> {
  const { rows } = await session.query<{ oldest: string }>('SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS oldest');
  const { rows: entries } = await session.query<NewEntry>({
    name: 'unintegrated',
    text: `SELECT e.id, e.entry FROM ledger_entry e WHERE e.xid >= $1::text::xid8 AND NOT EXISTS (SELECT FROM entry_index i WHERE i.entry_id = e.id)
           ORDER BY e.id LIMIT $2`,
    values: [mark, most],
  });
  return { entries, mark: entries.length < most ? rows[0]!.oldest : mark };
}

/** In the order of the entries, from this index on. */
export async function writeIndexes(session: ClientBase, first: bigint, ids: readonly string[]): Promise<void> {
  await session.query({
    name: 'write-indexes',
    text: `INSERT INTO entry_index (entry_id, index) SELECT id, $2::bigint + n - 1 FROM unnest($1::uuid[]) WITH ORDINALITY AS new (id, n)`,
    values: [ids, String(first)],
  });
}

export async function writeCheckpoint(session: ClientBase, { size, root, note }: CheckpointRow): Promise<void> {
  await session.query({
    name: 'write-checkpoint',
    text: 'INSERT INTO checkpoint (size, root, note) VALUES ($1, $2, $3)',
    values: [String(size), Buffer.from(root), note],
  });
}

/** Entries by index, begin (inclusive) to end (exclusive), with none missing. */
export async function entriesBetween(session: ClientBase, begin: bigint, end: bigint): Promise<Uint8Array[]> {
  const { rows } = await session.query<{ entry: Buffer }>(
    'SELECT e.entry FROM entry_index i JOIN ledger_entry e ON e.id = i.entry_id WHERE i.index >= $1 AND i.index < $2 ORDER BY i.index',
    [String(begin), String(end)],
  );
  if (rows.length !== Number(end - begin)) throw new LogHalt('entries-changed', `entries ${begin} to ${end} are not all there`);
  return rows.map(({ entry }) => entry);
}

/** The keys that sign from now on; those that no longer do get their end. */
export async function writeKeys(session: ClientBase, vkeys: readonly string[]): Promise<void> {
  await session.query(
    `WITH ended AS (UPDATE ledger_key SET ended_at = now() WHERE ended_at IS NULL AND vkey <> ALL ($1::text[]))
     INSERT INTO ledger_key (vkey) SELECT unnest($1::text[]) ON CONFLICT (vkey) DO UPDATE SET ended_at = NULL WHERE ledger_key.ended_at IS NOT NULL`,
    [vkeys],
  );
}
