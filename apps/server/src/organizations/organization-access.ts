import { Injectable } from '@nestjs/common';
import { Refusal, type Member, type MemberRole } from '@paddock/domain';
import type { DataSource, EntityManager } from 'typeorm';
import type { PersonActor } from '../http/actor.js';

export interface OpenMember extends Member {
  account: string;
}

/** An organization whose members, seats and invitations nobody else changes until the transaction ends. */
export interface LockedOrganization {
  id: string;
  legalName: string;
  licensee: string;
  members: OpenMember[];
  /** The actor's own membership. */
  acting: OpenMember;
}

const MEMBERS = `
  SELECT m.id, m.account_id AS account, m.role, extract(epoch FROM m.role_since)::float8 * 1000 AS "roleSince"
  FROM membership m JOIN account a ON a.id = m.account_id AND a.erased_at IS NULL WHERE m.organization_id = $1 AND m.valid_until IS NULL`;

/** Whose organization it is. To all who are no members it does not exist. */
@Injectable()
export class OrganizationAccess {
  async lock(tx: EntityManager, actor: Pick<PersonActor, 'account'>, id: string): Promise<LockedOrganization> {
    const [organization] = await tx.query<{ legalName: string; licensee: string }[]>(
      `SELECT o.legal_name AS "legalName", k.id AS licensee FROM organization o JOIN licensee k ON k.organization_id = o.id WHERE o.id = $1 FOR NO KEY UPDATE OF o`,
      [id],
    );
    // Read after the lock: what another command changed meanwhile is seen.
    const members = organization ? await tx.query<OpenMember[]>(MEMBERS, [id]) : [];
    const acting = members.find(({ account }) => account === actor.account);
    if (!organization || !acting) throw notTheirs();
    return { id, ...organization, members, acting };
  }

  /** The actor's role, for reading; a token that is bound to another licensee sees none. */
  async role(database: DataSource, actor: PersonActor, id: string): Promise<MemberRole> {
    const [row] = await database.query<{ role: MemberRole }[]>(
      `SELECT m.role FROM membership m JOIN licensee k ON k.organization_id = m.organization_id
       WHERE m.organization_id = $1 AND m.account_id = $2 AND m.valid_until IS NULL AND ($3::uuid IS NULL OR k.id = $3)`,
      [id, actor.account, actor.licensee],
    );
    if (!row) throw notTheirs();
    return row.role;
  }
}

function notTheirs(): Refusal {
  return new Refusal('not-found', 'You are in no such organization.');
}
