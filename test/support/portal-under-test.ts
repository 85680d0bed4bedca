import { testDatabase, type TestDatabase } from './database.js';
import type { Person } from './person.js';
import { startPortal, type TestPortal } from './portal.js';

export interface PortalUnderTest {
  readonly url: string;
  readonly portal: TestPortal;
  readonly database: TestDatabase;
  readonly admin: Person;
  /** Somebody whom no other test of the file knows. */
  person(name?: string): Promise<Person & { email: string }>;
}

/** One portal on a database of its own for all tests of a file. Its members are there once the tests run. */
export function portalUnderTest(env: Record<string, string> = {}): PortalUnderTest {
  let database: TestDatabase;
  let portal: TestPortal;
  let admin: Person;
  let people = 0;
  beforeAll(async () => {
    database = await testDatabase();
    portal = await startPortal({ databaseUrl: database.serverUrl, env: { PADDOCK_DATABASE_OWNER_URL: database.ownerUrl, ...env } });
    admin = await portal.admin();
  });
  afterAll(async () => {
    await portal.stop();
    await database.drop();
  });
  return {
    get url() {
      return portal.url;
    },
    get portal() {
      return portal;
    },
    get database() {
      return database;
    },
    get admin() {
      return admin;
    },
    person: async (name) => {
      const email = `person-${(people += 1)}@example.org`;
      return Object.assign(await portal.person(email, name), { email });
    },
  };
}

/** Ends the time of rows that are append-only, as no server could: triggers are off for this one statement. */
export async function ageRow(database: TestDatabase, table: string, change: string, condition: string): Promise<void> {
  await database.query(
    `ALTER TABLE ${table} DISABLE TRIGGER USER; UPDATE ${table} SET ${change} WHERE ${condition}; ALTER TABLE ${table} ENABLE TRIGGER USER`,
  );
}
