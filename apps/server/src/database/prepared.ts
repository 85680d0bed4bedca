import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/**
 * A statement of the hot path: parsed and planned once per connection, which TypeORM's own query cannot ask for.
 * It runs on the same pool, outside any transaction.
 */
export async function prepared<Row>(database: DataSource, name: string, text: string, values: unknown[]): Promise<Row[]> {
  const pool = (database.driver as unknown as { master: Pool }).master;
  const result = await pool.query({ name, text, values });
  return result.rows as Row[];
}
