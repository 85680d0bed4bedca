import { Refusal } from '@paddock/domain';
import type { EntityManager } from 'typeorm';

/** The license that this one varies; nothing for a standard license. `license` is SQL for an id. */
export const variedBy = (license: string): string =>
  `(SELECT base.license_id FROM license varying JOIN license_version base ON base.id = varying.base_version_id WHERE varying.id = ${license})`;

/** The licensor's terms for this licensee instead of `license`, written and in force: what an approval gives access under. */
export async function specialLicenseFor(tx: EntityManager, licensee: string, license: string): Promise<string> {
  const [special] = await tx.query<{ id: string }[]>(
    `SELECT s.id FROM license s WHERE s.kind = 'special' AND s.licensee_id = $1 AND ${variedBy('s.id')} = $2
       AND EXISTS (SELECT FROM license_version v WHERE v.license_id = s.id AND v.effective_from <= now())
     ORDER BY s.created_at DESC LIMIT 1`,
    [licensee, license],
  );
  if (!special) throw new Refusal('special-license-missing', 'No special license of this licensee is in force.', { licensee });
  return special.id;
}

/**
 * Ends the grant under the standard license that a special one takes the place of, as the new grant begins. What staff
 * suspended is not lifted in this way.
 */
export async function replaceStandardGrant(tx: EntityManager, grant: string): Promise<string[]> {
  const standing = await tx.query<{ id: string; suspended: boolean }[]>(
    `SELECT g.id, EXISTS (SELECT FROM grant_suspension WHERE grant_id = g.id AND lifted_at IS NULL) AS suspended
     FROM access_grant new JOIN access_grant g ON g.licensee_id = new.licensee_id AND g.model_id = new.model_id AND g.license_id = ${variedBy('new.license_id')}
     WHERE new.id = $1 AND g.ended_at IS NULL`,
    [grant],
  );
  const suspended = standing.find((one) => one.suspended);
  if (suspended)
    throw new Refusal('grant-suspended', 'The grant that the special license would replace is suspended.', { grant: suspended.id });
  const ids = standing.map(({ id }) => id);
  if (ids.length === 0) return ids;
  await tx.query(
    `UPDATE access_grant SET ended_at = now(), end_reason = 'replaced by a special license', replaced_by = $2 WHERE id = ANY ($1::uuid[])`,
    [ids, grant],
  );
  return ids;
}
