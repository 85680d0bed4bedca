import type { LogRows } from '@paddock/ledger';
import type { ClientBase } from 'pg';

const ENTRIES = `
  SELECT e.id, i.index, e.entry FROM entry_index i JOIN ledger_entry e ON e.id = i.entry_id
  WHERE i.index >= $1 AND i.index < $2 ORDER BY i.index`;
const CHECKPOINTS = `
  SELECT c.size, c.root, c.note, coalesce(json_agg(json_build_object('vkey', s.vkey, 'line', s.line)) FILTER (WHERE s.vkey IS NOT NULL), '[]') AS cosignatures
  FROM checkpoint c LEFT JOIN cosignature s ON s.size = c.size WHERE c.size BETWEEN $1 AND $2 GROUP BY c.size ORDER BY c.size`;

/**
 * The rows behind the log as they are at the first question: one snapshot for all of a check, so that a server may go on
 * meanwhile.
 */
export function rowsOfDatabase(client: ClientBase): LogRows {
  let begun: Promise<unknown> | undefined;
  const ask = async <Row extends object>(text: string, ...values: bigint[]): Promise<Row[]> => {
    await (begun ??= client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'));
    return (await client.query<Row>(text, values.map(String))).rows;
  };
  return {
    entries: async (begin, end) => {
      const rows = await ask<{ id: string; index: string; entry: Buffer }>(ENTRIES, begin, end);
      return rows.map(({ id, index, entry }) => ({ id, index: BigInt(index), entry }));
    },
    checkpoints: async (begin, end) => {
      const rows = await ask<{ size: string; root: Buffer; note: string; cosignatures: { vkey: string; line: string }[] }>(
        CHECKPOINTS,
        begin,
        end,
      );
      return rows.map(({ size, root, note, cosignatures }) => ({ size: BigInt(size), root, note, cosignatures }));
    },
    size: async () => {
      const rows = await ask<{ size: string }>('SELECT coalesce(max(index) + 1, 0) AS size FROM entry_index');
      return BigInt(rows[0]!.size);
    },
  };
}

/** Every key that ever signed the log. */
export async function keysOfDatabase(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ vkey: string }>('SELECT vkey FROM ledger_key ORDER BY began_at');
  return rows.map(({ vkey }) => vkey);
}
