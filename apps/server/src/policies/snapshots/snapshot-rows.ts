import { capturedDigits, reacceptanceOf, snapshotState } from '@paddock/domain';

export interface SnapshotRow {
  id: string;
  policy: string;
  capture_id: string;
  captured_at: Date;
  raw_sha256: string;
  text_sha256: string;
  extractor: string;
  pdf_sha256: string | null;
  warc_sha256: string | null;
  effective_from: Date | null;
  reaccept_from: Date | null;
  dismissed_at: Date | null;
  dismiss_reason: string | null;
  stamps: { authority: string; at: string }[];
}

/** A snapshot `s` of a policy `p`. The first text is the one that binds: a better extractor's stands beside it and changes no agreement. */
export const SNAPSHOT = `
  SELECT s.id, p.slug AS policy, s.capture_id, s.captured_at, s.raw_sha256, s.pdf_sha256, s.effective_from, s.reaccept_from, s.dismissed_at, s.dismiss_reason,
    t.sha256 AS text_sha256, t.extractor || ' ' || t.extractor_version AS extractor, (SELECT warc_sha256 FROM capture WHERE id = s.capture_id) AS warc_sha256,
    coalesce((SELECT json_agg(json_build_object('authority', authority, 'at', stamped_at) ORDER BY authority) FROM snapshot_timestamp WHERE snapshot_id = s.id), '[]'::json) AS stamps
  FROM snapshot s JOIN policy p ON p.id = s.policy_id
  JOIN LATERAL (SELECT * FROM snapshot_text WHERE snapshot_id = s.id ORDER BY created_at LIMIT 1) t ON true`;

/** The latest of the snapshots that were in force at a time; of two from the same moment, the one captured later. */
export const IN_FORCE_FIRST = 'ORDER BY s.effective_from DESC, s.captured_at DESC LIMIT 1';

export function mementoUrl(origin: string, policy: string, capturedAt: Date): string {
  return `${origin}/policies/${policy}/snapshots/${capturedDigits(capturedAt)}`;
}

/** As the API shows it. */
export function shownSnapshot(row: SnapshotRow, origin: string, now: Date) {
  const document = (sha256: string) => `${origin}/documents/${sha256}`;
  const memento = mementoUrl(origin, row.policy, row.captured_at);
  const { effective_from: effectiveFrom, reaccept_from: reacceptFrom, dismissed_at: dismissedAt } = row;
  return {
    id: row.id,
    capturedAt: row.captured_at,
    sha256: row.raw_sha256,
    state: snapshotState({ effectiveFrom, dismissedAt }, now),
    effectiveFrom,
    reacceptance: effectiveFrom && reacceptanceOf({ effectiveFrom, reacceptFrom }),
    reacceptFrom,
    dismissReason: row.dismiss_reason,
    url: document(row.raw_sha256),
    memento,
    text: document(row.text_sha256),
    textSha256: row.text_sha256,
    extractor: row.extractor,
    pdf: row.pdf_sha256 && document(row.pdf_sha256),
    warc: row.warc_sha256 && `${origin}/policies/${row.policy}/captures/${row.capture_id}/warc`,
    timestamps: row.stamps.map(({ authority, at }, index) => ({
      authority,
      at: new Date(at).toISOString(),
      token: `${memento}/timestamps/${index}`,
    })),
  };
}

export type ShownSnapshot = ReturnType<typeof shownSnapshot>;
