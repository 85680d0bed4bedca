import type { DataSource, EntityManager } from 'typeorm';

export interface ErasureObstacle {
  code: 'last-officer' | 'last-administrator';
  detail: string;
  organization: string | null;
}

const LAST_OFFICER = `
  SELECT o.id, o.legal_name AS name FROM membership m JOIN organization o ON o.id = m.organization_id
  WHERE m.account_id = $1 AND m.valid_until IS NULL
    AND EXISTS (SELECT FROM membership x WHERE x.organization_id = o.id AND x.valid_until IS NULL AND x.account_id <> $1)
    AND NOT EXISTS (SELECT FROM membership x WHERE x.organization_id = o.id AND x.valid_until IS NULL AND x.account_id <> $1 AND x.role = 'officer')
  ORDER BY o.id`;

const LAST_ADMINISTRATOR = `
  SELECT count(*) FILTER (WHERE account_id = $1) > 0 AND count(*) FILTER (WHERE account_id <> $1) = 0 AS last FROM role_assignment
  WHERE role = 'admin' AND scope = 'portal' AND (valid_until IS NULL OR valid_until > now())`;

/** What others would be left without. The ending itself looks again, under its locks. */
export async function erasureObstacles(tx: EntityManager | DataSource, account: string): Promise<ErasureObstacle[]> {
  const organizations = await tx.query<{ id: string; name: string }[]>(LAST_OFFICER, [account]);
  const [administrators] = await tx.query<{ last: boolean }[]>(LAST_ADMINISTRATOR, [account]);
  const officer = organizations.map(({ id, name }): ErasureObstacle => ({
    code: 'last-officer',
    detail: `${name} has other members and no other officer: make one of them an officer first.`,
    organization: id,
  }));
  if (!administrators!.last) return officer;
  return [...officer, { code: 'last-administrator', detail: 'Nobody else administers the portal.', organization: null }];
}
