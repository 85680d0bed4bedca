import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Origin } from '../../ledger/event-log.js';
import { keepDocument } from '../documents.js';
import type { Verdict } from './capture-judging.js';
import type { CapturedPage } from './page-capture.js';

/** A look at a source as a row: what came, over which way, and what it was taken for. */
export async function insertCapture(
  tx: EntityManager,
  origin: Origin,
  policy: string,
  captured: CapturedPage,
  verdict: Verdict,
): Promise<string> {
  const id = uuidv7();
  const raw = captured.page && (await keepDocument(tx, captured.page.mediaType, captured.page.bytes));
  await tx.query(
    `INSERT INTO capture (id, policy_id, captured_at, outcome, detail, raw_sha256, warc_sha256, seen_id, requested_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      policy,
      captured.at,
      verdict.outcome,
      detailOf(captured, verdict),
      raw ?? null,
      captured.warcSha256,
      verdict.outcome === 'seen' ? verdict.snapshot : null,
      origin.account,
    ],
  );
  return id;
}

function detailOf({ answer, exchanges, page }: CapturedPage, verdict: Verdict): Record<string, unknown> {
  return {
    ...(verdict.outcome === 'failed' && { reason: verdict.reason, detail: verdict.detail }),
    ...(verdict.outcome === 'changed' && verdict.despite && { despite: verdict.despite }),
    ...(answer && {
      status: answer.status,
      finalUrl: answer.url,
      address: answer.address,
      headers: answer.rawHeaders,
      tls: answer.tls,
      redirects: exchanges.slice(0, -1).map(({ url, status }) => ({ url, status })),
    }),
    ...(page && { mediaType: page.mediaType, extractor: `${page.text.extractor} ${page.text.extractorVersion}` }),
  };
}

export interface CaptureRow {
  id: string;
  captured_at: Date;
  outcome: 'changed' | 'seen' | 'failed' | 'published';
  detail: { reason?: string } & Record<string, unknown>;
  snapshot_id: string | null;
  raw_sha256: string | null;
  warc_sha256: string | null;
}

export const CAPTURE = `
  SELECT c.id, c.captured_at, c.outcome, c.detail, coalesce(c.seen_id, s.id) AS snapshot_id, coalesce(c.raw_sha256, s.raw_sha256) AS raw_sha256, c.warc_sha256
  FROM capture c JOIN policy p ON p.id = c.policy_id LEFT JOIN snapshot s ON s.capture_id = c.id`;

export function shownCapture({ id, captured_at, outcome, detail, snapshot_id, raw_sha256, warc_sha256 }: CaptureRow, policyUrl: string) {
  const { reason = null, ...rest } = detail;
  return {
    id,
    capturedAt: captured_at,
    outcome,
    reason,
    detail: rest,
    snapshot: snapshot_id,
    sha256: raw_sha256,
    warc: warc_sha256 && `${policyUrl}/captures/${id}/warc`,
  };
}
