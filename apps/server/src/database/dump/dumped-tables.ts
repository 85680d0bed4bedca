import type { ClientBase } from 'pg';

/** A table as a dump holds it. */
export interface DumpedTable {
  name: string;
  columns: string[];
}

/**
 * Neither what a crash may lose (unlogged) nor the list of migrations, which says itself what was done. Columns of transaction ids
 * are left to their default: numbers of another cluster mean nothing, or, being ahead, the wrong thing.
 */
const TABLES = `
  SELECT c.relname::text AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.atttypid <> 'xid8'::regtype
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relpersistence = 'p' AND c.relname <> 'migrations'
  GROUP BY c.relname ORDER BY c.relname`;

export async function tablesOf(session: ClientBase): Promise<DumpedTable[]> {
  return (await session.query<DumpedTable>(TABLES)).rows;
}

/** Names of the migrations that made the schema, in their order; none where there is no schema yet. */
export async function migrationsOf(session: ClientBase): Promise<string[]> {
  const { rows } = await session.query<{ there: boolean }>(`SELECT to_regclass('public.migrations') IS NOT NULL AS there`);
  if (!rows[0]!.there) return [];
  return (await session.query<{ name: string }>('SELECT name FROM migrations ORDER BY id')).rows.map(({ name }) => name);
}

/** An identifier as SQL takes it, whatever it holds. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

export const columnsOf = ({ columns }: DumpedTable) => columns.map(quoted).join(', ');
