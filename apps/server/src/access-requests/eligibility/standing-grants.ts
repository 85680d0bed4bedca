import { Refusal } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { STANDING_GRANT } from './judging-facts.js';

/** `license` is that of the terms; null where a special license is asked for: of those, one at a time. */
export async function refuseGranted(tx: EntityManager, licensee: string, model: string, license: string | null): Promise<void> {
  const [grant] = await tx.query<{ id: string }[]>(
    `SELECT g.id FROM access_grant g JOIN license l ON l.id = g.license_id
     WHERE g.licensee_id = $1 AND g.model_id = $2 AND CASE WHEN $3::uuid IS NULL THEN l.kind = 'special' ELSE l.id = $3 END AND ${STANDING_GRANT}`,
    [licensee, model, license],
  );
  refuseStandingGrant(grant?.id ?? null);
}

export function refuseStandingGrant(grant: string | null): void {
  if (grant) throw new Refusal('already-granted', 'A grant for this model stands already.', { grant });
}

interface RenewableGrant {
  id: string;
  request_id: string | null;
  revoked: boolean;
  suspended: boolean;
  unlimited: boolean;
}

/** The request that a renewal follows, or a refusal that says why there is nothing to renew. */
export async function renewedRequest(tx: EntityManager, licensee: string, model: string, previous?: string): Promise<string | null> {
  const [grant] = await tx.query<RenewableGrant[]>(
    `SELECT g.id, g.request_id, g.ended_by IS NOT NULL AS revoked,
       EXISTS (SELECT FROM grant_suspension WHERE grant_id = g.id AND lifted_at IS NULL) AS suspended,
       EXISTS (SELECT FROM grant_period WHERE grant_id = g.id AND valid_until IS NULL) AS unlimited
     FROM access_grant g WHERE g.licensee_id = $1 AND g.model_id = $2 AND g.acceptance_id IS NOT NULL ORDER BY g.created_at DESC LIMIT 1`,
    [licensee, model],
  );
  if (!grant) throw new Refusal('renewal-unfit', 'This licensee never held a grant for the model.');
  if (grant.revoked) throw new Refusal('renewal-unfit', 'The grant was revoked; ask for access anew.', { grant: grant.id });
  if (grant.suspended)
    throw new Refusal('grant-suspended', 'The grant is suspended; it can be renewed once it is resumed.', { grant: grant.id });
  if (grant.unlimited) throw new Refusal('renewal-unfit', 'The grant has no end.', { grant: grant.id });
  if (previous !== undefined && !(await isOf(tx, previous, licensee, model)))
    throw new Refusal('not-found', '`previous` is no approved request of this licensee for the model.');
  return previous ?? grant.request_id;
}

async function isOf(tx: EntityManager, request: string, licensee: string, model: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `SELECT 1 FROM access_request WHERE id = $1 AND licensee_id = $2 AND model_id = $3 AND state = 'approved'`,
    [request, licensee, model],
  );
  return rows.length > 0;
}
