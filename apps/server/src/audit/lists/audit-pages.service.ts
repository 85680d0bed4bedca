import { Injectable } from '@nestjs/common';
import type { AuditKindName, AuditPageFilters } from '@paddock/contracts';
import { sha256Hex } from '@paddock/ledger';
import { DataSource } from 'typeorm';
import { prepared } from '../../database/prepared.js';
import type { PersonActor } from '../../http/actor.js';
import { page, readCursor } from '../../http/cursor.js';
import { auditedPlaces } from '../audited-places.js';
import { Disclosures } from '../disclosures/disclosures.service.js';
import type { AuditKind } from '../kinds/audit-kind.js';
import { KINDS } from '../kinds/all-kinds.js';
import { pageStatement } from './audit-statement.js';
import { findNames } from './free-text.js';
import { SealedColumns } from './sealed-columns.js';

type Row = Record<string, unknown> & { id: string; position: string; sealedRecord?: string };

/** One more than a page of usual length, and than the longest: statements are planned for few lengths. */
const ROWS_READ = [51, 201];

/** Audit rows of a kind, some at a time. */
@Injectable()
export class AuditPages {
  constructor(
    private readonly database: DataSource,
    private readonly disclosures: Disclosures,
    private readonly sealed: SealedColumns,
  ) {}

  async page(actor: PersonActor, name: AuditKindName, filters: AuditPageFilters) {
    const kind = KINDS[name];
    const places = auditedPlaces(actor, kind, filters.sealed);
    const freeText = filters.q === undefined ? undefined : await findNames(this.database, kind, filters.q);
    const after = readCursor(filters.cursor);
    const { sql, values } = pageStatement(
      { kind, places, filters, freeText, after },
      ROWS_READ.find((rows) => rows > filters.limit)!,
    );
    // Planned once for each combination of filters, for planning takes as long as finding the rows; but anew for names, by their number.
    const rows = freeText
      ? await this.database.query<Row[]>(sql, values)
      : await prepared<Row>(this.database, `audit-${sha256Hex(sql).slice(0, 32)}`, sql, values);
    const { items, nextCursor } = page(rows.slice(0, filters.limit + 1), filters.limit, (row) => ({ at: row.position, id: row.id }));
    const opened = filters.sealed
      ? await this.sealed.of(
          kind,
          items.map(({ sealedRecord }) => sealedRecord!),
        )
      : undefined;
    if (opened !== undefined || items.some((row) => isPersonal(kind, row))) {
      const [first, last] = [items[0]?.id, items.at(-1)?.id];
      const shown = { kind: name, filters, rows: items.length, first, last };
      await this.disclosures.viewed(actor, { ...shown, opened: opened && items.map(({ id }) => id) });
    }
    return {
      items: items.map(({ position: _, sealedRecord, ...row }) => ({ ...row, ...(opened && unsealed(kind, opened.get(sealedRecord!)!)) })),
      nextCursor,
    };
  }
}

function isPersonal(kind: AuditKind, row: Row): boolean {
  return Object.entries(kind.columns).some(([name, { personal }]) => personal && row[name] !== null);
}

function unsealed({ sealed }: AuditKind, values: readonly (string | null)[]): Record<string, string | null> {
  return Object.fromEntries((sealed?.columns ?? []).map((column, index) => [column, values[index] ?? null]));
}
