import { Injectable } from '@nestjs/common';
import type { LiftHold, ListHolds, SetHold } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { page, readCursor } from '../../http/cursor.js';
import { EventLog } from '../../ledger/event-log.js';
import { checkErasuresNow } from '../checked-now.js';

interface HoldRow {
  id: string;
  scope: SetHold['scope'];
  subject_id: string;
  reason: string;
  set_by: string;
  set_at: Date;
  lifted_by: string | null;
  lifted_at: Date | null;
  lift_reason: string | null;
  at: string;
}

const HOLDS = `SELECT h.*, to_json(h.set_at) #>> '{}' AS at FROM legal_hold h`;
const NOWHERE = 'There is nothing of this scope with this id.';

/** While a hold stands, nothing that it covers is erased by time. Grants end all the same. Reasons stay here: they may name people. */
@Injectable()
export class HoldsService {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

  async list(actor: PersonActor, query: ListHolds) {
    refuseWithoutRole(actor, 'auditor');
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<HoldRow[]>(
      `${HOLDS} WHERE ($1::timestamptz IS NULL OR (h.set_at, h.id) < ($1, $2::uuid)) AND ($3::uuid IS NULL OR h.subject_id = $3)
         AND CASE $4::text WHEN 'open' THEN h.lifted_at IS NULL WHEN 'lifted' THEN h.lifted_at IS NOT NULL ELSE true END
       ORDER BY h.set_at DESC, h.id DESC LIMIT $5`,
      [cursor?.at ?? null, cursor?.id ?? null, query.subject ?? null, query.state ?? null, query.limit + 1],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return { items: items.map(shown), nextCursor };
  }

  async set(actor: PersonActor, { scope, subject, reason }: SetHold) {
    refuseWithoutRole(actor, 'admin');
    return this.database.transaction(async (tx) => {
      // Locked, so that an erasure that is just being finished is either before the hold or sees it.
      if (scope === 'account') await tx.query('SELECT FROM erasure WHERE account_id = $1 FOR UPDATE', [subject]);
      const known = await tx.query<unknown[]>(`SELECT FROM ${scope} WHERE id = $1`, [subject]);
      if (known.length === 0) throw new Refusal('not-found', NOWHERE);
      const id = uuidv7();
      await tx.query('INSERT INTO legal_hold (id, scope, subject_id, reason, set_by) VALUES ($1, $2, $3, $4, $5)', [
        id,
        scope,
        subject,
        reason,
        actor.account,
      ]);
      await this.events.append(actor, { kind: 'hold-set', subject, detail: { hold: id, scope } }, tx);
      const [row] = await tx.query<HoldRow[]>(`${HOLDS} WHERE h.id = $1`, [id]);
      return shown(row!);
    });
  }

  async lift(actor: PersonActor, id: string, { reason }: LiftHold) {
    refuseWithoutRole(actor, 'admin');
    return this.database.transaction(async (tx) => {
      const [, lifted] = await tx.query<[unknown[], number]>(
        'UPDATE legal_hold SET lifted_at = now(), lifted_by = $2, lift_reason = $3 WHERE id = $1 AND lifted_at IS NULL',
        [id, actor.account, reason],
      );
      if (lifted === 0) throw new Refusal('not-found', 'There is no such open hold.');
      const [row] = await tx.query<HoldRow[]>(`${HOLDS} WHERE h.id = $1`, [id]);
      await checkErasuresNow(tx);
      await this.events.append(actor, { kind: 'hold-lifted', subject: row!.subject_id, detail: { hold: id, scope: row!.scope } }, tx);
      return shown(row!);
    });
  }
}

function shown(row: HoldRow) {
  return {
    id: row.id,
    scope: row.scope,
    subject: row.subject_id,
    state: row.lifted_at ? 'lifted' : 'open',
    reason: row.reason,
    setBy: row.set_by,
    setAt: row.set_at,
    liftedBy: row.lifted_by,
    liftedAt: row.lifted_at,
    liftReason: row.lift_reason,
  };
}
