import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { MIGRATIONS } from './index.js';

const MIGRATE = resolve(import.meta.dirname, '../../apps/server/dist/database/migrate.js');
const PROGRAM = `const { migrate } = await import(process.env.MIGRATE); console.log((await migrate(process.env.OWNER, process.env.SERVER)).length);`;

describe('several servers that start at once', () => {
  const name = `fresh_${randomBytes(6).toString('hex')}`;
  const ownerUrl = withDatabase(process.env['PADDOCK_TEST_OWNER_URL']!, name);
  const serverUrl = withDatabase(process.env['PADDOCK_TEST_SERVER_URL']!, name);
  const administer = (statement: string) => run(withDatabase(ownerUrl, 'postgres'), statement);

  beforeAll(() => administer(`CREATE DATABASE ${name} TEMPLATE template0`));
  afterAll(() => administer(`DROP DATABASE ${name} WITH (FORCE)`));

  test('bring an empty database to one schema: each migration runs once', async () => {
    const done = await Promise.all([1, 2, 3, 4].map(() => migrateInProcess(ownerUrl, serverUrl)));
    expect(done.toSorted((a, b) => a - b)).toEqual([0, 0, 0, MIGRATIONS.length]);
    expect(await run(ownerUrl, 'SELECT name FROM migrations ORDER BY id')).toEqual(
      MIGRATIONS.map((Migration) => ({ name: new Migration().name })),
    );
    expect(await run(ownerUrl, shape())).toEqual(await run(process.env['PADDOCK_TEST_OWNER_URL']!, shape()));
  });
});

/** Columns, indexes, triggers and rights, as text. */
function shape(): string {
  return `
    SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS thing FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT tgrelid::regclass || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT grantee || ' ' || privilege_type || ' ' || table_name FROM information_schema.role_table_grants WHERE table_schema = 'public'
    ORDER BY 1`;
}

async function migrateInProcess(owner: string, server: string): Promise<number> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    env: { ...process.env, MIGRATE, OWNER: owner, SERVER: server },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let faults = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (faults += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(faults);
  return Number(output);
}

async function run(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}
