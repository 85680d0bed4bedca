import { Client } from 'pg';

/** How much of each there is; every grant has a link, and every fourth belongs to an organization. */
export const amounts = { models: 20, releases: 4, artifacts: 16, grants: 2000, licenses: 5, versions: 3, snapshots: 3 };

/** Fills a migrated database with licensees, licenses in several versions, grants, periods, suspensions and links. */
export async function seedLicensedRows(
  ownerUrl: string,
): Promise<{ links: string[]; accounts: string[]; grants: string[]; releases: string[] }> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(catalog);
    await client.query(people);
    await client.query(bindings);
    // As autovacuum does, only at once.
    await client.query('ANALYZE');
    const { rows } = await client.query<Picked>(pick);
    return {
      links: rows.map(({ link }) => link),
      accounts: rows.map(({ account }) => account),
      grants: rows.map(({ grant }) => grant),
      releases: rows.map(({ release }) => release),
    };
  } finally {
    await client.end();
  }
}

interface Picked {
  link: string;
  account: string;
  grant: string;
  release: string;
}

const hash = (text: string) => `encode(sha256((${text})::bytea), 'hex')`;

const catalog = `
  INSERT INTO document (sha256, media_type, bytes) VALUES (${hash("'text'")}, 'text/plain', 'text');
  INSERT INTO publisher (id, slug, legal_name) VALUES (gen_random_uuid(), 'lab', 'Lab');
  INSERT INTO policy (id, publisher_id, slug, title) SELECT gen_random_uuid(), p.id, 'policy-' || n, 'Policy' FROM publisher p, generate_series(1, ${amounts.licenses}) n;
  INSERT INTO capture (id, policy_id, captured_at, outcome) SELECT gen_random_uuid(), id, now() - interval '1 year', 'published' FROM policy;
  INSERT INTO snapshot (id, policy_id, capture_id, captured_at, raw_sha256, effective_from)
    SELECT gen_random_uuid(), c.policy_id, c.id, c.captured_at + n * interval '1 second', d.sha256, c.captured_at + n * interval '30 days' FROM capture c, document d, generate_series(1, ${amounts.snapshots}) n;
  INSERT INTO license (id, publisher_id, slug, title, kind) SELECT gen_random_uuid(), p.id, 'license-' || n, 'License', 'standard' FROM publisher p, generate_series(1, ${amounts.licenses}) n;
  INSERT INTO license_version (id, license_id, n, body_sha256, assent, coverage, channels, effective_from, reacceptance)
    SELECT gen_random_uuid(), l.id, n, d.sha256, 'required', 'organization', '{link,oci,hub}', now() - interval '1 year' + n * interval '30 days', 'inform'
    FROM license l, document d, generate_series(1, ${amounts.versions}) n;
  INSERT INTO agreement (id, license_version_id, content) SELECT ${hash('v.id::text')}, v.id, '' FROM license_version v;
  INSERT INTO agreement_policy (agreement_id, policy_id, snapshot_id, text_sha256)
    SELECT a.id, s.policy_id, s.id, d.sha256 FROM agreement a JOIN license_version v ON v.id = a.license_version_id JOIN license l ON l.id = v.license_id
      JOIN policy p ON right(p.slug, 1) = right(l.slug, 1) JOIN LATERAL (SELECT * FROM snapshot WHERE policy_id = p.id ORDER BY effective_from LIMIT 1) s ON true, document d;
  INSERT INTO model (id, publisher_id, slug, title) SELECT gen_random_uuid(), p.id, 'model-' || n, 'Model' FROM publisher p, generate_series(1, ${amounts.models}) n;
  INSERT INTO access_terms (id, model_id, n, admission, license_id, approvals)
    SELECT gen_random_uuid(), m.id, 1, 'assent', (SELECT id FROM license WHERE slug = 'license-' || (1 + right(m.slug, 1)::int % ${amounts.licenses})), 1 FROM model m;
  INSERT INTO release (id, model_id, name) SELECT gen_random_uuid(), m.id, 'r' || n FROM model m, generate_series(1, ${amounts.releases}) n;
  INSERT INTO artifact (id, release_id, path, size, sha256, media_type, access, storage_key)
    SELECT gen_random_uuid(), r.id, 'model-' || n || '.safetensors', 1000, ${hash("'x'")}, 'application/octet-stream', 'gated', 'artifacts/' || n FROM release r, generate_series(1, ${amounts.artifacts}) n;
  UPDATE release SET state = 'published', published_at = now();`;

