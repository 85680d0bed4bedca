import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { id, seedRows } from '../../test/support/rows.js';
import { APPEND_ONLY_TABLES } from './index.js';

const INSUFFICIENT_PRIVILEGE = '42501';
const RESTRICT_VIOLATION = '23001';

describe('what is written once', () => {
  let database: TestDatabase;
  let server: Client;

  beforeAll(async () => {
    database = await testDatabase();
    await seedRows(database);
    server = new Client({ connectionString: database.serverUrl });
    await server.connect();
  });
  afterAll(async () => {
    await server.end();
    await database.drop();
  });

  /** Sets the first column to itself: even a change that changes nothing is refused. */
  const statements = async (table: string) => {
    const [column] = await database.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position LIMIT 1`,
      [table],
    );
    return [`UPDATE ${table} SET ${column!.name} = ${column!.name}`, `DELETE FROM ${table}`];
  };

  test.each(APPEND_ONLY_TABLES)('%s: the server’s role has no right to change it, and its owner is stopped by a trigger', async (table) => {
    expect(await database.query(`SELECT 1 FROM ${table}`)).not.toHaveLength(0);
    for (const statement of await statements(table)) {
      await expect(server.query(statement)).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
      await expect(database.query(statement)).rejects.toMatchObject({ code: RESTRICT_VIOLATION });
    }
    await expect(server.query(`TRUNCATE ${table} CASCADE`)).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
  });

  test('every table with the append-only trigger is among those that the server’s role may not change', async () => {
    const rows = await database.query<{ name: string }>(
      `SELECT tgrelid::regclass::text AS name FROM pg_trigger JOIN pg_proc p ON p.oid = tgfoid WHERE p.proname = 'refuse_change' ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([...APPEND_ONLY_TABLES].toSorted());
  });

  test('the server’s role changes no schema', async () => {
    for (const statement of [
      'CREATE TABLE mine (id int)',
      'ALTER TABLE event DISABLE TRIGGER ALL',
      'DROP TABLE event CASCADE',
      'SET session_replication_role = replica',
    ]) {
      await expect(server.query(statement)).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
    }
  });

  test('a snapshot becomes effective once; its evidence never changes', async () => {
    await expect(server.query(`UPDATE snapshot SET captured_at = now() - interval '1 day'`)).rejects.toMatchObject({
      code: RESTRICT_VIOLATION,
    });
    await expect(server.query('DELETE FROM snapshot')).rejects.toMatchObject({ code: RESTRICT_VIOLATION });
    await server.query('UPDATE snapshot SET effective_from = now() WHERE id = $1', [id(12)]);
    for (const change of [`effective_from = now()`, `effective_from = NULL`, `reaccept_from = now()`]) {
      await expect(server.query(`UPDATE snapshot SET ${change} WHERE id = $1`, [id(12)])).rejects.toMatchObject({
        code: RESTRICT_VIOLATION,
      });
    }
  });
});
