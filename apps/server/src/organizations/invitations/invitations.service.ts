import { Injectable } from '@nestjs/common';
import type { CreateInvitation } from '@paddock/contracts';
import { Refusal, refuseUnlessOfficer } from '@paddock/domain';
import { randomBytes } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Throttle } from '../../accounts/sign-in/throttle.js';
import type { PersonActor } from '../../http/actor.js';
import { hashSecret } from '../../http/keys.js';
import { EventLog } from '../../ledger/event-log.js';
import { OrganizationAccess, type LockedOrganization } from '../organization-access.js';
import { OrganizationLetters } from '../organization-letters.js';
import { InvitationReading } from './invitation-reading.js';

const DAYS = 7;
const MOST_OPEN = 500;
/** Each sends a mail to somebody who did not ask for it; within the throttle's window. */
const SENT_PER_ACCOUNT = 100;
const SENT_TO_ADDRESS = 10;

/** Sends invitations and takes them back. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly database: DataSource,
    private readonly access: OrganizationAccess,
    private readonly reading: InvitationReading,
    private readonly letters: OrganizationLetters,
    private readonly throttle: Throttle,
    private readonly events: EventLog,
  ) {}

  /** A new invitation of the same address replaces the older one. */
  async invite(actor: PersonActor, organization: string, { email, role }: CreateInvitation) {
    refuseUnlessOfficer({ role: await this.access.role(this.database, actor, organization) });
    await this.throttle.take({ [`invites:${actor.account}`]: SENT_PER_ACCOUNT, [`invited:${email}`]: SENT_TO_ADDRESS });
    return this.database.transaction(async (tx) => {
      const locked = await this.access.lock(tx, actor, organization);
      refuseUnlessOfficer(locked.acting);
      await refuseMember(tx, locked, email);
      await tx.query(
        'UPDATE invitation SET withdrawn_at = now(), email = NULL WHERE organization_id = $1 AND lower(email) = lower($2) AND accepted_at IS NULL',
        [organization, email],
      );
      await refuseTooMany(tx, organization);
      const [id, secret] = [uuidv7(), randomBytes(32).toString('base64url')];
      await tx.query(
        `INSERT INTO invitation (id, organization_id, email, role, token_hash, invited_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7))`,
        [id, organization, email, role, hashSecret(secret), locked.acting.id, DAYS],
      );
      await this.letters.invited(tx, email, locked.legalName, secret, DAYS);
      await this.events.append(actor, { kind: 'invitation-sent', subject: id, detail: { organization, role } }, tx);
      return this.reading.shown((await this.reading.byId(tx, organization, id))!);
    });
  }

  async list(actor: PersonActor, organization: string) {
    refuseUnlessOfficer({ role: await this.access.role(this.database, actor, organization) });
    return { items: await this.reading.latest(organization), nextCursor: null };
  }

  async withdraw(actor: PersonActor, organization: string, id: string) {
    return this.database.transaction(async (tx) => {
      const { acting } = await this.access.lock(tx, actor, organization);
      refuseUnlessOfficer(acting);
      const invitation = await this.reading.byId(tx, organization, id);
      if (!invitation) throw new Refusal('not-found', 'The organization sent no such invitation.');
      const state = this.reading.state(invitation);
      if (state !== 'pending') throw new Refusal('invitation-ended', `This invitation is ${state} already.`, { state });
      await tx.query('UPDATE invitation SET withdrawn_at = now(), email = NULL WHERE id = $1', [id]);
      await this.events.append(actor, { kind: 'invitation-withdrawn', subject: id, detail: { organization } }, tx);
      return this.reading.shown((await this.reading.byId(tx, organization, id))!);
    });
  }
}

async function refuseMember(tx: EntityManager, { members }: LockedOrganization, email: string): Promise<void> {
  const rows = await tx.query<unknown[]>('SELECT 1 FROM person WHERE lower(email) = lower($1) AND account_id = ANY ($2::uuid[])', [
    email,
    members.map(({ account }) => account),
  ]);
  if (rows.length > 0) throw new Refusal('already-member', 'Whoever has this address is a member of the organization.');
}

async function refuseTooMany(tx: EntityManager, organization: string): Promise<void> {
  const [row] = await tx.query<{ open: number }[]>(
    'SELECT count(*)::int AS open FROM invitation WHERE organization_id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > now()',
    [organization],
  );
  if (row!.open >= MOST_OPEN) throw new Refusal('organization-limit', `At most ${MOST_OPEN} invitations may be open at once.`);
}
