import { Injectable } from '@nestjs/common';
import { OPEN_STATES } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Runtime } from '../../../http/runtime.js';
import { EventLog, type Origin } from '../../../ledger/event-log.js';
import { LedgerService } from '../../../ledger/ledger.service.js';

const REASON = 'The licensee asked to be erased.';

interface Ended {
  id: string;
  model_id: string;
}

/** What licensees hold and have asked for ends with them. */
@Injectable()
export class GrantEndings {
  constructor(
    private readonly runtime: Runtime,
    private readonly ledger: LedgerService,
    private readonly events: EventLog,
  ) {}

  async end(tx: EntityManager, origin: Origin & { account: string }, licensees: readonly string[]): Promise<void> {
    await this.endGrants(tx, origin, licensees);
    await this.withdrawRequests(tx, origin, licensees);
    await tx.query(
      `UPDATE presentation SET state = 'expired' WHERE state = 'presented' AND (account_id = $1 OR licensee_id = ANY ($2::uuid[]))`,
      [origin.account, licensees],
    );
    await tx.query(
      `UPDATE link SET revoked_at = now() FROM holder h WHERE h.id = link.holder_id AND h.account_id = $1 AND revoked_at IS NULL AND expires_at > now()`,
      [origin.account],
    );
    await tx.query(
      `UPDATE passkey SET valid_until = now() FROM holder h WHERE h.id = passkey.holder_id AND h.account_id = $1 AND (valid_until IS NULL OR valid_until > now())`,
      [origin.account],
    );
    await tx.query(`UPDATE referee SET withdrawn_at = now() WHERE account_id = $1 AND withdrawn_at IS NULL AND answered_at IS NULL`, [
      origin.account,
    ]);
  }

  private async endGrants(tx: EntityManager, origin: Origin & { account: string }, licensees: readonly string[]): Promise<void> {
    const [grants] = await tx.query<[Ended[], number]>(
      `UPDATE access_grant SET ended_at = now(), ended_by = $2, end_reason = $3 WHERE licensee_id = ANY ($1::uuid[]) AND ended_at IS NULL RETURNING id, model_id`,
      [licensees, origin.account, REASON],
    );
    for (const { id, model_id: model } of grants) {
      await this.ledger.append(tx, 'revocation', uuidv7(), this.runtime.now(), { grant: id, reason: REASON });
      await this.events.append(origin, { kind: 'grant-revoked', subject: id, model, detail: { reason: REASON } }, tx);
    }
  }

  /** Those of an organization too that the person wrote: their answers go with them. */
  private async withdrawRequests(tx: EntityManager, origin: Origin & { account: string }, licensees: readonly string[]): Promise<void> {
    const [requests] = await tx.query<[(Ended & { was: string })[], number]>(
      `UPDATE access_request r SET state = 'withdrawn', updated_at = now() FROM (
         SELECT id, state FROM access_request WHERE (applicant_id = $1 OR licensee_id = ANY ($2::uuid[])) AND state = ANY ($3::text[]) ORDER BY id FOR UPDATE) was
       WHERE r.id = was.id RETURNING r.id, r.model_id, was.state AS was`,
      [origin.account, licensees, OPEN_STATES],
    );
    for (const { id, model_id: model, was } of requests)
      await this.events.append(origin, { kind: 'request-withdraw', subject: id, model, detail: { from: was, to: 'withdrawn' } }, tx);
    await tx.query('UPDATE access_request SET assigned_to = NULL WHERE assigned_to = $1 AND state = ANY ($2::text[])', [
      origin.account,
      OPEN_STATES,
    ]);
  }
}
