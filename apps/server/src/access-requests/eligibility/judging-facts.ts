import type { EntityManager } from 'typeorm';
import { prepared } from '../../database/prepared.js';
import { TERMS, type TermsInForce } from '../../grants/terms-in-force.js';
import { LICENSE_VERSION, type LicenseVersionInForce } from '../../licenses/agreements.service.js';

/** What a submission or an approval is judged by, besides the answers. */
export interface JudgingFacts {
  terms: TermsInForce;
  /** null while no version of the license is in force. */
  version: LicenseVersionInForce | null;
  /** That the licensee declared. */
  country: string | null;
  /** A grant of the licensee under the terms' license that stands or waits for acceptance. */
  standingGrant: string | null;
}

/** Nobody asks for what they hold: renewal is a request of its own kind. */
export const STANDING_GRANT = `ended_at IS NULL AND (CASE WHEN acceptance_id IS NULL THEN pending_until > now()
  ELSE EXISTS (SELECT FROM grant_period WHERE grant_id = g.id AND (valid_until IS NULL OR valid_until > now())) END)`;

const FACTS = `
  SELECT row_to_json(terms) AS terms, row_to_json(version) AS version, coalesce(o.country, p.country) AS country,
    (SELECT g.id FROM access_grant g WHERE licensee_id = q.licensee_id AND model_id = q.model_id AND license_id = terms.license AND ${STANDING_GRANT} LIMIT 1) AS "standingGrant"
  FROM access_request q JOIN licensee k ON k.id = q.licensee_id
  LEFT JOIN organization o ON o.id = k.organization_id LEFT JOIN person p ON p.account_id = k.account_id
  JOIN LATERAL (${TERMS} WHERE m.id = q.model_id ORDER BY t.n DESC LIMIT 1) terms ON true
  LEFT JOIN LATERAL (${LICENSE_VERSION} WHERE l.id = terms.license AND v.effective_from <= now() ORDER BY v.n DESC LIMIT 1) version ON true
  WHERE q.id = $1`;

/** In one statement: a bulk decision makes thousands, and each is a round trip. */
export async function judgingFacts(tx: EntityManager, request: string): Promise<JudgingFacts> {
  const [facts] = await prepared<JudgingFacts>(tx, 'judging-facts', FACTS, [request]);
  return facts!;
}
