import { Client } from 'pg';

/** Models of the demo's licensor, licenses in several versions, and acceptances spread over two years, each of a person of its own. */
export async function seedAcceptances(ownerUrl: string, count: number): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // The rows hold one another by construction; to have a million of them checked takes minutes.
    await client.query('SET session_replication_role = replica');
    for (const step of [catalog, people(count), bindings]) await client.query(step);
    // As autovacuum does, only at once.
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}

const catalog = `
  INSERT INTO document (sha256, media_type, bytes) VALUES (encode(sha256('audited'), 'hex'), 'text/plain', 'audited');
  INSERT INTO license (id, publisher_id, slug, title, kind) SELECT gen_random_uuid(), p.id, 'audited-' || n, 'License', 'standard' FROM publisher p, generate_series(0, 4) n;
  INSERT INTO license_version (id, license_id, n, body_sha256, assent, coverage, channels, effective_from, reacceptance)
    SELECT gen_random_uuid(), l.id, n, encode(sha256('audited'), 'hex'), 'required', 'organization', '{link}', now() - interval '2 years', 'inform' FROM license l, generate_series(1, 3) n WHERE l.slug LIKE 'audited-%';
  INSERT INTO agreement (id, license_version_id, content) SELECT encode(sha256(v.id::text::bytea), 'hex'), v.id, '' FROM license_version v JOIN license l ON l.id = v.license_id WHERE l.slug LIKE 'audited-%';
  INSERT INTO model (id, publisher_id, slug, title) SELECT gen_random_uuid(), p.id, 'audited-' || n, 'Model' FROM publisher p, generate_series(0, 19) n;`;

const people = (count: number) => `
  CREATE TEMP TABLE spread AS SELECT n, now() - (${count} - n) * interval '730 days' / ${count} AS at FROM generate_series(1, ${count}) n;
  -- Ids carry their time, as the portal's do.
  CREATE TEMP TABLE bound AS SELECT n, at, uuidv7(at - now()) AS account, uuidv7(at - now()) AS licensee, uuidv7(at - now()) AS presentation, uuidv7(at - now()) AS acceptance,
    uuidv7(at - now()) AS sealed, uuidv7(at - now()) AS granted FROM spread;
  INSERT INTO account (id, verified_at) SELECT account, at FROM bound;
  INSERT INTO person (account_id, email, name, country) SELECT account, 'reader-' || n || '@lab-' || n % 5000 || '.example',
    (ARRAY['Ada', 'Grace', 'Alan', 'Emmy', 'Kurt', 'Mary', 'Rosalind', 'Chandra'])[1 + n % 8] || ' ' || initcap(substr(md5(n::text), 1, 9)), (ARRAY['GB', 'US', 'DE', 'IN'])[1 + n % 4] FROM bound;
  INSERT INTO organization (id, legal_name, country) SELECT account, 'Institute ' || n || ', Department of ' || initcap(substr(md5('o' || n), 1, 8)), 'FR' FROM bound WHERE n % 5 = 0;
  INSERT INTO licensee (id, account_id, organization_id) SELECT licensee, CASE WHEN n % 5 > 0 THEN account END, CASE WHEN n % 5 = 0 THEN account END FROM bound;`;

const bindings = `
  CREATE TEMP TABLE version AS SELECT v.id, a.id AS agreement, right(l.slug, 1)::int AS l, v.n, l.id AS license FROM license_version v JOIN license l ON l.id = v.license_id JOIN agreement a ON a.license_version_id = v.id WHERE l.slug LIKE 'audited-%';
  CREATE TEMP TABLE audited AS SELECT id, split_part(slug, '-', 2)::int AS m FROM model WHERE slug LIKE 'audited-%';
  INSERT INTO acceptance (id, presentation_id, agreement_id, signer_id, licensee_id, model_id, license_version_id, outcome, attestations, assent_hash, sealed_id, created_at)
    SELECT acceptance, presentation, v.agreement, account, licensee, m.id, v.id, CASE WHEN b.n % 500 = 0 THEN 'declined' ELSE 'accepted' END, '{}', '', sealed, at
    FROM bound b JOIN audited m ON m.m = b.n % 20 JOIN version v ON v.l = b.n % 5 AND v.n = 1 + (b.n / 20) % 3 ORDER BY b.n;
  INSERT INTO access_grant (id, licensee_id, is_public, model_id, license_id, origin, acceptance_id, created_at)
    SELECT granted, licensee, false, m.id, v.license, 'acceptance', acceptance, at FROM bound b JOIN audited m ON m.m = b.n % 20 JOIN version v ON v.l = b.n % 5 AND v.n = 1 + (b.n / 20) % 3
    WHERE b.n % 500 > 0 ORDER BY b.n;`;
