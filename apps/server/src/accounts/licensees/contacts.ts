import type { EntityManager } from 'typeorm';

export interface Contact {
  account: string;
  email: string;
}

/** Whom to write to for a licensee: the person, or the organization's officers. */
export async function contactsOf(tx: EntityManager, licensee: string): Promise<Contact[]> {
  return tx.query<Contact[]>(
    `SELECT p.account_id AS account, p.email FROM licensee k
     LEFT JOIN membership m ON m.organization_id = k.organization_id AND m.role = 'officer' AND m.valid_until IS NULL
     JOIN person p ON p.account_id = coalesce(k.account_id, m.account_id) WHERE k.id = $1 AND p.email IS NOT NULL`,
    [licensee],
  );
}
