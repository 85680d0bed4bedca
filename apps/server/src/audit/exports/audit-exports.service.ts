import { Injectable } from '@nestjs/common';
import type { AuditFilters, AuditKindName } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import type { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { PersonActor } from '../../http/actor.js';
import { readCursor } from '../../http/cursor.js';
import { Runtime } from '../../http/runtime.js';
import { auditedPlaces } from '../audited-places.js';
import { Disclosures } from '../disclosures/disclosures.service.js';
import { KINDS } from '../kinds/all-kinds.js';
import type { AuditKind } from '../kinds/audit-kind.js';
import { findNames } from '../lists/free-text.js';
import { SealedColumns } from '../lists/sealed-columns.js';
import type { ExportFormat, NamedColumn } from './export-formats.js';
import { RunningExport } from './running-export.js';
import { SnapshotReader, type TextRow } from './snapshot-reader.js';
import { stillStands } from './standing.js';

/** Each holds a connection to the database for as long as its client reads. */
const AT_ONCE = 3;

export interface ExportFile {
  name: string;
  stream: Readable;
}

/** All rows that the filters name, as a file, from one snapshot of the database. Each export is an event when it begins, and another when it ends. */
@Injectable()
export class AuditExports {
  private running = 0;

  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly disclosures: Disclosures,
    private readonly sealed: SealedColumns,
  ) {}

  async begin(actor: PersonActor, name: AuditKindName, filters: AuditFilters, format: ExportFormat): Promise<ExportFile> {
    const kind = KINDS[name];
    const places = auditedPlaces(actor, kind, filters.sealed);
    const freeText = filters.q === undefined ? undefined : await findNames(this.database, kind, filters.q);
    const after = readCursor(filters.cursor);
    if (this.running >= AT_ONCE) throw new Refusal('export-limit', 'Other exports are under way.', { retryAfter: 30 });
    this.running += 1;
    let reader: SnapshotReader | undefined;
    try {
      reader = await SnapshotReader.open(this.database, { kind, places, filters, freeText, after });
      const id = uuidv7();
      await this.disclosures.exported(actor, id, { kind: name, filters, format: format.extension });
      const running = new RunningExport(() => stillStands(this.database, actor, places), this.runtime.closing);
      const opened = filters.sealed ? this.withSealed(kind, reader.batches()) : reader.batches();
      const parts = format.encode(columnsOf(kind, filters), running.counted(opened));
      const stream = running.stream(parts, (outcome) => this.end(actor, id, { running, reader: reader!, outcome }));
      return { name: `${name}-${this.runtime.now().toISOString().slice(0, 10)}.${format.extension}`, stream };
    } catch (error) {
      this.running -= 1;
      await reader?.close();
      throw error;
    }
  }

  /** What was opened takes the place of the record's id. */
  private async *withSealed(kind: AuditKind, batches: AsyncIterable<TextRow[]>): AsyncGenerator<TextRow[]> {
    const record = Object.keys(kind.columns).length;
    for await (const rows of batches) {
      const opened = await this.sealed.of(
        kind,
        rows.map((row) => row[record]!),
      );
      yield rows.map((row) => [...row.slice(0, record), ...opened.get(row[record]!)!]);
    }
  }

  private async end(
    actor: PersonActor,
    id: string,
    { running, reader, outcome }: { running: RunningExport; reader: SnapshotReader; outcome: string },
  ): Promise<void> {
    this.running -= 1;
    const { rows, first, last } = running;
    try {
      await reader.close();
      await this.disclosures.exportEnded(actor, id, { outcome, rows, ...(first && { first }), ...(last && { last }) });
    } catch (error) {
      // The file is gone already, and that it began is recorded; only the log can be told.
      this.runtime.logger.error({ error, requestId: actor.requestId }, 'the end of an export could not be recorded');
    }
  }
}

function columnsOf(kind: AuditKind, { sealed }: AuditFilters): NamedColumn[] {
  const opened = sealed ? (kind.sealed?.columns ?? []) : [];
  return [
    ...Object.entries(kind.columns).map(([name, { type }]) => ({ name, type })),
    ...opened.map((name) => ({ name, type: 'text' as const })),
  ];
}
