import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { sessionOf } from '../../database/prepared.js';
import type { Statement } from '../lists/audit-statement.js';

const ROWS_AT_ONCE = 2000;

/** The rows of one statement as they stood at one moment, some at a time, however many there are and whatever is written meanwhile. */
export class SnapshotReader {
  private next: Promise<unknown[][]>;

  private constructor(
    private readonly database: DataSource,
    private readonly client: PoolClient,
    private readonly backend: number,
  ) {
    this.next = this.fetch();
  }

  static async open(database: DataSource, { sql, values }: Statement): Promise<SnapshotReader> {
    const client = await sessionOf(database);
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      // All rows will be read: a plan that is quick to begin and slow to end is the wrong one.
      await client.query('SET LOCAL cursor_tuple_fraction = 1');
      await client.query(`DECLARE rows NO SCROLL CURSOR FOR ${sql}`, values);
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const reader = new SnapshotReader(database, client, rows[0]!.pid);
      // The first rows come with the opening, so that a fault in the question is still an answer of its own.
      await reader.next;
      return reader;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** The next batch is fetched while this one is worked on. */
  async *batches(): AsyncGenerator<unknown[][]> {
    for (;;) {
      const rows = await this.next;
      if (rows.length === 0) return;
      this.next = this.fetch();
      // Whoever leaves before the next batch is asked for must not bring the process down by its failure.
      this.next.catch(() => undefined);
      yield rows;
    }
  }

  /** Ends what the database is doing for it, too: nobody waits for a long sort that nobody reads. */
  async close(): Promise<void> {
    let settled = false;
    const last = this.next.then(
      () => (settled = true),
      () => (settled = true),
    );
    await Promise.resolve();
    const cancelled = !settled;
    if (cancelled) await this.database.query('SELECT pg_cancel_backend($1)', [this.backend]);
    await last;
    // A connection that was interrupted serves nobody else: the interruption might arrive late.
    const failed =
      cancelled ||
      (await this.client.query('ROLLBACK').then(
        () => false,
        () => true,
      ));
    this.client.release(failed);
  }

  private async fetch(): Promise<unknown[][]> {
    const { rows } = await this.client.query<[string]>({ text: `FETCH ${ROWS_AT_ONCE} FROM rows`, rowMode: 'array' });
    return JSON.parse(`[${rows.join(',')}]`) as unknown[][];
  }
}
