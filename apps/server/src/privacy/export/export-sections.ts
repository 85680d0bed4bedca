/** A part of the export: rows by one statement of which `$1` is the account, and which of their columns name sealed records. */
export interface ExportSection {
  name: string;
  rows: string;
  /** Column → the name under which what it names is written, opened. */
  opens?: Readonly<Record<string, string>>;
}

/** Everything that is held on one person, table by table. Hashes of secrets and secrets themselves are nobody's to read. */
export const EXPORT_SECTIONS: readonly ExportSection[] = [
  {
    name: 'account',
    rows: `SELECT a.id, a.created_at AS "createdAt", a.verified_at AS "verifiedAt", p.email, p.name, p.organization, p.country, a.password_hash IS NOT NULL AS password,
      k.id AS licensee, h.id AS holder FROM account a JOIN person p ON p.account_id = a.id LEFT JOIN licensee k ON k.account_id = a.id LEFT JOIN holder h ON h.account_id = a.id WHERE a.id = $1`,
  },
  {
    name: 'roles',
    rows: `SELECT role, scope, publisher_id AS publisher, model_id AS model, valid_from AS "from", valid_until AS until FROM role_assignment WHERE account_id = $1 ORDER BY valid_from, id`,
  },
  {
    name: 'memberships',
    rows: `SELECT m.id, o.legal_name AS organization, o.country, m.role, m.valid_from AS "from", m.valid_until AS until, m.end_reason AS reason
      FROM membership m JOIN organization o ON o.id = m.organization_id WHERE m.account_id = $1 ORDER BY m.valid_from, m.id`,
  },
  {
    name: 'seats',
    rows: `SELECT s.id, s.name, s.scopes, s.created_at AS "createdAt", s.expires_at AS "expiresAt", s.ended_at AS "endedAt"
      FROM service_seat s JOIN membership m ON m.id = s.custodian_id WHERE m.account_id = $1 ORDER BY s.id`,
  },
  {
    name: 'invitations',
    rows: `SELECT i.id, o.legal_name AS organization, i.role, i.created_at AS "createdAt", i.expires_at AS "expiresAt" FROM invitation i JOIN organization o ON o.id = i.organization_id
      JOIN person p ON lower(p.email) = lower(i.email) WHERE p.account_id = $1 ORDER BY i.id`,
  },
  {
    name: 'requests',
    rows: `SELECT r.id, r.kind, m.slug AS model, r.licensee_id AS licensee, r.state, r.round, r.created_at AS "createdAt", r.submitted_at AS "submittedAt", r.answers_id, r.statement_id
      FROM access_request r JOIN model m ON m.id = r.model_id WHERE r.applicant_id = $1 ORDER BY r.id`,
    opens: { answers_id: 'answers', statement_id: 'statement' },
  },
  {
    name: 'decisions',
    rows: `SELECT d.id, d.request_id AS request, d.round, d.outcome, d.reason, d.rule_version AS rule, d.created_at AS at FROM decision d
      JOIN access_request r ON r.id = d.request_id WHERE r.applicant_id = $1 ORDER BY d.created_at, d.id`,
  },
  {
    name: 'notes',
    rows: `SELECT n.id, n.request_id AS request, n.created_at AS at, n.sealed_id FROM review_note n JOIN access_request r ON r.id = n.request_id WHERE r.applicant_id = $1 ORDER BY n.created_at, n.id`,
    opens: { sealed_id: 'note' },
  },
  {
    name: 'presentations',
    rows: `SELECT p.id, m.slug AS model, p.agreement_id AS agreement, p.licensee_id AS licensee, p.surface, p.screen, p.state, p.created_at AS at, p.expires_at AS "expiresAt", p.answers_id
      FROM presentation p JOIN model m ON m.id = p.model_id WHERE p.account_id = $1 ORDER BY p.created_at, p.id`,
    opens: { answers_id: 'answers' },
  },
  {
    name: 'observations',
    rows: `SELECT o.id, o.presentation_id AS presentation, o.kind, o.subject, o.browser_at AS "browserAt", o.created_at AS at
      FROM presentation_observation o JOIN presentation p ON p.id = o.presentation_id WHERE p.account_id = $1 ORDER BY o.id`,
  },
  {
    name: 'acceptances',
    rows: `SELECT a.id, a.presentation_id AS presentation, m.slug AS model, a.agreement_id AS agreement, a.licensee_id AS licensee, a.outcome AS state, a.attestations, a.created_at AS at, a.sealed_id
      FROM acceptance a JOIN model m ON m.id = a.model_id WHERE a.signer_id = $1 ORDER BY a.created_at, a.id`,
    opens: { sealed_id: 'personal' },
  },
  {
    name: 'grants',
    rows: `SELECT g.id, m.slug AS model, l.slug AS license, g.origin, g.created_at AS "createdAt", g.ended_at AS "endedAt", g.end_reason AS reason,
        (SELECT json_agg(json_build_object('from', p.valid_from, 'until', p.valid_until) ORDER BY p.valid_from, p.id) FROM grant_period p WHERE p.grant_id = g.id) AS periods,
        (SELECT json_agg(json_build_object('from', s.suspended_at, 'until', s.lifted_at, 'reason', s.reason) ORDER BY s.suspended_at, s.id) FROM grant_suspension s WHERE s.grant_id = g.id) AS suspensions
      FROM access_grant g JOIN licensee k ON k.id = g.licensee_id JOIN model m ON m.id = g.model_id JOIN license l ON l.id = g.license_id WHERE k.account_id = $1 ORDER BY g.id`,
  },
  {
    name: 'deletionStatements',
    rows: `SELECT d.grant_id AS "grant", d.cause, d.asked_at AS "askedAt", d.stated_at AS "statedAt", d.sealed_id FROM deletion_statement d
      LEFT JOIN access_grant g ON g.id = d.grant_id LEFT JOIN licensee k ON k.id = g.licensee_id WHERE d.stated_by = $1 OR k.account_id = $1 ORDER BY d.asked_at, d.grant_id`,
    opens: { sealed_id: 'statement' },
  },
  {
    name: 'links',
    rows: `SELECT x.id, x.grant_id AS "grant", r.name AS release, x.channel, x.paths, x.created_at AS "createdAt", x.expires_at AS "expiresAt", x.revoked_at AS "revokedAt"
      FROM link x JOIN holder h ON h.id = x.holder_id JOIN release r ON r.id = x.release_id WHERE h.account_id = $1 ORDER BY x.created_at, x.id`,
  },
  {
    name: 'passkeysOfTorrents',
    rows: `SELECT x.id, x.grant_id AS "grant", r.name AS release, x.created_at AS "createdAt", x.valid_until AS until
      FROM passkey x JOIN holder h ON h.id = x.holder_id JOIN release r ON r.id = x.release_id WHERE h.account_id = $1 ORDER BY x.created_at, x.id`,
  },
  {
    name: 'tokens',
    rows: `SELECT id, name, scopes, licensee_id AS licensee, created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt" FROM access_token WHERE account_id = $1 ORDER BY created_at, id`,
  },
  {
    name: 'sessions',
    rows: `SELECT id, state, second_factor AS "secondFactor", created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt", origin FROM session WHERE account_id = $1 ORDER BY created_at, id`,
  },
  {
    name: 'identities',
    rows: `SELECT provider, issuer, subject, kind, created_at AS "createdAt", last_used_at AS "lastUsedAt" FROM identity WHERE account_id = $1 ORDER BY created_at, id`,
  },
  {
    name: 'secondFactors',
    rows: `SELECT 'totp' AS kind, NULL AS name, created_at AS "createdAt", last_used_at AS "lastUsedAt" FROM totp WHERE account_id = $1
      UNION ALL SELECT 'passkey', name, created_at, last_used_at FROM webauthn_credential WHERE account_id = $1 ORDER BY 3`,
  },
  {
    name: 'prerequisites',
    rows: `SELECT kind, obtained_at AS "obtainedAt", valid_until AS until, model_id AS model, detail FROM prerequisite_evidence WHERE account_id = $1 ORDER BY obtained_at, id`,
  },
  {
    name: 'quizAttempts',
    rows: `SELECT q.model_id AS model, v.n AS quiz, q.passed, q.created_at AS at FROM quiz_attempt q JOIN quiz_version v ON v.id = q.quiz_version_id WHERE q.account_id = $1 ORDER BY q.created_at, q.id`,
  },
  {
    name: 'referees',
    rows: `SELECT r.id, m.slug AS model, r.created_at AS "createdAt", r.answered_at AS "answeredAt", r.confirmed, r.sealed_id FROM referee r JOIN model m ON m.id = r.model_id WHERE r.account_id = $1 ORDER BY r.created_at, r.id`,
    opens: { sealed_id: 'referee' },
  },
  {
    name: 'mailPreference',
    rows: `SELECT review_digest AS "reviewDigest" FROM mail_preference WHERE account_id = $1`,
  },
  {
    name: 'savedViews',
    rows: `SELECT id, name, kind, filters, shared, created_at AS "createdAt" FROM saved_view WHERE account_id = $1 ORDER BY created_at, id`,
  },
  {
    name: 'roleInvitations',
    rows: `SELECT i.id, i.role, i.scope, i.created_at AS "createdAt", i.valid_until AS until FROM role_invitation i
      JOIN person p ON lower(p.email) = lower(i.email) WHERE p.account_id = $1 ORDER BY i.id`,
  },
  {
    name: 'letters',
    rows: `SELECT id, recipient, subject, CASE WHEN body ~ '#token=' THEN regexp_replace(body, '#token=\\S+', '#token=…', 'g') ELSE body END AS body, state, created_at AS at, sent_at AS "sentAt"
      FROM mail WHERE (account_id = $1 OR recipient = (SELECT email FROM person WHERE account_id = $1)) AND erased_at IS NULL ORDER BY created_at, id`,
  },
  {
    name: 'blocks',
    rows: `SELECT b.kind, b.reason, b.created_at AS "from", b.valid_until AS until, b.lifted_at AS "liftedAt" FROM block b WHERE b.account_id = $1 ORDER BY b.created_at, b.id`,
  },
  {
    name: 'events',
    rows: `SELECT e.kind, e.at, e.subject_id AS subject, e.model_id AS model, e.code, e.detail FROM event e
      WHERE e.actor_id = $1 OR e.subject_id = $1 OR e.holder_id = (SELECT id FROM holder WHERE account_id = $1) ORDER BY e.at, e.id`,
  },
];
