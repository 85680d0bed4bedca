import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestDatabase } from './database.js';
import { PASSWORD, type Answer, type Person } from './person.js';
import { until } from './processes.js';

export interface Erasure {
  state: string;
  requestedAt: string | null;
  endedAt: string | null;
  erasedAt: string | null;
  obstacles: { code: string; organization: string | null }[];
  ends: { part: string; count: number }[];
  kept: { acceptance: string; model: string; until: string | null; why: string }[];
}

export const erase = (person: Person, proof: unknown = { method: 'password', password: PASSWORD }): Promise<Answer<Erasure>> =>
  person.post<Erasure>('/me/erase', { proof });

export async function accountOf(database: TestDatabase, email: string): Promise<string> {
  const [row] = await database.query<{ account_id: string }>('SELECT account_id FROM person WHERE email = $1', [email]);
  return row!.account_id;
}

export async function untilErasure(database: TestDatabase, account: string, state: string): Promise<void> {
  await until(`the erasure is ${state}`, 30_000, async () => {
    const rows = await database.query('SELECT FROM erasure WHERE account_id = $1 AND state = $2', [account, state]);
    return rows.length === 1;
  });
}

/** Every column of every table that holds one of these words, in whatever case, as text or within bytes. */
export async function columnsWith(database: TestDatabase, words: readonly string[]): Promise<string[]> {
  const columns = await database.query<{ table: string; column: string; type: string }>(
    `SELECT c.table_name AS table, c.column_name AS column, c.data_type AS type FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type IN ('text', 'jsonb', 'json', 'bytea', 'ARRAY', 'character varying')`,
  );
  const found: string[] = [];
  for (const { table, column, type } of columns) {
    const text = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
    const rows = await database.query(`SELECT FROM "${table}" WHERE lower(${text}) LIKE ANY ($1::text[]) LIMIT 1`, [
      words.map((word) => `%${word.toLowerCase()}%`),
    ]);
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  return found;
}

/** Every file below a folder that holds one of these words. */
export function filesWith(folder: string, words: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file).toString('latin1').toLowerCase();
      return words.some((word) => bytes.includes(Buffer.from(word.toLowerCase()).toString('latin1')));
    });
}
