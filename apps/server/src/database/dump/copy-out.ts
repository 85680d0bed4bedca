import type { ClientBase } from 'pg';
import copyStreams from 'pg-copy-streams';
import { createZstdCompress } from 'node:zlib';
import { columnsOf, quoted, type DumpedTable } from './dumped-tables.js';

/** Does the work in one snapshot of the database, which goes on changing meanwhile. */
export async function inSnapshot<T>(session: ClientBase, work: () => Promise<T>): Promise<T> {
  await session.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    return await work();
  } finally {
    await session.query('ROLLBACK');
  }
}

/** The rows of a table as COPY writes them (text, which every version of PostgreSQL reads), compressed by zstd, as they come. */
export function copyOut(session: ClientBase, table: DumpedTable): AsyncIterable<Buffer> {
  const rows = session.query(copyStreams.to(`COPY ${quoted(table.name)} (${columnsOf(table)}) TO STDOUT`));
  const compressed = createZstdCompress();
  rows.on('error', (error) => compressed.destroy(error));
  return rows.pipe(compressed);
}
