import { REQUEST_KINDS, type RequestKind } from '@paddock/domain';
import type { EntityManager } from 'typeorm';

export interface ReviewedRequest {
  kind: RequestKind;
  modelId: string;
  applicantId: string;
  licenseeId: string;
}

/** Everybody who decides on such requests (the role $4) for the model $1, and neither for themselves ($2) nor for their organization ($3). */
const REVIEWERS = `
  SELECT DISTINCT r.account_id FROM role_assignment r JOIN account a ON a.id = r.account_id JOIN model m ON m.id = $1
  WHERE r.role IN ($4, 'admin') AND (r.scope = 'portal' OR r.publisher_id = m.publisher_id OR r.model_id = m.id)
    AND r.valid_from <= now() AND (r.valid_until IS NULL OR r.valid_until > now()) AND a.erased_at IS NULL
    AND r.account_id <> $2 AND NOT EXISTS (
      SELECT FROM licensee k LEFT JOIN membership s ON s.organization_id = k.organization_id AND s.valid_until IS NULL
      WHERE k.id = $3 AND r.account_id IN (k.account_id, s.account_id))`;

export async function reviewersOf(tx: EntityManager, { kind, modelId, applicantId, licenseeId }: ReviewedRequest): Promise<string[]> {
  const rows = await tx.query<{ account_id: string }[]>(REVIEWERS, [modelId, applicantId, licenseeId, REQUEST_KINDS[kind].decidedBy]);
  return rows.map(({ account_id }) => account_id);
}

export async function isReviewerOf(tx: EntityManager, account: string, request: ReviewedRequest): Promise<boolean> {
  return (await reviewersOf(tx, request)).includes(account);
}
