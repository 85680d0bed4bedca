import type { EntityManager } from 'typeorm';

export interface ReviewedRequest {
  modelId: string;
  applicantId: string;
  licenseeId: string;
}

/** Everybody who reviews the model $1 and decides neither for themselves ($2) nor for their organization ($3). */
const REVIEWERS = `
  SELECT DISTINCT r.account_id FROM role_assignment r JOIN account a ON a.id = r.account_id JOIN model m ON m.id = $1
  WHERE r.role IN ('reviewer', 'admin') AND (r.scope = 'portal' OR r.publisher_id = m.publisher_id OR r.model_id = m.id)
    AND r.valid_from <= now() AND (r.valid_until IS NULL OR r.valid_until > now()) AND a.erased_at IS NULL
    AND r.account_id <> $2 AND NOT EXISTS (
      SELECT FROM licensee k LEFT JOIN membership s ON s.organization_id = k.organization_id AND s.valid_until IS NULL
      WHERE k.id = $3 AND r.account_id IN (k.account_id, s.account_id))`;

export async function reviewersOf(tx: EntityManager, { modelId, applicantId, licenseeId }: ReviewedRequest): Promise<string[]> {
  const rows = await tx.query<{ account_id: string }[]>(REVIEWERS, [modelId, applicantId, licenseeId]);
  return rows.map(({ account_id }) => account_id);
}

export async function isReviewerOf(tx: EntityManager, account: string, request: ReviewedRequest): Promise<boolean> {
  return (await reviewersOf(tx, request)).includes(account);
}
