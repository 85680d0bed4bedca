import { Injectable } from '@nestjs/common';
import type { AcceptanceAudited, ListAudit, ListEvents } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { hasRole, type PersonActor } from '../http/actor.js';
import { page, readCursor } from '../http/cursor.js';
import { EventLog } from '../ledger/event-log.js';
import { acceptanceQuery } from './acceptance-query.js';
import { csvLine } from './csv.js';

type AcceptanceRow = AcceptanceAudited & { position: string };

interface EventRow {
  id: string;
  kind: string;
  at: Date;
  requestId: string;
  actor: string | null;
  holder: string | null;
  subject: string | null;
  model: string | null;
  code: string | null;
  detail: Record<string, unknown>;
  position: string;
}

const COLUMNS = [
  'id',
  'at',
  'state',
  'model',
  'release',
  'license',
  'licenseVersion',
  'agreement',
  'licensee',
  'licenseeKind',
  'licenseeName',
  'country',
  'signer',
  'signerName',
  'signerEmail',
  'grant',
] as const;
const ROWS_AT_ONCE = 1000;

@Injectable()
export class AuditService {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

  async acceptances(actor: PersonActor, query: ListAudit) {
    refuseNonAuditor(actor);
    const { text, values } = acceptanceQuery(actor, query, readCursor(query.cursor), query.limit + 1);
    const { items, nextCursor } = page(await this.database.query<AcceptanceRow[]>(text, values), query.limit, (row) => ({
      at: row.position,
      id: row.id,
    }));
    return { items: items.map(({ position: _, ...row }) => row), nextCursor };
  }

  /** All that the filters name, from one snapshot of the database, some rows at a time. The export itself is an event. */
  async *export(actor: PersonActor, query: ListAudit, format: 'csv' | 'ndjson'): AsyncGenerator<string> {
    refuseNonAuditor(actor);
    const { text, values } = acceptanceQuery(actor, query, readCursor(query.cursor), undefined);
    const { cursor: _cursor, limit: _limit, q, ...filters } = query;
    await this.events.append(actor, { kind: 'audit-exported', detail: { format, filters: { ...filters, q: q !== undefined } } });
    const runner = this.database.createQueryRunner();
    try {
      await runner.startTransaction('REPEATABLE READ');
      await runner.query(`DECLARE acceptances NO SCROLL CURSOR FOR ${text}`, values);
      if (format === 'csv') yield csvLine(COLUMNS);
      for (;;) {
        const rows = (await runner.query(`FETCH ${ROWS_AT_ONCE} FROM acceptances`)) as AcceptanceRow[];
        if (rows.length === 0) return;
        yield rows.map((row) => (format === 'csv' ? csvLine(COLUMNS.map((name) => row[name])) : ndjsonLine(row))).join('');
      }
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      await runner.release();
    }
  }

  async eventList(actor: PersonActor, query: ListEvents) {
    refuseNonAuditor(actor);
    if (!hasRole(actor, ({ role, scope }) => (role === 'auditor' || role === 'admin') && scope === 'portal'))
      throw new Refusal('role-missing', 'Events of the whole portal are for its auditors.');
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<EventRow[]>(
      `SELECT e.id, e.kind, e.at, e.request_id AS "requestId", e.actor_id AS actor, e.holder_id AS holder, e.subject_id AS subject, m.slug AS model, e.code, e.detail, to_json(e.at) #>> '{}' AS position
       FROM event e LEFT JOIN model m ON m.id = e.model_id
       WHERE ($1::text IS NULL OR e.kind = $1) AND ($2::uuid IS NULL OR e.subject_id = $2) AND ($3::uuid IS NULL OR e.actor_id = $3) AND ($4::text IS NULL OR m.slug = $4)
         AND ($5::timestamptz IS NULL OR e.at >= $5) AND ($6::timestamptz IS NULL OR e.at < $6) AND ($7::timestamptz IS NULL OR (e.at, e.id) < ($7, $8::uuid))
       ORDER BY e.at DESC, e.id DESC LIMIT $9`,
      [
        query.kind ?? null,
        query.subject ?? null,
        query.actor ?? null,
        query.model ?? null,
        query.from ?? null,
        query.to ?? null,
        cursor?.at ?? null,
        cursor?.id ?? null,
        query.limit + 1,
      ],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => ({ at: row.position, id: row.id }));
    return { items: items.map(({ position: _, ...row }) => row), nextCursor };
  }
}

function ndjsonLine({ position: _, ...row }: AcceptanceRow): string {
  return `${JSON.stringify(row)}\n`;
}

function refuseNonAuditor(actor: PersonActor): void {
  if (!hasRole(actor, ({ role }) => role === 'auditor' || role === 'admin'))
    throw new Refusal('role-missing', 'The audit is for auditors and administrators.');
}
