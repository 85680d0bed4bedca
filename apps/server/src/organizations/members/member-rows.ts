import type { MemberRole } from '@paddock/domain';
import type { DataSource, EntityManager } from 'typeorm';

interface MemberRow {
  id: string;
  account: string;
  name: string | null;
  email: string | null;
  role: MemberRole;
  state: 'active' | 'ended';
  from: Date;
  until: Date | null;
}

interface Wanted {
  organization: string;
  /** One membership, ended or not; without it all that are open. */
  member?: string;
  /** E-mail addresses are for officers. */
  emails: boolean;
}

/** Memberships as the API shows them, in the order in which they began. */
export function memberRows(tx: EntityManager | DataSource, { organization, member, emails }: Wanted): Promise<MemberRow[]> {
  return tx.query<MemberRow[]>(
    `SELECT m.id, m.account_id AS account, p.name, CASE WHEN $3 THEN p.email END AS email, m.role, m.valid_from AS "from", m.valid_until AS until,
       CASE WHEN m.valid_until IS NULL THEN 'active' ELSE 'ended' END AS state
     FROM membership m LEFT JOIN person p ON p.account_id = m.account_id
     WHERE m.organization_id = $1 AND CASE WHEN $2::uuid IS NULL THEN m.valid_until IS NULL ELSE m.id = $2 END ORDER BY m.valid_from, m.id`,
    [organization, member ?? null, emails],
  );
}
