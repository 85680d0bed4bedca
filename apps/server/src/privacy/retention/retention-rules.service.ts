import { Injectable } from '@nestjs/common';
import type { RetentionRule, SetRetentionRule } from '@paddock/contracts';
import { Refusal, RETENTION_KIND_NAMES, RETENTION_KINDS, type RetentionKindName } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { refuseWithoutRole, rolesAs, type PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import { checkErasuresNow } from '../checked-now.js';

interface RuleRow {
  kind: RetentionKindName;
  publisher: string | null;
  days: number | null;
  set_at: Date;
}

const RULES = `SELECT r.kind, r.days, r.set_at, p.slug AS publisher FROM retention_rule r LEFT JOIN publisher p ON p.id = r.publisher_id`;

/** How long records of each kind are kept: as the code says, unless the portal, or of acceptances a publisher, says otherwise. */
@Injectable()
export class RetentionRules {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

  async list(actor: PersonActor) {
    if (rolesAs(actor, 'admin', 'auditor', 'publisher').length === 0)
      throw new Refusal('role-missing', 'Rules of retention are for whoever administers, audits or publishes.');
    const rows = await this.database.query<RuleRow[]>(`${RULES} ORDER BY r.kind, p.slug`);
    const items = RETENTION_KIND_NAMES.flatMap((kind) => {
      const set = rows.filter((row) => row.kind === kind);
      const portal = set.find(({ publisher }) => publisher === null);
      return [shown(kind, portal), ...set.filter(({ publisher }) => publisher !== null).map((row) => shown(kind, row))];
    });
    return { items, nextCursor: null };
  }

  async set(actor: PersonActor, { kind, publisher: slug, days }: SetRetentionRule) {
    return this.database.transaction(async (tx) => {
      const publisher = await placeOf(tx, actor, kind, slug);
      await tx.query(
        `INSERT INTO retention_rule (kind, publisher_id, days, set_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (kind, publisher_id) DO UPDATE SET days = excluded.days, set_by = excluded.set_by, set_at = now()`,
        [kind, publisher, days, actor.account],
      );
      if (kind === 'sealed-minimum') await checkErasuresNow(tx);
      await this.events.append(actor, { kind: 'retention-rule-set', subject: publisher, detail: { kind, days } }, tx);
      const [row] = await tx.query<RuleRow[]>(`${RULES} WHERE r.kind = $1 AND r.publisher_id IS NOT DISTINCT FROM $2`, [kind, publisher]);
      return shown(kind, row);
    });
  }

  /** Of the portal; null: kept without end. */
  async daysOf(kind: RetentionKindName): Promise<number | null> {
    const [row] = await this.database.query<{ days: number | null }[]>(
      'SELECT days FROM retention_rule WHERE kind = $1 AND publisher_id IS NULL',
      [kind],
    );
    return row ? row.days : RETENTION_KINDS[kind].days;
  }
}

async function placeOf(tx: EntityManager, actor: PersonActor, kind: RetentionKindName, slug: string | undefined): Promise<string | null> {
  if (slug === undefined) {
    refuseWithoutRole(actor, 'admin');
    return null;
  }
  const [publisher] = await tx.query<{ id: string }[]>('SELECT id FROM publisher WHERE slug = $1', [slug]);
  if (!publisher) throw new Refusal('not-found', 'There is no such publisher.');
  refuseWithoutRole(actor, 'publisher', { publisher: publisher.id });
  if (!RETENTION_KINDS[kind].perPublisher)
    throw new Refusal('malformed-request', 'publisher: records of this kind are the portal’s alone', { fields: ['publisher'] });
  return publisher.id;
}

function shown(kind: RetentionKindName, row: RuleRow | undefined): Omit<RetentionRule, 'setAt'> & { setAt: Date | null } {
  const { days, meaning } = RETENTION_KINDS[kind];
  return {
    kind,
    publisher: row?.publisher ?? null,
    days: row ? row.days : days,
    meaning,
    state: row ? 'set' : 'default',
    setAt: row?.set_at ?? null,
  };
}
