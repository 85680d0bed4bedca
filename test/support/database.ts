import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

export interface TestDatabase {
  /** Of the role that owns the schema. */
  ownerUrl: string;
  /** Of the role that the server works with. */
  serverUrl: string;
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Another database with the same content; nobody else may be connected to this one. */
  copy(): Promise<TestDatabase>;
  drop(): Promise<void>;
}

/** A database of its own, cloned from the migrated one in some 50 ms. `query` runs as the owner. */
export function testDatabase(): Promise<TestDatabase> {
  return copyOf('paddock');
}

/** From now on the database "fails" at inserts of such rows into a table, as far as a client can tell; until it is undone. */
export async function failInserts(database: TestDatabase, table: string, when: string): Promise<() => Promise<unknown>> {
  const name = `fail_${randomBytes(6).toString('hex')}`;
  await database.query(`
    CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a test' USING ERRCODE = '57P01'; END $$;
    CREATE TRIGGER ${name} BEFORE INSERT ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION ${name}()`);
  return () => database.query(`DROP TRIGGER ${name} ON ${table}`);
}

async function copyOf(original: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = process.env['PADDOCK_TEST_OWNER_URL']!;
  await administer(template, `CREATE DATABASE ${name} TEMPLATE ${original}`);
  const ownerUrl = renamed(template, name);
  let client = await connected(ownerUrl);
  return {
    ownerUrl,
    serverUrl: renamed(process.env['PADDOCK_TEST_SERVER_URL']!, name),
    query: async <Row>(text: string, values: unknown[] = []) => (await client.query(text, values)).rows as Row[],
    copy: async () => {
      await client.end();
      try {
        return await copyOf(name);
      } finally {
        client = await connected(ownerUrl);
      }
    },
    drop: async () => {
      await client.end();
      await administer(template, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Connected to another database: neither a template nor a dropped database may have a user. */
async function administer(template: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: renamed(template, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The URL of another database of the same server. */
export function renamed(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}
