import type { Actor } from '../http/actor.js';

/** Who asks for a license: their account, and the publishers and models that they are staff of. The parameters of VISIBLE. */
export function seenBy({
  account,
  roles,
  via,
  scopes,
}: Actor): [account: string | null, portal: boolean, publishers: string[], models: string[]] {
  const held = via === 'token' && !scopes.includes('publish') ? [] : roles;
  return [
    account,
    held.some(({ scope }) => scope === 'portal'),
    held.flatMap(({ publisher }) => publisher ?? []),
    held.flatMap(({ model }) => model ?? []),
  ];
}

/** SQL about license `l`: a special license is there for its licensee and for staff alone. $1 to $4 are seenBy(). */
export const VISIBLE = `(l.kind = 'standard' OR $2 OR l.publisher_id = ANY ($3::uuid[])
  OR EXISTS (SELECT FROM access_grant g WHERE g.license_id = l.id AND g.model_id = ANY ($4::uuid[]))
  OR EXISTS (SELECT FROM licensee k LEFT JOIN membership m ON m.organization_id = k.organization_id AND m.valid_until IS NULL
    WHERE k.id = l.licensee_id AND $1::uuid IN (k.account_id, m.account_id)))`;
