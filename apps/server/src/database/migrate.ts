import { APPEND_ONLY_TABLES, MIGRATIONS } from '@paddock/migrations';
import { parse } from 'pg-connection-string';
import { DataSource } from 'typeorm';
import { connectionOptions } from './connection.js';
import { quoted } from './dump/dumped-tables.js';

/** Any number serves: it only has to be the same in every process. */
const MIGRATION_LOCK = 7_223_450;

/**
 * Brings the schema up to date as its owner, then gives the server's role what it may do. Safe with several processes
 * starting at once: an advisory lock lets one work and the others find nothing left to do. Fewer migrations make the schema of an
 * earlier version; the grants are those of all tables that are there.
 */
export async function migrate(ownerUrl: string, serverUrl: string, migrations = MIGRATIONS): Promise<string[]> {
  // Without a limit of time: waiting for another process, or for an index of a large table, may take longer than any request.
  const owner = new DataSource({ ...connectionOptions(ownerUrl, 2), migrations });
  await owner.initialize();
  const lock = owner.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const done = await owner.runMigrations({ transaction: 'each' });
    const role = parse(serverUrl).user;
    if (role && role !== parse(ownerUrl).user) await grantServerRole(owner, role);
    return done.map(({ name }) => name);
  } finally {
    await lock.release();
    await owner.destroy();
  }
}

async function grantServerRole(owner: DataSource, role: string): Promise<void> {
  const name = quoted(role);
  const there = await owner.query<{ name: string }[]>('SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL', [
    APPEND_ONLY_TABLES,
  ]);
  await owner.query(`
    GRANT USAGE ON SCHEMA public TO ${name};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name};
    REVOKE UPDATE, DELETE, TRUNCATE ON ${there.map(({ name }) => name).join(', ')} FROM ${name};
  `);
}
