import { sha256Hex } from '@paddock/ledger';
import type { CustomTypesConfig, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { sessionOf } from '../../database/prepared.js';
import type { Cursor } from '../../http/cursor.js';
import { exportStatement, type Question } from '../lists/audit-statement.js';

const ROWS_AT_ONCE = 500;
/** Values as PostgreSQL writes them: of a million rows it would take longer to make something of each than to read it. */
const AS_WRITTEN = { getTypeParser: () => (text: string) => text } as unknown as CustomTypesConfig;

/** A row's columns as text. */
export type TextRow = (string | null)[];

/**
 * All rows that a question names as they stood at one moment, some at a time, however many there are and whatever is
 * written meanwhile. Each batch goes on where the last one ended: a cursor of the database would sort them all first.
 */
export class SnapshotReader {
  private readonly backend: number;
  private next: Promise<TextRow[]>;

  private constructor(
    private readonly database: DataSource,
    private readonly client: PoolClient,
    private readonly question: Question,
  ) {
    this.backend = (client as unknown as { processID: number }).processID;
    this.next = this.read(question.after);
  }

  static async open(database: DataSource, question: Question): Promise<SnapshotReader> {
    const client = await sessionOf(database);
    try {
      await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL DateStyle = 'ISO'; SET LOCAL TimeZone = 'UTC'`);
      const reader = new SnapshotReader(database, client, question);
      // The first rows come with the opening, so that a fault in the question is still an answer of its own.
      await reader.next;
      return reader;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** The next batch is read while this one is worked on, which is gone once the next is asked for. The last two columns of a row are its place. */
  async *batches(): AsyncGenerator<TextRow[]> {
    for (;;) {
      const rows = await this.next;
      const last = rows.at(-1);
      if (!last) return;
      const after = { at: last.at(-2)!, id: last.at(-1)! };
      this.next = rows.length < ROWS_AT_ONCE ? Promise.resolve([]) : this.read(after);
      // Whoever leaves before the next batch is asked for must not bring the process down by its failure.
      this.next.catch(() => undefined);
      yield rows;
      // What read these rows lives on for a while; were they still in its hands, the collector would keep each batch for the sake of the last.
      for (const row of rows) row.length = 0;
      rows.length = 0;
    }
  }

  /** Ends what the database is doing for it, too. */
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

  private async read(after: Cursor | undefined): Promise<TextRow[]> {
    const { sql, values } = exportStatement({ ...this.question, after }, ROWS_AT_ONCE);
    const name = this.question.freeText ? undefined : `audit-export-${sha256Hex(sql).slice(0, 32)}`;
    const { rows } = await this.client.query<TextRow>({ name, text: sql, values, rowMode: 'array', types: AS_WRITTEN });
    return rows;
  }
}
