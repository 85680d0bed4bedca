import { Injectable } from '@nestjs/common';
import type { ChangeMemberRole, EndMember } from '@paddock/contracts';
import { decideLeaving, Refusal, refuseUnfitRole } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import type { PersonActor } from '../../http/actor.js';
import { EventLog, type Origin } from '../../ledger/event-log.js';
import { OrganizationAccess, type LockedOrganization, type OpenMember } from '../organization-access.js';
import { OrganizationLetters } from '../organization-letters.js';
import { memberRows } from './member-rows.js';

type LeavingActor = Origin & { account: string };

interface Leaving {
  leaving: OpenMember;
  /** Who takes the seats over; nobody in an organization that ends with its only member. */
  heir: { id: string } | undefined;
  reason?: string | undefined;
}

@Injectable()
export class MembersService {
  constructor(
    private readonly database: DataSource,
    private readonly access: OrganizationAccess,
    private readonly letters: OrganizationLetters,
    private readonly events: EventLog,
  ) {}

  async end(actor: PersonActor, organization: string, member: string, { reason }: EndMember) {
    return this.database.transaction(async (tx) => {
      const locked = await this.access.lock(tx, actor, organization);
      const leaving = memberIn(locked, member);
      const { heir } = decideLeaving(locked.members, leaving, locked.acting);
      await this.leave(tx, actor, locked, { leaving, heir, reason });
      if (leaving.account !== actor.account) await this.letters.ended(tx, locked.legalName, leaving.account, reason);
      return this.shown(tx, locked, leaving.id);
    });
  }

  /**
   * Ends a membership for good. In the same transaction the leaver's tokens for the organization end and their seats pass on,
   * or end where nobody is left to take them; their links end at the gate, which looks for the membership.
   */
  async leave(tx: EntityManager, actor: LeavingActor, locked: LockedOrganization, { leaving, heir, reason }: Leaving): Promise<void> {
    const { id: organization, licensee } = locked;
    await tx.query('UPDATE membership SET valid_until = clock_timestamp(), ended_by = $2, end_reason = $3 WHERE id = $1', [
      leaving.id,
      actor.account,
      reason ?? null,
    ]);
    await tx.query('UPDATE access_token SET revoked_at = now() WHERE account_id = $1 AND licensee_id = $2 AND revoked_at IS NULL', [
      leaving.account,
      licensee,
    ]);
    await this.events.append(actor, { kind: 'membership-ended', subject: leaving.id, detail: { organization } }, tx);
    if (heir) await this.passSeats(tx, actor, locked, leaving, heir);
    else await this.endSeats(tx, actor, organization);
  }

  async changeRole(actor: PersonActor, organization: string, member: string, { role }: ChangeMemberRole) {
    return this.database.transaction(async (tx) => {
      const locked = await this.access.lock(tx, actor, organization);
      const changed = memberIn(locked, member);
      refuseUnfitRole(locked.members, changed, role, locked.acting);
      if (changed.role !== role) {
        await tx.query('UPDATE membership SET role = $2, role_since = clock_timestamp() WHERE id = $1', [changed.id, role]);
        await this.events.append(actor, { kind: 'membership-role-changed', subject: changed.id, detail: { organization, role } }, tx);
      }
      return this.shown(tx, locked, changed.id);
    });
  }

  private async passSeats(
    tx: EntityManager,
    actor: LeavingActor,
    { id: organization, members, legalName }: LockedOrganization,
    leaving: OpenMember,
    heir: { id: string },
  ): Promise<void> {
    const [seats] = await tx.query<[{ id: string; name: string }[], number]>(
      'UPDATE service_seat SET custodian_id = $2 WHERE custodian_id = $1 AND ended_at IS NULL RETURNING id, name',
      [leaving.id, heir.id],
    );
    for (const { id } of seats)
      await this.events.append(actor, { kind: 'seat-passed', subject: id, detail: { organization, from: leaving.id, to: heir.id } }, tx);
    const custodian = members.find(({ id }) => id === heir.id)!;
    const names = seats.map(({ name }) => name);
    if (names.length > 0 && custodian.account !== actor.account) await this.letters.seatsPassed(tx, legalName, custodian.account, names);
  }

  private async endSeats(tx: EntityManager, actor: LeavingActor, organization: string): Promise<void> {
    const [seats] = await tx.query<[{ id: string }[], number]>(
      'UPDATE service_seat SET ended_at = now() WHERE organization_id = $1 AND ended_at IS NULL RETURNING id',
      [organization],
    );
    for (const { id } of seats) await this.events.append(actor, { kind: 'seat-ended', subject: id, detail: { organization } }, tx);
  }

  private async shown(tx: EntityManager, { id: organization, acting }: LockedOrganization, member: string) {
    const [row] = await memberRows(tx, { organization, member, emails: acting.role === 'officer' });
    return row!;
  }
}

function memberIn({ members }: LockedOrganization, id: string): OpenMember {
  const member = members.find((one) => one.id === id);
  if (!member) throw new Refusal('not-found', 'The organization has no such open membership.');
  return member;
}
