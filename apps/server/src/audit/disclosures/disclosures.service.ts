import { Injectable } from '@nestjs/common';
import { DISCLOSURE_KINDS, type AuditFilters, type AuditKindName, type ListDisclosures } from '@paddock/contracts';
import { DataSource } from 'typeorm';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { page, readCursor } from '../../http/cursor.js';
import { EventLog } from '../../ledger/event-log.js';

/** What was shown: how many rows, and between which. */
export interface Shown {
  kind: AuditKindName;
  filters: AuditFilters;
  rows: number;
  first?: string | undefined;
  last?: string | undefined;
  /** Rows of which the sealed part was opened. */
  opened?: readonly string[] | undefined;
}

interface DisclosureRow {
  id: string;
  at: Date;
  kind: string;
  requestId: string;
  account: string | null;
  name: string | null;
  roles: string[];
  subject: string | null;
  detail: Record<string, unknown>;
  position: string;
}

const DISCLOSURES = `
  SELECT e.id, e.at, e.kind, e.request_id AS "requestId", e.actor_id AS account, p.name, e.subject_id AS subject, e.detail, to_json(e.at) #>> '{}' AS position,
    ARRAY(SELECT DISTINCT r.role FROM role_assignment r WHERE r.account_id = e.actor_id AND r.valid_from <= e.at AND (r.valid_until IS NULL OR r.valid_until > e.at) ORDER BY 1) AS roles
  FROM event e LEFT JOIN person p ON p.account_id = e.actor_id
  WHERE e.kind = ANY ($1) AND ($2::uuid IS NULL OR e.actor_id = $2) AND ($3::timestamptz IS NULL OR e.at >= $3) AND ($4::timestamptz IS NULL OR e.at < $4)
    AND ($5::timestamptz IS NULL OR (e.at, e.id) < ($5, $6::uuid))
  ORDER BY e.at DESC, e.id DESC LIMIT $7`;

/** Whoever is shown personal data leaves a trace of it, one for each answer. */
@Injectable()
export class Disclosures {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

  /** Committed before the answer goes out. */
  async viewed(actor: PersonActor, { filters, ...shown }: Shown): Promise<void> {
    await this.events.append(actor, { kind: 'audit-viewed', detail: { ...shown, filters: withoutWords(filters) } });
  }

  async exported(actor: PersonActor, id: string, { kind, filters, format }: Pick<Shown, 'kind' | 'filters'> & { format: string }) {
    await this.events.append(actor, { kind: 'audit-exported', subject: id, detail: { kind, format, filters: withoutWords(filters) } });
  }

  async exportEnded(actor: PersonActor, id: string, detail: { outcome: string; rows: number; first?: string; last?: string }) {
    await this.events.append(actor, { kind: 'audit-export-ended', subject: id, detail });
  }

  async list(actor: PersonActor, query: ListDisclosures) {
    refuseWithoutRole(actor, 'admin');
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<DisclosureRow[]>(DISCLOSURES, [
      query.kind ? [query.kind] : DISCLOSURE_KINDS,
      query.account ?? null,
      query.from ?? null,
      query.to ?? null,
      cursor?.at ?? null,
      cursor?.id ?? null,
      query.limit + 1,
    ]);
    const { items, nextCursor } = page(rows, query.limit, (row) => ({ at: row.position, id: row.id }));
    return { items: items.map(({ position: _, ...row }) => row), nextCursor };
  }
}

/** Events outlive the people whom they speak of: what was looked for may be somebody's name, so only that it was is kept. */
function withoutWords({ limit: _, cursor, q, ...filters }: AuditFilters) {
  return { ...filters, ...(q !== undefined && { q: true }), ...(cursor !== undefined && { cursor }) };
}
