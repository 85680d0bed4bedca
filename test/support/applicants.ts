import { createHash, randomUUID } from 'node:crypto';
import type { TestDatabase } from './database.js';
import { Person } from './person.js';

/** Many people with a confirmed address each, by access token: signing all of them up would meet the throttle, and a slow hash each. */
export async function applicantsByToken(database: Pick<TestDatabase, 'query'>, url: string, domains: readonly string[]): Promise<Person[]> {
  const rows = domains.map((domain) => ({
    id: randomUUID(),
    domain,
    token: `hf_${randomUUID().replaceAll('-', '')}${randomUUID().slice(0, 8)}`,
  }));
  const hashes = rows.map(({ token }) => createHash('sha256').update(token).digest());
  await database.query(
    `WITH many AS (SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS m (id, domain, hash)),
       accounts AS (INSERT INTO account (id, verified_at) SELECT id, now() FROM many RETURNING id),
       people AS (INSERT INTO person (account_id, email, name) SELECT m.id, 'p-' || m.id || '@' || m.domain, 'Ada Lovelace' FROM many m JOIN accounts USING (id)),
       licensees AS (INSERT INTO licensee (id, account_id) SELECT gen_random_uuid(), id FROM accounts),
       holders AS (INSERT INTO holder (id, account_id) SELECT gen_random_uuid(), id FROM accounts)
     INSERT INTO access_token (id, account_id, name, token_hash, scopes) SELECT gen_random_uuid(), m.id, 'test', m.hash, '{read,request}' FROM many m JOIN accounts USING (id)`,
    [rows.map(({ id }) => id), rows.map(({ domain }) => domain), hashes],
  );
  return rows.map(({ token }) => Object.assign(new Person(url), { token }));
}
