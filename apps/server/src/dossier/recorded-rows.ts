/** Rows in which `m` is a model that the reader may see: `$1` the licensee, `$2` whether they see all, `$3` publishers, `$4` models. */
export const SEEN = '($2 OR m.publisher_id = ANY ($3::uuid[]) OR m.id = ANY ($4::uuid[]))';

/** One file a row. */
export interface RecordedFiles {
  folder: string;
  rows: string;
  /** Column that names a sealed record → the name under which it is written, opened. */
  opens?: Readonly<Record<string, string>>;
}

/** What is recorded of a licensee, in the order in which it stands in the dossier. */
export const RECORDED_FILES: readonly RecordedFiles[] = [
  {
    folder: 'requests',
    rows: `SELECT r.id, r.kind, m.slug AS model, r.applicant_id AS applicant, r.state, r.round, r.appealed, r.appeal_until AS "appealUntil", r.previous_id AS previous,
        r.license_version_id AS "licenseVersion", r.answers_hash AS "answersHash", r.created_at AS "createdAt", r.submitted_at AS "submittedAt", r.answers_id, r.statement_id
      FROM access_request r JOIN model m ON m.id = r.model_id WHERE r.licensee_id = $1 AND ${SEEN} AND r.state <> 'draft' ORDER BY r.id`,
    opens: { answers_id: 'answers', statement_id: 'statement' },
  },
  {
    folder: 'decisions',
    rows: `SELECT d.id, d.request_id AS request, m.slug AS model, d.round, d.outcome, d.account_id AS reviewer, d.rule_version AS rule, d.reason,
        d.answers_hash AS "answersHash", d.license_version_id AS "licenseVersion", d.created_at AS at
      FROM decision d JOIN access_request r ON r.id = d.request_id JOIN model m ON m.id = r.model_id WHERE r.licensee_id = $1 AND ${SEEN} ORDER BY d.id`,
  },
  {
    folder: 'acceptances',
    rows: `SELECT a.id, a.outcome AS state, m.slug AS model, a.agreement_id AS agreement, a.license_version_id AS "licenseVersion", a.signer_id AS signer, a.joins_id AS joins,
        a.attestations, a.created_at AS at, a.presentation_id AS presentation, p.surface, p.screen, p.created_at AS "presentedAt", a.sealed_id,
        (SELECT json_agg(json_build_object('kind', o.kind, 'subject', o.subject, 'browserAt', o.browser_at, 'at', o.created_at) ORDER BY o.id)
         FROM presentation_observation o WHERE o.presentation_id = p.id) AS observations
      FROM acceptance a JOIN presentation p ON p.id = a.presentation_id JOIN model m ON m.id = a.model_id WHERE a.licensee_id = $1 AND ${SEEN} ORDER BY a.id`,
    opens: { sealed_id: 'personal' },
  },
  {
    folder: 'grants',
    rows: `SELECT g.id, m.slug AS model, l.slug AS license, g.origin, g.request_id AS request, g.acceptance_id AS acceptance, g.terms_id AS terms,
        g.created_at AS "createdAt", g.pending_until AS "pendingUntil", g.ended_at AS "endedAt", g.ended_by AS "endedBy", g.end_reason AS reason,
        (SELECT json_agg(json_build_object('from', p.valid_from, 'until', p.valid_until, 'decision', p.decision_id) ORDER BY p.id) FROM grant_period p WHERE p.grant_id = g.id) AS periods,
        (SELECT json_agg(json_build_object('from', s.suspended_at, 'by', s.suspended_by, 'reason', s.reason, 'until', s.lifted_at, 'liftedBy', s.lifted_by) ORDER BY s.id)
         FROM grant_suspension s WHERE s.grant_id = g.id) AS suspensions,
        (SELECT json_build_object('cause', d.cause, 'askedAt', d.asked_at, 'dueAt', d.due_at, 'statedAt', d.stated_at, 'by', d.stated_by) FROM deletion_statement d WHERE d.grant_id = g.id) AS deletion
      FROM access_grant g JOIN model m ON m.id = g.model_id JOIN license l ON l.id = g.license_id WHERE g.licensee_id = $1 AND ${SEEN} ORDER BY g.id`,
  },
];

/** One line a link, one a download or refusal, one a pull. */
export const DOWNLOADS = `
  SELECT 'link' AS kind, x.id AS link, x.grant_id AS "grant", x.holder_id AS holder, rel.name AS release, x.created_at AS at,
    jsonb_build_object('channel', x.channel, 'paths', x.paths, 'expiresAt', x.expires_at, 'revokedAt', x.revoked_at) AS detail, NULL AS code, x.id
  FROM link x JOIN access_grant g ON g.id = x.grant_id JOIN release rel ON rel.id = x.release_id JOIN model m ON m.id = g.model_id WHERE g.licensee_id = $1 AND ${SEEN}
  UNION ALL
  SELECT e.kind, x.id, x.grant_id, x.holder_id, rel.name, e.at, e.detail, e.code, e.id
  FROM event e JOIN link x ON x.id = e.subject_id JOIN access_grant g ON g.id = x.grant_id JOIN release rel ON rel.id = x.release_id JOIN model m ON m.id = g.model_id
  WHERE g.licensee_id = $1 AND ${SEEN} AND e.kind LIKE 'download-%'
  UNION ALL
  SELECT e.kind, NULL, g.id, e.holder_id, rel.name, e.at, e.detail, e.code, e.id
  FROM event e JOIN access_grant g ON g.id = e.subject_id JOIN model m ON m.id = g.model_id LEFT JOIN release rel ON rel.id::text = e.detail ->> 'release'
  WHERE g.licensee_id = $1 AND ${SEEN} AND e.kind LIKE 'pull-%' ORDER BY at, id`;

/** Agreements that were answered, and what they are made of. */
export const AGREEMENTS = `
  SELECT g.id, g.content, v.n AS "licenseVersion", l.slug AS license, v.body_sha256 AS body,
    (SELECT json_agg(json_build_object('policy', p.slug, 'title', p.title, 'snapshot', s.id, 'capturedAt', s.captured_at, 'text', ap.text_sha256, 'raw', s.raw_sha256,
       'pdf', s.pdf_sha256, 'warcSha256', c.warc_sha256) ORDER BY p.slug)
     FROM agreement_policy ap JOIN policy p ON p.id = ap.policy_id JOIN snapshot s ON s.id = ap.snapshot_id JOIN capture c ON c.id = s.capture_id WHERE ap.agreement_id = g.id) AS policies
  FROM agreement g JOIN license_version v ON v.id = g.license_version_id JOIN license l ON l.id = v.license_id
  WHERE g.id IN (SELECT a.agreement_id FROM acceptance a JOIN model m ON m.id = a.model_id WHERE a.licensee_id = $1 AND ${SEEN}) ORDER BY g.id`;

export const ACCEPTANCES = `SELECT a.id FROM acceptance a JOIN model m ON m.id = a.model_id WHERE a.licensee_id = $1 AND ${SEEN} ORDER BY a.id`;

/** The one whose entry is last, or has no index yet: where a checkpoint covers it, one covers all. */
export const NEWEST_ACCEPTANCE = `
  SELECT a.id FROM acceptance a JOIN model m ON m.id = a.model_id JOIN ledger_entry e ON e.subject_id = a.id LEFT JOIN entry_index i ON i.entry_id = e.id
  WHERE a.licensee_id = $1 AND ${SEEN} ORDER BY i.index DESC NULLS FIRST LIMIT 1`;
