import type { ClientBase, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { sessionOf } from './prepared.js';

/**
 * Does the work while this process alone holds the advisory lock, on the very connection that holds it: should that one be
 * lost, so are the lock and every statement after it. Undefined where another process holds it.
 */
export async function underSessionLock<T>(
  database: DataSource,
  lock: number,
  work: (session: PoolClient) => Promise<T>,
): Promise<T | undefined> {
  const session = await sessionOf(database);
  try {
    const { rows } = await session.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [lock]);
    if (!rows[0]?.held) return release(session, undefined);
    const done = await work(session);
    await session.query('SELECT pg_advisory_unlock($1)', [lock]);
    return release(session, done);
  } catch (error) {
    // Closed, not given back: nobody else must find the lock held or a transaction open.
    session.release(true);
    throw error;
  }
}

function release<T>(session: PoolClient, done: T): T {
  session.release();
  return done;
}

/** A transaction on a session's own connection. */
export async function inTransaction(session: ClientBase, work: () => Promise<void>): Promise<void> {
  await session.query('BEGIN');
  await work();
  await session.query('COMMIT');
}
