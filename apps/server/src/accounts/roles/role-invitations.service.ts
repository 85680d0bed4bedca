import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AssignRole } from '@paddock/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { Mailbox } from '../../mail/mailbox.js';
import type { Place } from './role-places.js';

interface InvitationRow extends Place {
  id: string;
  role: string;
  opens_sealed: boolean;
  valid_until: Date;
  invited_by: string;
}

const OPEN = `
  SELECT i.id, i.role, i.scope, i.publisher_id AS publisher, i.model_id AS model, i.opens_sealed, i.valid_until, i.invited_by
  FROM role_invitation i JOIN person p ON lower(p.email) = lower(i.email) JOIN account a ON a.id = p.account_id
  WHERE p.account_id = $1 AND a.verified_at IS NOT NULL AND i.ended_at IS NULL AND i.valid_until > now() FOR UPDATE OF i`;

/** Roles for people who have no account yet. Whoever confirms the address that was invited holds the role from then on. */
@Injectable()
export class RoleInvitations implements OnModuleInit {
  constructor(
    private readonly runtime: Runtime,
    private readonly mailbox: Mailbox,
    private readonly events: EventLog,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(['email-verified', 'email-changed', 'identity-linked'], async (tx, { subject }) => {
      if (subject) await this.takeUp(tx instanceof DataSource ? tx.manager : tx, subject);
    });
  }

  async invite(tx: EntityManager, actor: PersonActor, input: AssignRole, place: Place): Promise<string> {
    const id = uuidv7();
    await tx.query(
      `INSERT INTO role_invitation (id, email, role, scope, publisher_id, model_id, opens_sealed, valid_until, invited_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, input.email, input.role, place.scope, place.publisher, place.model, input.opensSealed ?? false, input.until, actor.account],
    );
    await this.mailbox.keep(tx, {
      account: null,
      to: input.email,
      subject: 'You are asked to audit',
      body: `An administrator of this portal asks you to audit ${input.model ?? input.publisher ?? 'all of it'}, until ${input.until}. Sign up with this e-mail address and confirm it; you can read the audit then, and what you read of people is recorded.`,
      link: { label: 'Sign up', url: `${this.runtime.publicUrl}/sign-up` },
    });
    await this.events.append(actor, { kind: 'role-invited', subject: id, detail: { role: input.role, ...place } }, tx);
    return id;
  }

  /** False where there is no such open invitation. */
  async withdraw(tx: EntityManager, actor: PersonActor, id: string): Promise<boolean> {
    const [, ended] = await tx.query<[unknown[], number]>(
      'UPDATE role_invitation SET ended_at = now(), email = NULL WHERE id = $1 AND ended_at IS NULL',
      [id],
    );
    if (ended > 0) await this.events.append(actor, { kind: 'role-invitation-withdrawn', subject: id }, tx);
    return ended > 0;
  }

  private async takeUp(tx: EntityManager, account: string): Promise<void> {
    for (const row of await tx.query<InvitationRow[]>(OPEN, [account])) {
      const { id: invitation, role, scope, publisher, model } = row;
      const id = uuidv7();
      await tx.query(
        `INSERT INTO role_assignment (id, account_id, role, scope, publisher_id, model_id, opens_sealed, valid_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, account, role, scope, publisher, model, row.opens_sealed, row.valid_until],
      );
      await tx.query('UPDATE role_invitation SET ended_at = now(), email = NULL, assignment_id = $2 WHERE id = $1', [invitation, id]);
      await this.events.append(
        { account: row.invited_by, requestId: 'invitation' },
        { kind: 'role-assigned', subject: account, detail: { role, scope, publisher, model, invitation } },
        tx,
      );
    }
  }
}
