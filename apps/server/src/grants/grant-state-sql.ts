const SUSPENDED = 'EXISTS (SELECT FROM grant_suspension s WHERE s.grant_id = x.id AND s.lifted_at IS NULL)';
const STANDING = 'EXISTS (SELECT FROM grant_period p WHERE p.grant_id = x.id AND (p.valid_until IS NULL OR p.valid_until > now()))';
const PENDING = 'x.acceptance_id IS NULL AND x.licensee_id IS NOT NULL';

/** The state of grant `x`, as grantState() of the domain says, for rows that it could not be asked about one by one; a journey holds one against the other. */
export const GRANT_STATE = `CASE WHEN x.ended_by IS NOT NULL THEN 'revoked' WHEN ${PENDING} AND x.pending_until <= now() THEN 'expired'
  WHEN ${PENDING} THEN 'pending-acceptance' WHEN coalesce(x.ended_at <= now(), NOT ${STANDING}) THEN 'expired' WHEN ${SUSPENDED} THEN 'suspended' ELSE 'active' END`;
