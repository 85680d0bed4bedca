import { Injectable } from '@nestjs/common';
import type { MakeEffective } from '@paddock/contracts';
import { Refusal, refuseDecided } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { PolicyReading } from '../policy-reading.service.js';
import { bindingDates } from './binding-dates.js';
import { SnapshotWriting } from './snapshot-writing.js';

interface DecidedRow {
  effective_from: Date | null;
  dismissed_at: Date | null;
  captured_at: Date;
  later: boolean;
}

/** What a publisher decides on a pending snapshot, once: that it binds from a date, or never. */
@Injectable()
export class SnapshotDecisions {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly reading: PolicyReading,
    private readonly writing: SnapshotWriting,
    private readonly events: EventLog,
  ) {}

  async makeEffective(actor: PersonActor, slug: string, id: string, input: MakeEffective) {
    const now = this.runtime.now();
    const dates = bindingDates(input, now);
    return this.decide(actor, slug, id, async (tx, { later }) => {
      // What was captured earlier must not come into force over what was captured after it.
      if (later) throw new Refusal('snapshot-state', 'A later snapshot of this policy binds already, or will.', { state: 'pending' });
      await this.writing.makeEffective(tx, actor, slug, id, dates);
    });
  }

  async dismiss(actor: PersonActor, slug: string, id: string, reason: string) {
    return this.decide(actor, slug, id, async (tx) => {
      await tx.query('UPDATE snapshot SET dismissed_at = $2, dismiss_reason = $3, decided_by = $4 WHERE id = $1', [
        id,
        this.runtime.now(),
        reason,
        actor.account,
      ]);
      await this.events.append(actor, { kind: 'snapshot-dismissed', subject: id, detail: { policy: slug } }, tx);
    });
  }

  private async decide(actor: PersonActor, slug: string, id: string, act: (tx: EntityManager, row: DecidedRow) => Promise<void>) {
    const policy = await this.reading.row(slug);
    refuseWithoutRole(actor, 'publisher', { publisher: policy.publisher_id });
    await this.database.transaction(async (tx) => {
      await tx.query('SELECT FROM policy WHERE id = $1 FOR UPDATE', [policy.id]);
      const [row] = await tx.query<DecidedRow[]>(
        `SELECT effective_from, dismissed_at, captured_at,
           EXISTS (SELECT FROM snapshot l WHERE l.policy_id = s.policy_id AND l.captured_at > s.captured_at AND l.effective_from IS NOT NULL) AS later
         FROM snapshot s WHERE id = $1 AND policy_id = $2 FOR UPDATE`,
        [id, policy.id],
      );
      if (!row) throw new Refusal('not-found', 'There is no such snapshot of this policy.');
      refuseDecided({ effectiveFrom: row.effective_from, dismissedAt: row.dismissed_at }, this.runtime.now());
      await act(tx, row);
    });
    return this.reading.snapshot(slug, id);
  }
}
