import { Injectable } from '@nestjs/common';
import { invitationState, type InvitationFacts, type MemberRole } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { Runtime } from '../../http/runtime.js';

export interface InvitationRow {
  id: string;
  organization: string;
  email: string | null;
  role: MemberRole;
  accepted: boolean;
  withdrawn: boolean;
  created_at: Date;
  expires_at: Date;
}

/** An invitation stands as long as its inviter is an officer. */
const INVITATIONS = `
  SELECT i.id, i.organization_id AS organization, i.email, i.role, i.accepted_at IS NOT NULL AS accepted, i.created_at, i.expires_at,
    i.withdrawn_at IS NOT NULL OR m.valid_until IS NOT NULL OR m.role <> 'officer' OR a.erased_at IS NOT NULL AS withdrawn
  FROM invitation i JOIN membership m ON m.id = i.invited_by JOIN account a ON a.id = m.account_id`;
const MOST_LISTED = 200;

/** Invitations as officers see them. */
@Injectable()
export class InvitationReading {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  async latest(organization: string) {
    const rows = await this.database.query<InvitationRow[]>(
      `${INVITATIONS} WHERE i.organization_id = $1 ORDER BY i.created_at DESC, i.id DESC LIMIT ${MOST_LISTED}`,
      [organization],
    );
    return rows.map((row) => this.shown(row));
  }

  async byId(tx: EntityManager, organization: string, id: string): Promise<InvitationRow | undefined> {
    const [row] = await tx.query<InvitationRow[]>(`${INVITATIONS} WHERE i.organization_id = $1 AND i.id = $2`, [organization, id]);
    return row;
  }

  async byToken(tx: EntityManager, tokenHash: Buffer): Promise<InvitationRow | undefined> {
    const [row] = await tx.query<InvitationRow[]>(`${INVITATIONS} WHERE i.token_hash = $1`, [tokenHash]);
    return row;
  }

  state(row: InvitationRow) {
    const facts: InvitationFacts = { accepted: row.accepted, withdrawn: row.withdrawn, expiresAt: row.expires_at.getTime() };
    return invitationState(facts, this.runtime.now().getTime());
  }

  shown(row: InvitationRow) {
    const { id, email, role, created_at: createdAt, expires_at: expiresAt } = row;
    return { id, email, role, state: this.state(row), createdAt, expiresAt };
  }
}
