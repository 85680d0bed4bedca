import { randomUUID } from 'node:crypto';
import type { TestDatabase } from './database.js';

/** An id that a test can recognise: `id(7)` is …0007. */
export const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const SHA = 'a'.repeat(64);

/** One row of every kind that the rules of the database speak of, as plain SQL: what the server would never write is tried on them. */
export async function seedRows({ query }: Pick<TestDatabase, 'query'>): Promise<void> {
  await query(`
    INSERT INTO account (id) VALUES ('${id(1)}'), ('${id(2)}');
    INSERT INTO licensee (id, account_id) VALUES ('${id(3)}', '${id(1)}');
    INSERT INTO organization (id, legal_name, country) VALUES ('${id(4)}', 'Lab', 'GB');
    INSERT INTO publisher (id, slug, legal_name) VALUES ('${id(5)}', 'lab', 'Lab');
    INSERT INTO sealed_record (id, account_id, kind, nonce, ciphertext) VALUES ('${id(6)}', '${id(1)}', 'acceptance', '', '');

    INSERT INTO document (sha256, media_type, bytes) VALUES ('${SHA}', 'text/plain', 'text');
    INSERT INTO policy (id, publisher_id, slug, title) VALUES ('${id(10)}', '${id(5)}', 'policy', 'Policy');
    INSERT INTO capture (id, policy_id, captured_at, outcome) VALUES ('${id(11)}', '${id(10)}', now(), 'changed');
    INSERT INTO snapshot (id, policy_id, capture_id, captured_at, raw_sha256) VALUES ('${id(12)}', '${id(10)}', '${id(11)}', now(), '${SHA}');
    INSERT INTO snapshot_text (snapshot_id, extractor, extractor_version, sha256) VALUES ('${id(12)}', 'as-written', '1', '${SHA}');
    INSERT INTO snapshot_timestamp (snapshot_id, authority, token, stamped_at) VALUES ('${id(12)}', 'https://stamps.example.org', '\\x00', now());
    INSERT INTO license (id, publisher_id, slug, title, kind) VALUES ('${id(13)}', '${id(5)}', 'license', 'License', 'standard');
    INSERT INTO license_version (id, license_id, n, body_sha256, assent, coverage, channels, effective_from, reacceptance)
      VALUES ('${id(14)}', '${id(13)}', 1, '${SHA}', 'required', 'organization', '{link}', now(), 'inform');
    INSERT INTO clause (license_version_id, n, kind, byte_start, byte_end) VALUES ('${id(14)}', 1, 'attribution', 0, 1);
    INSERT INTO license_version_policy (license_version_id, policy_id) VALUES ('${id(14)}', '${id(10)}');
    INSERT INTO agreement (id, license_version_id, content) VALUES ('${SHA}', '${id(14)}', '{}');
    INSERT INTO agreement_policy (agreement_id, policy_id, snapshot_id, text_sha256) VALUES ('${SHA}', '${id(10)}', '${id(12)}', '${SHA}');

    INSERT INTO model (id, publisher_id, slug, title) VALUES ('${id(20)}', '${id(5)}', 'model', 'Model');
    INSERT INTO form_version (id, model_id, n, fields) VALUES ('${id(21)}', '${id(20)}', 1, '[]');
    INSERT INTO access_terms (id, model_id, n, admission, license_id, approvals) VALUES ('${id(22)}', '${id(20)}', 1, 'application', '${id(13)}', 1);
    INSERT INTO release (id, model_id, name) VALUES ('${id(23)}', '${id(20)}', 'release');
    INSERT INTO artifact (id, release_id, path, size, sha256, media_type, access, storage_key) VALUES ('${id(24)}', '${id(23)}', 'file', 1, '${SHA}', 'text/plain', 'gated', 'key');
    INSERT INTO artifact_pieces (artifact_id, piece_length, sha1, layer) VALUES ('${id(24)}', 262144, '', '');
    INSERT INTO torrent (release_id, name, piece_length, info, piece_layers, info_hash_v1, info_hash_v2, info_hash_aria2)
      VALUES ('${id(23)}', 'model-release', 262144, '', '', decode(repeat('00', 20), 'hex'), sha256(''), decode(repeat('00', 20), 'hex'));
    INSERT INTO runtime (id, publisher_id, name, access) VALUES ('${id(25)}', '${id(5)}', 'runtime', 'public');
    INSERT INTO runtime_manifest (runtime_id, digest, media_type, body) VALUES ('${id(25)}', 'sha256:${SHA}', 'application/vnd.oci.image.index.v1+json', '{}');
    INSERT INTO release_layout (release_id, layout, digest, media_type, body, config_digest, config)
      VALUES ('${id(23)}', 'modelpack', 'sha256:${SHA}', 'application/vnd.oci.image.manifest.v1+json', '{}', 'sha256:${SHA}', '{}');
    INSERT INTO verification (id, release_id, runtime_id, digest, engine, load_ms, tokens_per_second, output_sha256, verified_at)
      VALUES ('${id(26)}', '${id(23)}', '${id(25)}', 'sha256:${SHA}', 'engine', 1, 1, '${SHA}', now());

    INSERT INTO access_request (id, kind, applicant_id, licensee_id, model_id, terms_id, answers_hash, license_version_id, state)
      VALUES ('${id(30)}', 'access', '${id(1)}', '${id(3)}', '${id(20)}', '${id(22)}', 'hash', '${id(14)}', 'approved');
    INSERT INTO decision (id, request_id, round, outcome, account_id, answers_hash, license_version_id) VALUES ('${id(31)}', '${id(30)}', 1, 'approve', '${id(2)}', 'hash', '${id(14)}');
    INSERT INTO review_note (id, request_id, account_id, sealed_id) VALUES ('${id(37)}', '${id(30)}', '${id(2)}', '${id(6)}');
    INSERT INTO rule_version (id, model_id, n, rules, created_by) VALUES ('${id(50)}', '${id(20)}', 1, '[]', '${id(2)}');
    INSERT INTO rule_dry_run (id, rule_version_id, account_id, outcome) VALUES ('${id(51)}', '${id(50)}', '${id(2)}', '{}');
    INSERT INTO rule_switch (id, model_id, rule_version_id, account_id) VALUES ('${id(52)}', '${id(20)}', '${id(50)}', '${id(2)}');
    INSERT INTO quiz_version (id, model_id, n, questions, answer_key, pass, created_by) VALUES ('${id(53)}', '${id(20)}', 1, '[]', '{}', 1, '${id(2)}');
    INSERT INTO quiz_attempt (id, quiz_version_id, model_id, account_id, passed) VALUES ('${id(54)}', '${id(53)}', '${id(20)}', '${id(1)}', true);
    INSERT INTO presentation (id, agreement_id, account_id, licensee_id, model_id, terms_id, surface, screen, expires_at)
      VALUES ('${id(32)}', '${SHA}', '${id(1)}', '${id(3)}', '${id(20)}', '${id(22)}', 'api', '{}', now());
    INSERT INTO presentation_observation (id, presentation_id, kind, subject, reported_by, browser_at, created_at)
      SELECT id, id, 'opened', '${SHA}', 'browser', now(), now() FROM presentation LIMIT 1;
    INSERT INTO acceptance (id, presentation_id, agreement_id, signer_id, licensee_id, model_id, license_version_id, outcome, attestations, sealed_id)
      VALUES ('${id(33)}', '${id(32)}', '${SHA}', '${id(1)}', '${id(3)}', '${id(20)}', '${id(14)}', 'accepted', '{}', '${id(6)}');
    INSERT INTO access_grant (id, licensee_id, is_public, model_id, license_id, origin, acceptance_id) VALUES ('${id(34)}', '${id(3)}', false, '${id(20)}', '${id(13)}', 'approval', '${id(33)}');
    INSERT INTO grant_period (id, grant_id, valid_from) VALUES ('${id(35)}', '${id(34)}', now());
    INSERT INTO prerequisite_evidence (id, account_id, kind, obtained_at) VALUES ('${id(36)}', '${id(1)}', 'course', now());

    INSERT INTO ledger_entry (id, kind, subject_id, entry) VALUES ('${id(40)}', 'acceptance', '${id(33)}', 'entry');
    INSERT INTO entry_index (entry_id, index) VALUES ('${id(40)}', 0);
    INSERT INTO checkpoint (size, root, note) VALUES (1, sha256(''), 'note');
    INSERT INTO cosignature (size, vkey, line) VALUES (1, 'witness', 'line');
    INSERT INTO event (id, kind, request_id) VALUES ('${id(41)}', 'test', 'request');
  `);
}

/** A row like the one with this id, under a new id and with these columns (SQL literals) changed. */
export function copyOf(table: string, original: string, changes: Record<string, string> = {}): string {
  const values = Object.entries({ id: `'${randomUUID()}'`, ...changes }).map(([column, value]) => `'${column}', ${value}`);
  return `INSERT INTO ${table} SELECT (jsonb_populate_record(t, jsonb_build_object(${values.join(', ')}))).* FROM ${table} t WHERE t.id = '${original}'`;
}
