import { MIGRATIONS } from '@paddock/migrations';
import type { ClientBase } from 'pg';
import { migrationsOf } from '../database/dump/dumped-tables.js';
import { broken, look, well, type Finding } from './finding.js';

const PART = 'database';
/** Links, sessions and grants end by either clock. */
const SKEW_MS = 2000;
/** Tests run against 18; 16 has all that the statements use. */
const OLDEST = 16;

const READ = `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int / 10000 AS major,
  extract(epoch FROM clock_timestamp()) * 1000 AS now`;
const MAY_REWRITE = `SELECT has_table_privilege('acceptance', 'UPDATE') AS may`;

/** Version, clock, schema and rights, as the server's role has them. */
export async function examineDatabase(session: ClientBase, clock: () => number): Promise<Finding[]> {
  const before = clock();
  const { rows } = await session.query<{ version: string; major: number; now: string }>(READ);
  const { version, major, now } = rows[0]!;
  const skew = Math.round(Number(now) - (before + clock()) / 2);
  return [
    major < OLDEST
      ? broken(PART, `PostgreSQL ${version}`, `Use PostgreSQL ${OLDEST} or later.`)
      : well(PART, `PostgreSQL ${version} answers`),
    Math.abs(skew) > SKEW_MS
      ? broken('clock', `the database’s clock is ${skew} ms off this machine’s`, 'Keep both by NTP: links and grants end by either clock.')
      : well('clock', 'this machine and the database agree'),
    ...(await examineSchema(session)),
  ];
}

async function examineSchema(session: ClientBase): Promise<Finding[]> {
  const done = await migrationsOf(session);
  const known = MIGRATIONS.map(({ name }) => name);
  const later = done.find((name) => !known.includes(name));
  if (later !== undefined)
    return [
      broken('schema', `it has the migration ${later}, which is unknown here`, 'Run the version of Paddock that made it, or a later one.'),
    ];
  const waiting = known.filter((name) => !done.includes(name)).length;
  if (done.length === 0) return [look('schema', 'there is none yet', 'Start the portal: it makes one.')];
  const { rows } = await session.query<{ may: boolean }>(MAY_REWRITE);
  return [
    waiting > 0
      ? look('schema', `${waiting} migrations have not run`, 'Start the portal: it runs them first.')
      : well('schema', `all ${done.length} migrations have run`),
    rows[0]!.may
      ? look(
          'roles',
          'the server’s role may change acceptances',
          'Give PADDOCK_DATABASE_OWNER_URL another role: then triggers are not all that keeps them.',
        )
      : well('roles', 'the server’s role may not change what is append-only'),
  ];
}
