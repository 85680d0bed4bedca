import { Injectable } from '@nestjs/common';
import type { AuditKindName, SaveView } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import { auditedPlaces } from '../audited-places.js';
import { KINDS } from '../kinds/all-kinds.js';

const MOST = 200;

interface ViewRow {
  id: string;
  account_id: string;
  name: string;
  kind: AuditKindName;
  filters: Record<string, string | number | boolean>;
  shared: boolean;
  created_at: Date;
}

/** Shared ones are of people who audit one of the reader's own places now: portal with portal, publisher with publisher, model with model. */
const VISIBLE = `
  SELECT v.* FROM saved_view v WHERE v.account_id = $1 OR (v.shared AND EXISTS (
    SELECT FROM role_assignment theirs JOIN role_assignment mine
      ON (mine.scope, mine.publisher_id, mine.model_id) IS NOT DISTINCT FROM (theirs.scope, theirs.publisher_id, theirs.model_id)
    WHERE mine.id = ANY ($2::uuid[]) AND theirs.account_id = v.account_id AND theirs.role IN ('auditor', 'admin')
      AND theirs.valid_from <= now() AND (theirs.valid_until IS NULL OR theirs.valid_until > now())))
  ORDER BY v.created_at DESC, v.id DESC LIMIT ${MOST}`;

/** Filters under a name, their owner's own. What they show is asked anew each time, by the reader's own roles. */
@Injectable()
export class SavedViews {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

  async list(actor: PersonActor) {
    const { assignments } = auditedPlaces(actor, { model: 'of any place' });
    const rows = await this.database.query<ViewRow[]>(VISIBLE, [actor.account, assignments]);
    return { items: rows.map((row) => shown(actor, row)), nextCursor: null };
  }

  async save(actor: PersonActor, { name, kind, filters, shared }: SaveView) {
    auditedPlaces(actor, KINDS[kind]);
    return this.database.transaction(async (tx) => {
      await tx.query('SELECT FROM account WHERE id = $1 FOR NO KEY UPDATE', [actor.account]);
      const [{ kept }] = await tx.query<[{ kept: number }]>('SELECT count(*)::int AS kept FROM saved_view WHERE account_id = $1', [
        actor.account,
      ]);
      if (kept >= MOST) throw new Refusal('saved-view-limit', `Nobody keeps more than ${MOST} views.`);
      const [row] = await tx.query<ViewRow[]>(
        'INSERT INTO saved_view (id, account_id, name, kind, filters, shared) VALUES ($1, $2, $3, $4, $5, $6) RETURNING *',
        [uuidv7(), actor.account, name, kind, filters, shared],
      );
      await this.events.append(actor, { kind: 'audit-view-saved', subject: row!.id, detail: { kind, shared } }, tx);
      return shown(actor, row!);
    });
  }

  async remove(actor: PersonActor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [, removed] = await tx.query<[unknown[], number]>('DELETE FROM saved_view WHERE id = $1 AND account_id = $2', [
        id,
        actor.account,
      ]);
      if (removed === 0) throw new Refusal('not-found', 'You keep no such view.');
      await this.events.append(actor, { kind: 'audit-view-removed', subject: id }, tx);
    });
  }
}

function shown(actor: PersonActor, row: ViewRow) {
  const { id, name, kind, filters, shared } = row;
  return { id, name, kind, filters, shared, own: row.account_id === actor.account, createdAt: row.created_at };
}
