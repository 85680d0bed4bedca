import { Client } from 'pg';

/** Submitted requests for the demo model, each of an applicant of its own, in every state that a queue holds. */
export async function seedRequests(ownerUrl: string, count: number, states: readonly string[]): Promise<string[]> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(people(count));
    await client.query(requests(states));
    await client.query('ANALYZE');
    const { rows } = await client.query<{ id: string }>('SELECT id FROM seeded ORDER BY md5(id::text)');
    await client.query('DROP TABLE seeded');
    return rows.map(({ id }) => id);
  } finally {
    await client.end();
  }
}

const people = (count: number) => `
  CREATE TEMP TABLE seeded AS SELECT gen_random_uuid() AS id, gen_random_uuid() AS account, gen_random_uuid() AS licensee, n FROM generate_series(1, ${count}) n;
  INSERT INTO account (id, verified_at) SELECT account, now() FROM seeded;
  INSERT INTO person (account_id, email, name, country) SELECT account, 'seeded-' || account || '@lab-' || n % 500 || '.example', 'Person ' || n, 'GB' FROM seeded;
  INSERT INTO licensee (id, account_id) SELECT licensee, account FROM seeded;
  INSERT INTO holder (id, account_id) SELECT gen_random_uuid(), account FROM seeded;`;

const requests = (states: readonly string[]) => `
  INSERT INTO access_request (id, kind, applicant_id, licensee_id, model_id, terms_id, answers_hash, license_version_id, state, round, created_at, submitted_at, assigned_to)
    SELECT s.id, 'access', s.account, s.licensee, m.id, t.id, encode(sha256('{}'), 'hex'), v.id, (ARRAY['${states.join("', '")}'])[1 + s.n % ${states.length}], 1,
      now() - s.n * interval '1 minute', now() - s.n * interval '1 minute', CASE WHEN s.n % 3 = 0 THEN admin.account_id END
    FROM seeded s
    JOIN LATERAL (SELECT model.* FROM model JOIN access_terms t ON t.model_id = model.id AND t.admission = 'application' ORDER BY md5(model.slug || s.n) LIMIT 1) m ON true
    JOIN LATERAL (SELECT * FROM access_terms WHERE model_id = m.id ORDER BY n DESC LIMIT 1) t ON true
    JOIN LATERAL (SELECT * FROM license_version WHERE license_id = t.license_id ORDER BY n DESC LIMIT 1) v ON true
    CROSS JOIN (SELECT account_id FROM role_assignment WHERE role = 'admin' LIMIT 1) admin;`;
