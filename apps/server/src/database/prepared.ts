import type { Pool, PoolClient } from 'pg';
import { EntityManager, type DataSource } from 'typeorm';

/**
 * A statement of the hot path: parsed and planned once per connection, which TypeORM's own query cannot ask for.
 * On a DataSource it runs on the same pool, outside any transaction; on an EntityManager in its transaction.
 */
export async function prepared<Row>(on: DataSource | EntityManager, name: string, text: string, values: unknown[]): Promise<Row[]> {
  const result = await (await clientOf(on)).query({ name, text, values });
  return result.rows as Row[];
}

async function clientOf(on: DataSource | EntityManager): Promise<Pool | PoolClient> {
  if (on instanceof EntityManager && on.queryRunner) return (await on.queryRunner.connect()) as PoolClient;
  return poolOf(on instanceof EntityManager ? on.connection : on);
}

/** A connection of one's own, until it is released. */
export async function sessionOf(database: DataSource): Promise<PoolClient> {
  return poolOf(database).connect();
}

function poolOf({ driver }: DataSource): Pool {
  return (driver as unknown as { master: Pool }).master;
}
