import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/free-port.js';
import { Person } from '../support/person.js';
import { launchServer, startPortal, type TestPortal } from '../support/portal.js';

const TOKEN = 'a-token-for-metrics';

describe('faults of the configuration', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 }));

  async function faultsOf(env: Record<string, string | undefined>): Promise<string[]> {
    const { output, ended } = launchServer({ dataDir: folder, env });
    expect(await ended).toBe(1);
    const [heading, ...faults] = output().trim().split('\n');
    expect(heading).toBe('paddock: the configuration has faults:');
    return faults;
  }

  test('are all told at once, and the server ends with 1', async () => {
    const faults = await faultsOf({
      PADDOCK_PORT: 'http',
      PADDOCK_COLOUR: 'blue',
      PADDOCK_HOST: '0.0.0.0',
      PADDOCK_SECRET_FILE: join(folder, 'absent'),
      PADDOCK_ADMIN_PASSWORD: undefined,
      PADDOCK_S3_BUCKET: 'weights',
      PADDOCK_DEMO: 'perhaps',
    });
    const variables = faults.map((fault) => fault.split(':')[0]);
    expect(variables.toSorted()).toEqual([
      'PADDOCK_ADMIN_EMAIL and PADDOCK_ADMIN_PASSWORD',
      'PADDOCK_COLOUR',
      'PADDOCK_DEMO',
      'PADDOCK_PORT',
      'PADDOCK_PUBLIC_URL',
      'PADDOCK_S3_BUCKET',
      'PADDOCK_SECRET_FILE',
    ]);
  });

  test.each([
    [{ PADDOCK_HOST: '0.0.0.0' }, 'PADDOCK_PUBLIC_URL: required when PADDOCK_HOST is beyond loopback'],
    [{ PADDOCK_PUBLIC_URL: 'https://weights.example/portal' }, 'PADDOCK_PUBLIC_URL: a path is not supported'],
    [{ PADDOCK_DATABASE_OWNER_URL: 'postgresql://owner@db/paddock' }, 'PADDOCK_DATABASE_OWNER_URL: needs PADDOCK_DATABASE_URL'],
    [{ PADDOCK_SMTP_URL: 'smtp://mail.example' }, 'PADDOCK_SMTP_URL and PADDOCK_MAIL_FROM: give both or none'],
    [{ PADDOCK_MAIL_FROM: 'portal@lab.example' }, 'PADDOCK_SMTP_URL and PADDOCK_MAIL_FROM: give both or none'],
    [
      { PADDOCK_SMTP_URL: 'smtp://mail.example?pool=true', PADDOCK_MAIL_FROM: 'portal@lab.example' },
      'PADDOCK_SMTP_URL: holds a host, a port, a user and a password only',
    ],
    [
      { PADDOCK_SMTP_URL: 'smtps://mail.example', PADDOCK_MAIL_FROM: 'a@lab.example, b@lab.example' },
      'PADDOCK_MAIL_FROM: must be one address, or a name and <address>',
    ],
    [{ PADDOCK_DATABSE_URL: 'postgresql://db/paddock' }, 'PADDOCK_DATABSE_URL: there is no such variable'],
    [
      { PADDOCK_SECRET: 'x'.repeat(32), PADDOCK_SECRET_FILE: '/proc/self/status' },
      'PADDOCK_SECRET_FILE: PADDOCK_SECRET is given too; give one of them',
    ],
  ])('%j is refused', async (env, fault) => {
    expect(await faultsOf(env)).toEqual([fault]);
  });

  test('an address that is taken or absent is told without a stack trace', async () => {
    const { output, ended } = launchServer({ dataDir: folder, env: { PADDOCK_DATABASE_URL: 'postgresql://paddock@127.0.0.1:9/paddock' } });
    expect(await ended).toBe(1);
    expect(output()).toContain('cannot start: connect ECONNREFUSED 127.0.0.1:9');
    expect(output()).not.toContain('    at ');
  });
});

describe('a configured portal', () => {
  let folder: string;
  let database: TestDatabase;
  let portal: TestPortal | undefined;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-config-'));
    database = await testDatabase();
  });
  afterEach(async () => {
    await portal?.stop('SIGKILL');
    await database.drop();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });
  const start = async (env: Record<string, string | undefined>) =>
    (portal = await startPortal({ databaseUrl: database.serverUrl, env: { PADDOCK_DATABASE_OWNER_URL: database.ownerUrl, ...env } }));
  const models = async (url: string) => ((await (await fetch(`${url}/api/v1/models`)).json()) as { items: unknown[] }).items.length;

  test('reads secrets from files, takes a token for metrics and publishes no demo when told so', async () => {
    const secret = (name: string, value: string) => {
      const file = join(folder, name);
      writeFileSync(file, `${value}\n`);
      chmodSync(file, 0o600);
      return file;
    };
    const { url } = await start({
      PADDOCK_DATABASE_URL: undefined,
      PADDOCK_DATABASE_OWNER_URL: undefined,
      PADDOCK_ADMIN_PASSWORD: undefined,
      PADDOCK_DATABASE_URL_FILE: secret('database', database.serverUrl),
      PADDOCK_DATABASE_OWNER_URL_FILE: secret('owner', database.ownerUrl),
      PADDOCK_ADMIN_PASSWORD_FILE: secret('password', 'from-a-file-and-long'),
      PADDOCK_SECRET_FILE: secret('secret', 'a master secret of more than 32 characters'),
      PADDOCK_METRICS_TOKEN_FILE: secret('metrics', TOKEN),
      PADDOCK_DEMO: 'false',
    });
    await new Person(url).signIn('admin@example.org', 'from-a-file-and-long');
    expect(await models(url)).toBe(0);
    expect(await statuses(`${url}/metrics`)).toEqual({ without: 401, wrong: 401, right: 200 });
  });

  test('beyond loopback metrics are closed and no demo is published', async () => {
    const port = await freePort();
    const { url } = await start({ PADDOCK_HOST: '0.0.0.0', PADDOCK_PORT: String(port), PADDOCK_PUBLIC_URL: 'https://weights.example' });
    expect(url).toBe('https://weights.example');
    const local = `http://127.0.0.1:${port}`;
    expect(await statuses(`${local}/metrics`)).toEqual({ without: 401, wrong: 401, right: 401 });
    expect(await models(local)).toBe(0);
  });

  test('on loopback without a token metrics are open and the demo is there', async () => {
    const { url } = await start({});
    expect(await statuses(`${url}/metrics`)).toMatchObject({ without: 200 });
    expect(await models(url)).toBe(3);
  });
});

async function statuses(url: string): Promise<Record<'without' | 'wrong' | 'right', number>> {
  const status = async (authorization: string | undefined) =>
    (await fetch(url, authorization ? { headers: { authorization } } : {})).status;
  return { without: await status(undefined), wrong: await status('Bearer another-token-here'), right: await status(`Bearer ${TOKEN}`) };
}
