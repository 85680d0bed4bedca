import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Refusal, refuseUnfitRedeemer, type Redeemer } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { PersonActor } from '../../http/actor.js';
import { hashSecret } from '../../http/keys.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { EventLog } from '../../ledger/event-log.js';
import { InvitationReading } from './invitation-reading.js';

/** How long officers see whom they invited in vain. */
const REMEMBERED = '30 days';
const SWEEP_MS = 5000;

/** Turns an invitation into a membership, once; and forgets addresses of those who never came. */
@Injectable()
export class RedemptionService implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly reading: InvitationReading,
    private readonly events: EventLog,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'expired-invitations', everyMs: SWEEP_MS, run: () => this.forget() });
  }

  async accept(actor: PersonActor, token: string) {
    const hash = hashSecret(token);
    return this.database.transaction(async (tx) => {
      const [found] = await tx.query<{ id: string; legalName: string }[]>(
        'SELECT o.id, o.legal_name AS "legalName" FROM invitation i JOIN organization o ON o.id = i.organization_id WHERE i.token_hash = $1 FOR NO KEY UPDATE OF o',
        [hash],
      );
      // Read after the lock: of many at once, one finds it pending.
      const invitation = found && (await this.reading.byToken(tx, hash));
      if (!invitation) throw new Refusal('invitation-ended', 'No invitation has this link.');
      const { id: organization, legalName } = found;
      refuseUnfitRedeemer(this.reading.state(invitation), invitation.email, await redeemer(tx, actor, organization));
      const { id, role } = invitation;
      const member = uuidv7();
      await tx.query(
        'INSERT INTO membership (id, organization_id, account_id, role, valid_from, role_since) VALUES ($1, $2, $3, $4, clock_timestamp(), clock_timestamp())',
        [member, organization, actor.account, role],
      );
      await tx.query('UPDATE invitation SET accepted_at = now(), membership_id = $2, email = NULL WHERE id = $1', [id, member]);
      await this.events.append(
        actor,
        { kind: 'membership-begun', subject: member, detail: { organization, role, invitation: invitation.id } },
        tx,
      );
      return { organization, legalName, member, role, state: 'active' };
    });
  }

  private async forget(): Promise<number> {
    const [, count] = await this.database.query<[unknown[], number]>(
      `UPDATE invitation SET email = NULL WHERE email IS NOT NULL AND expires_at < now() - interval '${REMEMBERED}'`,
    );
    return count;
  }
}

async function redeemer(tx: EntityManager, actor: PersonActor, organization: string): Promise<Redeemer> {
  const [row] = await tx.query<Redeemer[]>(
    `SELECT p.email, a.verified_at IS NOT NULL AS verified, EXISTS (
       SELECT FROM membership WHERE organization_id = $2 AND account_id = a.id AND valid_until IS NULL) AS member
     FROM account a JOIN person p ON p.account_id = a.id WHERE a.id = $1`,
    [actor.account, organization],
  );
  return row!;
}
