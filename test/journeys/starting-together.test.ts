import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { Person, PASSWORD } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';

describe('several servers on one database', () => {
  let folder: string;
  let database: TestDatabase;
  let portals: TestPortal[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-several-'));
    database = await testDatabase();
    // As empty as an operator makes it: the servers bring the schema themselves.
    await database.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  });
  afterEach(async () => {
    await Promise.all(portals.map((portal) => portal.stop('SIGKILL')));
    portals = [];
    await database.drop();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  const start = async (count: number, env: Record<string, string | undefined> = {}) => {
    const shared = {
      PADDOCK_DATABASE_OWNER_URL: database.ownerUrl,
      PADDOCK_SECRET: 'one secret that all of them share, long enough',
      ...env,
    };
    portals = await Promise.all(
      Array.from({ length: count }, () => startPortal({ databaseUrl: database.serverUrl, dataDir: folder, env: shared })),
    );
    return portals;
  };

  test('start at once on an empty database: all become ready, with one demo and one administrator', async () => {
    const [first, second, third] = (await start(3)) as [TestPortal, TestPortal, TestPortal];
    for (const { url } of portals) expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    const [counts] = await database.query(
      `SELECT (SELECT count(*)::int FROM model) AS models, (SELECT count(*)::int FROM artifact) AS artifacts, (SELECT count(*)::int FROM release WHERE state = 'published') AS releases,
         (SELECT count(*)::int FROM role_assignment WHERE role = 'admin') AS administrators, (SELECT count(*)::int FROM account) AS accounts`,
    );
    expect(counts).toEqual({ models: 3, artifacts: 9, releases: 3, administrators: 1, accounts: 1 });

    const ada = await first.person('ada@example.org');
    const grant = await ada.obtainGrant(await second.admin());
    const { artifacts } = await ada.links(grant);
    for (const { url, sha256 } of artifacts) {
      const elsewhere = await fetch(url.replace(first.url, third.url));
      expect([elsewhere.status, elsewhere.headers.get('etag')]).toEqual([200, `"${sha256}"`]);
    }
    const there = ada.at(second.url);
    expect((await there.get('/me')).body).toMatchObject({ email: 'ada@example.org', via: 'session' });
    expect((await there.post(`/grants/${grant}/links`, { release: 'tiny-f32' })).status).toBe(201);
    await (await third.admin()).post(`/grants/${grant}/revoke`, { reason: 'misuse' });
    for (const { url } of portals) expect((await fetch(artifacts[1]!.url.replace(first.url, url))).status).toBe(403);
  });

  test('without an administrator start leaves a link in a file of the owner alone, which works once', async () => {
    const none = { PADDOCK_ADMIN_EMAIL: undefined, PADDOCK_ADMIN_PASSWORD: undefined };
    const [portal] = (await start(1, none)) as [TestPortal];
    const file = join(folder, 'first-administrator-link');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const link = readFileSync(file, 'utf8').trim();
    const token = /#token=([\w-]{43})$/.exec(link)![1]!;
    expect(portal.output()).toContain(file);
    expect(portal.output()).not.toContain(token);

    const become = (email: string) =>
      new Person(portal.url).post<{ code?: string }>('/first-administrator', { token, email, password: PASSWORD, name: 'Grace' });
    const answers = await Promise.all([become('one@example.org'), become('two@example.org')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410]);
    expect((await become('three@example.org')).body.code).toBe('single-use-link');
    expect(await database.query(`SELECT count(*)::int AS n FROM role_assignment WHERE role = 'admin'`)).toEqual([{ n: 1 }]);
  });
});
