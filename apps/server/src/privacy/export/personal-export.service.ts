import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { SealedRecords } from '../../accounts/sealed-records.js';
import { openOrigin } from '../../accounts/sessions/session-origins.js';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { EXPORT_SECTIONS, type ExportSection } from './export-sections.js';

type Row = Record<string, unknown>;

const ROWS_AT_ONCE = 500;

/** Everything on one person as one JSON document, from one snapshot of the database, some rows at a time. */
@Injectable()
export class PersonalExport {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly sealed: SealedRecords,
    private readonly events: EventLog,
  ) {}

  async *write(actor: PersonActor): AsyncGenerator<string> {
    await this.events.append(actor, { kind: 'data-exported', subject: actor.account });
    const runner = this.database.createQueryRunner();
    try {
      await runner.startTransaction('REPEATABLE READ');
      yield `{"type":"paddock-export-v1","exportedAt":${JSON.stringify(this.runtime.now())}`;
      for (const section of EXPORT_SECTIONS) yield* this.section(runner, actor.account, section);
      yield '}\n';
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      await runner.release();
    }
  }

  private async *section(runner: QueryRunner, account: string, section: ExportSection): AsyncGenerator<string> {
    await runner.query(`DECLARE exported NO SCROLL CURSOR FOR ${section.rows}`, [account]);
    yield `,\n${JSON.stringify(section.name)}:[`;
    for (let first = true; ; first = false) {
      const rows = (await runner.query(`FETCH ${ROWS_AT_ONCE} FROM exported`)) as Row[];
      if (rows.length === 0) break;
      const lines = (await this.opened(runner, rows, section.opens ?? {})).map((row) => JSON.stringify(row));
      yield `${first ? '\n' : ',\n'}${lines.join(',\n')}`;
    }
    yield ']';
    await runner.query('CLOSE exported');
  }

  private async opened(runner: QueryRunner, rows: Row[], opens: Readonly<Record<string, string>>): Promise<Row[]> {
    const columns = Object.keys(opens);
    const ids = rows.flatMap((row) => columns.map((column) => row[column])).filter((id) => typeof id === 'string');
    const contents = await this.sealed.readMany<unknown>(ids, runner.manager);
    const open = async (row: Row, [column, value]: [string, unknown]): Promise<[string, unknown]> => {
      if (column === 'origin')
        return ['userAgent', Buffer.isBuffer(value) ? await openOrigin(this.runtime.keys, String(row['id']), value) : null];
      const name = opens[column];
      return name === undefined ? [column, value] : [name, contents.get(String(value)) ?? null];
    };
    return Promise.all(
      rows.map(async (row) => Object.fromEntries(await Promise.all(Object.entries(row).map((entry) => open(row, entry))))),
    );
  }
}
