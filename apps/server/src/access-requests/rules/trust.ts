import { isAcademicDomain, type RuleFacts } from '@paddock/domain';
import type { TrustHints } from '@paddock/contracts';
import type { EntityManager } from 'typeorm';

interface TrustRow {
  id: string;
  domain: string | null;
  domain_verified: boolean;
  orcid: boolean;
  earlier: number;
  revoked: number;
  outstanding: number;
  organization_requests: number;
  domain_requests: number;
}

/**
 * Verified facts alone. The domain is that of a confirmed address; the ORCID iD one that was proved by signing in there. A domain is
 * an institution's where an administrator confirmed it: anybody can found an organization around a mailbox of their own.
 */
const TRUST = `
  SELECT q.id, verified.domain, own.organization_id IS NOT NULL AS domain_verified,
    EXISTS (SELECT FROM prerequisite_evidence e WHERE e.account_id = q.applicant_id AND e.kind = 'orcid' AND (e.valid_until IS NULL OR e.valid_until > now())) AS orcid,
    (SELECT count(*)::int FROM access_grant g WHERE g.licensee_id = q.licensee_id AND g.request_id IS DISTINCT FROM q.id AND g.acceptance_id IS NOT NULL AND g.ended_by IS NULL) AS earlier,
    (SELECT count(*)::int FROM access_grant g WHERE g.licensee_id = q.licensee_id AND g.ended_by IS NOT NULL) AS revoked,
    (SELECT count(*)::int FROM deletion_statement d JOIN access_grant g ON g.id = d.grant_id WHERE g.licensee_id = q.licensee_id AND d.stated_at IS NULL) AS outstanding,
    CASE WHEN k.organization_id IS NULL THEN 0 ELSE (SELECT count(*)::int FROM access_request o WHERE o.licensee_id = q.licensee_id AND o.id <> q.id AND o.state <> 'draft') END AS organization_requests,
    CASE WHEN verified.domain IS NULL THEN 0 ELSE (
      SELECT count(*)::int FROM person op JOIN account oa ON oa.id = op.account_id AND oa.verified_at IS NOT NULL
      JOIN access_request o ON o.applicant_id = op.account_id AND o.id <> q.id AND o.state <> 'draft'
      WHERE lower(split_part(op.email, '@', 2)) = verified.domain) END AS domain_requests
  FROM access_request q JOIN licensee k ON k.id = q.licensee_id JOIN account a ON a.id = q.applicant_id JOIN person p ON p.account_id = a.id
  CROSS JOIN LATERAL (SELECT CASE WHEN a.verified_at IS NOT NULL THEN lower(split_part(p.email, '@', 2)) END AS domain) verified
  LEFT JOIN LATERAL (SELECT organization_id FROM organization_domain d WHERE d.domain = verified.domain AND d.method = 'administrator' LIMIT 1) own ON true
  WHERE q.id = ANY ($1::uuid[])`;

/** What is known of each applicant, by request. */
export async function trustOf(tx: EntityManager, requests: readonly string[]): Promise<Map<string, TrustHints>> {
  const rows = await tx.query<TrustRow[]>(TRUST, [requests]);
  return new Map(rows.map((row) => [row.id, hintsOf(row)]));
}

function hintsOf(row: TrustRow): TrustHints & RuleFacts['trust'] {
  const institutional = row.domain !== null && (row.domain_verified || isAcademicDomain(row.domain));
  return {
    mailDomain: row.domain,
    institutionalMail: institutional,
    orcid: row.orcid,
    earlierGrants: row.earlier,
    revokedGrants: row.revoked,
    outstandingDeletions: row.outstanding,
    // A public mail provider's domain is nobody's organization.
    organizationRequests: Math.max(row.organization_requests, institutional ? row.domain_requests : 0),
  };
}
