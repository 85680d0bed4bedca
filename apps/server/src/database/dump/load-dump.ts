import type { ClientBase } from 'pg';
import copyStreams from 'pg-copy-streams';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { columnsOf, quoted, type DumpedTable } from './dumped-tables.js';

/** A table with the file that copyOut() filled. */
export interface LoadedTable extends DumpedTable {
  file: string;
}

const FOREIGN_KEYS = `
  SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
  FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0 ORDER BY conrelid, conname`;
const SEQUENCES = `
  SELECT quote_ident(c.relname) AS table, quote_ident(a.attname) AS column, pg_get_serial_sequence(quote_ident(c.relname), a.attname) AS sequence
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL`;

/**
 * Fills the tables of an empty schema, all of them or none: in one transaction of the schema's owner, who need not be a superuser.
 * Foreign keys are made again at the end, and hold every row against them; triggers, which judge changes, are off meanwhile.
 */
export async function loadDump(owner: ClientBase, tables: readonly LoadedTable[], last: () => Promise<void>): Promise<void> {
  const names = tables.map(({ name }) => quoted(name));
  await owner.query('BEGIN');
  try {
    const { rows: keys } = await owner.query<{ table: string; name: string; definition: string }>(FOREIGN_KEYS);
    for (const { table, name } of keys) await owner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
    for (const name of names) await owner.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
    await owner.query(`TRUNCATE ${names.join(', ')}`);
    for (const table of tables) await copyIn(owner, table);
    await last();
    for (const { table, name, definition } of keys) await owner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
    for (const name of names) await owner.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
    await setSequences(owner);
    await owner.query('COMMIT');
  } catch (error) {
    await owner.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
  await owner.query('ANALYZE');
}

async function copyIn(owner: ClientBase, table: LoadedTable): Promise<void> {
  const rows = owner.query(copyStreams.from(`COPY ${quoted(table.name)} (${columnsOf(table)}) FROM STDIN`));
  await pipeline(createReadStream(table.file), createZstdDecompress(), rows);
}

/** COPY writes what it is given into identity columns; the next row must come after. */
async function setSequences(owner: ClientBase): Promise<void> {
  const { rows } = await owner.query<{ table: string; column: string; sequence: string }>(SEQUENCES);
  for (const { table, column, sequence } of rows)
    await owner.query(`SELECT setval($1, coalesce(max(${column}), 1), max(${column}) IS NOT NULL) FROM ${table}`, [sequence]);
}
