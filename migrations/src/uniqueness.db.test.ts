import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { copyOf, id, seedRows, SHA } from '../../test/support/rows.js';

const UNIQUE_VIOLATION = '23505';
const RESTRICT_VIOLATION = '23001';
const CHECK_VIOLATION = '23514';

describe('what there is one of', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase();
    await seedRows(database);
  });
  afterAll(() => database.drop());

  // Each test leaves the rows as it found them.
  beforeEach(() => database.query('BEGIN'));
  afterEach(() => database.query('ROLLBACK'));

  const failureOf = async (statement: string): Promise<{ code?: string; constraint?: string }> => {
    await database.query('SAVEPOINT before');
    const failure = await database.query(statement).then(
      () => ({}),
      (error: { code?: string; constraint?: string }) => error,
    );
    await database.query('ROLLBACK TO before');
    return failure;
  };

  test('one open membership of a person in an organization; a new one after it ended', async () => {
    const join = `INSERT INTO membership (id, organization_id, account_id, role) VALUES (gen_random_uuid(), '${id(4)}', '${id(1)}', 'member')`;
    await database.query(join);
    expect(await failureOf(join)).toMatchObject({ code: UNIQUE_VIOLATION, constraint: 'membership_open' });
    await database.query('UPDATE membership SET valid_until = now()');
    await database.query(join);
  });

  test('a membership that ended is never reopened, and a membership keeps its pair; so does a seat its token', async () => {
    const [member, seat] = [id(50), id(51)];
    await database.query(
      `INSERT INTO membership (id, organization_id, account_id, role) VALUES ('${member}', '${id(4)}', '${id(1)}', 'officer')`,
    );
    await database.query(
      `INSERT INTO service_seat (id, organization_id, custodian_id, name, scopes, token_hash) VALUES ('${seat}', '${id(4)}', '${member}', 'CI', '{read}', 'hash')`,
    );
    const changes = [
      `UPDATE membership SET account_id = '${id(2)}'`,
      `UPDATE membership SET valid_from = now() - interval '1 day'`,
      'DELETE FROM membership',
    ];
    const seatChanges = [`UPDATE service_seat SET scopes = '{read,download}'`, `UPDATE service_seat SET token_hash = 'other'`];
    for (const change of [...changes, ...seatChanges]) expect(await failureOf(change)).toMatchObject({ code: RESTRICT_VIOLATION });
    await database.query(`UPDATE membership SET role = 'member'; UPDATE service_seat SET last_used_at = now()`);
    await database.query(`UPDATE service_seat SET ended_at = now(); UPDATE membership SET valid_until = now()`);
    for (const change of [
      'UPDATE membership SET valid_until = NULL',
      `UPDATE membership SET role = 'officer'`,
      'UPDATE service_seat SET ended_at = NULL',
    ])
      expect(await failureOf(change)).toMatchObject({ code: RESTRICT_VIOLATION });
  });

  test('one open invitation of an address to an organization, in whatever spelling', async () => {
    await database.query(
      `INSERT INTO membership (id, organization_id, account_id, role) VALUES ('${id(50)}', '${id(4)}', '${id(1)}', 'officer')`,
    );
    const invite = (email: string, hash: string) =>
      `INSERT INTO invitation (id, organization_id, email, role, token_hash, invited_by, expires_at) VALUES (gen_random_uuid(), '${id(4)}', '${email}', 'member', '${hash}', '${id(50)}', now())`;
    await database.query(invite('ada@example.org', 'one'));
    expect(await failureOf(invite('Ada@Example.org', 'two'))).toMatchObject({ constraint: 'invitation_open' });
    await database.query('UPDATE invitation SET withdrawn_at = now(), email = NULL');
    await database.query(invite('Ada@Example.org', 'two'));
  });

  test.each(['draft', 'submitted', 'in-review', 'returned', 'appealed'])(
    'one open request of a licensee for a model, and %s is open',
    async (state) => {
      await database.query(copyOf('access_request', id(30), { state: `'draft'` }));
      expect(await failureOf(copyOf('access_request', id(30), { state: `'${state}'` }))).toMatchObject({
        code: UNIQUE_VIOLATION,
        constraint: 'access_request_open',
      });
      await database.query(copyOf('access_request', id(30), { state: `'draft'`, kind: `'renewal'` }));
    },
  );

  test.each(['approved', 'rejected', 'withdrawn', 'no-longer-needed'])('a request that is %s stands in nobody’s way', async (state) => {
    await database.query(copyOf('access_request', id(30), { state: `'${state}'` }));
    await database.query(copyOf('access_request', id(30), { state: `'draft'` }));
    expect(await database.query('SELECT 1 FROM access_request')).toHaveLength(3);
  });

  test('one active and one pending grant of a licensee for a model and license', async () => {
    expect(await failureOf(copyOf('access_grant', id(34)))).toMatchObject({ constraint: 'access_grant_active' });
    await database.query(copyOf('access_grant', id(34), { acceptance_id: 'NULL' }));
    expect(await failureOf(copyOf('access_grant', id(34), { acceptance_id: 'NULL' }))).toMatchObject({
      constraint: 'access_grant_pending',
    });
    await database.query(`UPDATE access_grant SET ended_at = now()`);
    await database.query(copyOf('access_grant', id(34), { ended_at: 'NULL' }));
  });

  test('one public grant of a model, and no licensee of it', async () => {
    const open = { is_public: 'true', licensee_id: 'NULL', acceptance_id: 'NULL' };
    await database.query(copyOf('access_grant', id(34), open));
    expect(await failureOf(copyOf('access_grant', id(34), open))).toMatchObject({ constraint: 'access_grant_public' });
    expect(await failureOf(copyOf('access_grant', id(34), { is_public: 'true' }))).toMatchObject({ code: CHECK_VIOLATION });
  });

  test('one acceptance of a presentation, one number of a license version and of terms', async () => {
    expect(await failureOf(copyOf('acceptance', id(33)))).toMatchObject({ code: UNIQUE_VIOLATION });
    expect(await failureOf(copyOf('license_version', id(14)))).toMatchObject({ code: UNIQUE_VIOLATION });
    expect(await failureOf(copyOf('access_terms', id(22)))).toMatchObject({ code: UNIQUE_VIOLATION });
  });

  test('a decision is one account’s or one rule’s, never nobody’s', async () => {
    expect(await failureOf(copyOf('decision', id(31), { account_id: 'NULL' }))).toMatchObject({ code: CHECK_VIOLATION });
    expect(await failureOf(copyOf('decision', id(31), { rule_version: `'1'` }))).toMatchObject({ code: CHECK_VIOLATION });
  });

  test('two spellings of one e-mail address are one person', async () => {
    await database.query(`INSERT INTO person (account_id, email) VALUES ('${id(1)}', 'Ada@Example.org')`);
    expect(await failureOf(`INSERT INTO person (account_id, email) VALUES ('${id(2)}', 'ada@example.ORG')`)).toMatchObject({
      constraint: 'person_email',
    });
  });

  test.each(['published', 'withdrawn'])('the files of a %s release are fixed', async (state) => {
    await database.query(`UPDATE release SET state = $1`, [state]);
    expect(await failureOf(copyOf('artifact', id(24), { path: `'other'` }))).toMatchObject({ code: RESTRICT_VIOLATION });
    expect(await failureOf(`UPDATE artifact SET sha256 = '${SHA}'`)).toMatchObject({ code: RESTRICT_VIOLATION });
    expect(await failureOf('DELETE FROM artifact')).toMatchObject({ code: RESTRICT_VIOLATION });
  });

  test('a draft takes files and gives them up, but changes none; upper and lower case are one path', async () => {
    expect(await failureOf(`UPDATE artifact SET size = 2`)).toMatchObject({ code: RESTRICT_VIOLATION });
    expect(await failureOf(copyOf('artifact', id(24), { path: `'FILE'` }))).toMatchObject({ constraint: 'artifact_path_folded' });
    await database.query('DELETE FROM artifact');
    expect(await database.query('SELECT 1 FROM artifact')).toEqual([]);
  });

  test.each(['published', 'withdrawn'])(
    'a %s release is no draft again, and keeps its name: else its name could carry other bytes',
    async (state) => {
      await database.query(`UPDATE release SET state = $1`, [state]);
      expect(await failureOf(`UPDATE release SET state = 'draft'`)).toMatchObject({ code: RESTRICT_VIOLATION });
      expect(await failureOf(`UPDATE release SET name = 'other'`)).toMatchObject({ code: RESTRICT_VIOLATION });
      expect(await failureOf(`DELETE FROM release`)).toMatchObject({ code: expect.stringMatching(/^23/) });
      await database.query(`UPDATE release SET state = 'withdrawn'`);
      await database.query(`UPDATE release SET state = 'published'`);
    },
  );
});
