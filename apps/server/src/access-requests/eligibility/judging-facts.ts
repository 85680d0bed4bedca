import type { JudgedLicensee } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { prepared } from '../../database/prepared.js';
import { TERMS, type TermsInForce } from '../../grants/terms-in-force.js';
import { LICENSE_VERSION, type LicenseVersionInForce } from '../../licenses/agreements.service.js';

/** What a submission or an approval is judged by, besides the answers. */
export interface JudgingFacts {
  /** Those in force, with the license that this request is judged by. */
  terms: TermsInForce;
  /** null while no version of the license is in force. */
  version: LicenseVersionInForce | null;
  licensee: JudgedLicensee;
  /** A grant of the licensee that stands or waits for acceptance, under the terms' license; a special one, where such is asked for. */
  standingGrant: string | null;
}

/** Nobody asks for what they hold: renewal is a request of its own kind. */
export const STANDING_GRANT = `g.ended_at IS NULL AND (CASE WHEN g.acceptance_id IS NULL THEN g.pending_until > now()
  ELSE EXISTS (SELECT FROM grant_period WHERE grant_id = g.id AND (valid_until IS NULL OR valid_until > now())) END)`;

/**
 * The license that request `q` is judged by, `standard` being that of the terms: whoever renews a grant under a special
 * license renews it under that one.
 */
export const judgingLicense = (standard: string): string => `CASE WHEN q.kind = 'renewal' THEN coalesce((
    SELECT CASE WHEN l.kind = 'special' THEN l.id END FROM access_grant g JOIN license l ON l.id = g.license_id
    WHERE g.licensee_id = q.licensee_id AND g.model_id = q.model_id AND g.acceptance_id IS NOT NULL ORDER BY g.created_at DESC LIMIT 1), ${standard})
  ELSE ${standard} END`;

const FACTS = `
  SELECT row_to_json(terms) AS terms, judging.license, row_to_json(version) AS version,
    json_build_object('kind', CASE WHEN k.account_id IS NULL THEN 'organization' ELSE 'individual' END, 'country', coalesce(o.country, p.country)) AS licensee,
    (SELECT g.id FROM access_grant g JOIN license gl ON gl.id = g.license_id WHERE g.licensee_id = q.licensee_id AND g.model_id = q.model_id
       AND CASE WHEN q.kind = 'special-license' THEN gl.kind = 'special' ELSE g.license_id = terms.license END AND ${STANDING_GRANT} LIMIT 1) AS "standingGrant"
  FROM access_request q JOIN licensee k ON k.id = q.licensee_id
  LEFT JOIN organization o ON o.id = k.organization_id LEFT JOIN person p ON p.account_id = k.account_id
  JOIN LATERAL (${TERMS} WHERE m.id = q.model_id ORDER BY t.n DESC LIMIT 1) terms ON true
  JOIN LATERAL (SELECT ${judgingLicense('terms.license')} AS license) judging ON true
  LEFT JOIN LATERAL (${LICENSE_VERSION} WHERE l.id = judging.license AND v.effective_from <= now() ORDER BY v.n DESC LIMIT 1) version ON true
  WHERE q.id = $1`;

/** In one statement: a bulk decision makes thousands, and each is a round trip. */
export async function judgingFacts(tx: EntityManager, request: string): Promise<JudgingFacts> {
  const [row] = await prepared<JudgingFacts & { license: string }>(tx, 'judging-facts', FACTS, [request]);
  const { license, ...facts } = row!;
  return { ...facts, terms: { ...facts.terms, license } };
}