const people = `
  INSERT INTO account (id) SELECT gen_random_uuid() FROM generate_series(1, ${amounts.grants});
  INSERT INTO holder (id, account_id) SELECT gen_random_uuid(), id FROM account;
  CREATE TEMP TABLE numbered AS SELECT id, row_number() OVER () AS n FROM account;
  INSERT INTO organization (id, legal_name, country) SELECT id, 'Organization', 'GB' FROM numbered WHERE n % 4 = 0;
  INSERT INTO membership (id, organization_id, account_id, role, valid_from) SELECT gen_random_uuid(), o.id, o.id, 'officer', now() - interval '1 year' FROM organization o;
  INSERT INTO membership (id, organization_id, account_id, role, valid_from) SELECT gen_random_uuid(), o.id, a.id, 'member', now() - interval '1 year'
    FROM numbered a JOIN numbered o ON o.n = a.n - a.n % 4 AND a.n % 4 <> 0;
  INSERT INTO licensee (id, account_id, organization_id) SELECT gen_random_uuid(), CASE WHEN n % 4 <> 0 THEN id END, CASE WHEN n % 4 = 0 THEN id END FROM numbered;`;

const bindings = `
  CREATE TEMP TABLE bound AS SELECT k.id AS licensee, coalesce(k.account_id, k.organization_id) AS account, m.id AS model, t.id AS terms, t.license_id AS license,
    v.id AS version, a.id AS agreement, gen_random_uuid() AS presentation, gen_random_uuid() AS acceptance, gen_random_uuid() AS sealed, gen_random_uuid() AS granted, row_number() OVER () AS n
    FROM licensee k JOIN numbered ON numbered.id = coalesce(k.account_id, k.organization_id) JOIN model m ON m.slug = 'model-' || (1 + numbered.n % ${amounts.models})
      JOIN access_terms t ON t.model_id = m.id JOIN license_version v ON v.license_id = t.license_id AND v.n = 1 + numbered.n % ${amounts.versions} JOIN agreement a ON a.license_version_id = v.id;
  INSERT INTO presentation (id, agreement_id, account_id, licensee_id, model_id, terms_id, surface, screen, state, expires_at) SELECT presentation, agreement, account, licensee, model, terms, 'api', '{}', 'accepted', now() FROM bound;
  INSERT INTO sealed_record (id, account_id, kind, nonce, ciphertext) SELECT sealed, account, 'acceptance', '', '' FROM bound;
  INSERT INTO acceptance (id, presentation_id, agreement_id, signer_id, licensee_id, model_id, license_version_id, outcome, attestations, assent_hash, sealed_id)
    SELECT acceptance, presentation, agreement, account, licensee, model, version, 'accepted', '{}', '', sealed FROM bound;
  INSERT INTO access_grant (id, licensee_id, is_public, model_id, license_id, terms_id, origin, acceptance_id) SELECT granted, licensee, false, model, license, terms, 'acceptance', acceptance FROM bound;
  INSERT INTO grant_period (id, grant_id, valid_from, valid_until) SELECT gen_random_uuid(), granted, now() - interval '1 day', now() + interval '1 year' FROM bound;
  INSERT INTO grant_suspension (id, grant_id, suspended_by, reason) SELECT gen_random_uuid(), granted, account, 'review' FROM bound WHERE n % 50 = 0;
  INSERT INTO link (id, grant_id, holder_id, release_id, channel, expires_at)
    SELECT gen_random_uuid(), b.granted, h.id, r.id, 'link', now() + interval '1 day' FROM bound b JOIN holder h ON h.account_id = b.account
      JOIN release r ON r.model_id = b.model AND r.name = 'r' || (1 + b.n % ${amounts.releases});`;

const pick = `SELECT x.id AS link, h.account_id AS account, x.grant_id AS "grant", r.name AS release FROM link x JOIN holder h ON h.id = x.holder_id JOIN release r ON r.id = x.release_id ORDER BY md5(x.id::text)`;
