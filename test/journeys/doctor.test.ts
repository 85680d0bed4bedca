import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPaddock, type Ran } from '../support/command-line.js';
import { freePort } from '../support/free-port.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { PublicLogReader } from '../support/public-log.js';
import { TestSmtpServer } from '../support/smtp-server.js';

const SECRET = 'a secret that every process of this portal shares';

const PARTS = [
  'database', 'clock', 'schema', 'roles', 'secret', 'store', 'disk', 'ledger key', 'key files', 'mail', 'browser', 'portal',
]; // prettier-ignore

describe('paddock doctor', () => {
  const its = portalUnderTest({ PADDOCK_SECRET: SECRET });
  let smtp: TestSmtpServer;
  beforeAll(async () => {
    smtp = await TestSmtpServer.start();
    await (await its.person()).accept('demo-llama-assent');
    await new PublicLogReader(its.url).checkpointOf(1);
  });
  afterAll(() => smtp.stop());

  /** Beside the running portal, with its environment but for what is given. */
  function examine(env: Record<string, string> = {}): Promise<Ran> {
    const own = {
      PADDOCK_DATA_DIR: its.portal.dataDir,
      PADDOCK_DATABASE_URL: its.database.serverUrl,
      PADDOCK_DATABASE_OWNER_URL: its.database.ownerUrl,
      PADDOCK_PUBLIC_URL: its.url,
      PADDOCK_SECRET: SECRET,
      PADDOCK_SMTP_URL: smtp.url,
      PADDOCK_MAIL_FROM: 'portal@lab.example',
      PADDOCK_CHROMIUM: 'none',
    };
    return startPaddock('http://127.0.0.1:1', undefined, ['doctor'], { ...own, ...env }).ended;
  }

  test('finds everything well, line by line, and sends nothing', async () => {
    const { code, stdout } = await examine();
    // How much room there is is the machine's, not ours.
    const lines = stdout
      .trim()
      .replace(/^look( +disk .*)\n.*/m, 'well$1')
      .split('\n');
    expect(
      lines.map((line) =>
        line
          .split(/\s{2,}/)
          .slice(0, 2)
          .join(' '),
      ),
    ).toEqual(PARTS.map((part) => `well ${part}`));
    expect(code).toBe(0);
    expect(smtp.received).toEqual([]);
  });

  test('names what is broken, with the remedy, and goes on to the rest', async () => {
    const nobody = await freePort();
    const { code, stdout, stderr } = await examine({
      PADDOCK_SECRET: 'another secret, which opens nothing of this portal',
      PADDOCK_LEDGER_KEY: '11'.repeat(32),
      PADDOCK_SMTP_URL: `smtp://127.0.0.1:${nobody}`,
      PADDOCK_REDIS_URL: `redis://127.0.0.1:${nobody}`,
      PADDOCK_CHROMIUM: '/nowhere/chromium',
      PADDOCK_DATABASE_OWNER_URL: its.database.ownerUrl,
    });
    const broken = stdout.split('\n').filter((line) => line.startsWith('broken'));
    expect(broken.map((line) => line.split(/\s{2,}/)[1]).filter((part) => part !== 'disk')).toEqual([
      'secret',
      'ledger key',
      'mail',
      'redis',
      'browser',
    ]);
    expect(stdout).toContain('Give PADDOCK_SECRET');
    expect(stderr).toMatch(/[56] of 13 are broken/);
    expect(code).toBe(1);
    for (const secret of ['another secret', '1111', SECRET]) expect(stdout + stderr).not.toContain(secret);
  });

  test('tells what works and should be looked at', async () => {
    const key = join(its.portal.dataDir, 'ledger-key');
    chmodSync(key, 0o644);
    const { code, stdout } = await examine({
      PADDOCK_DATABASE_URL: its.database.ownerUrl,
      PADDOCK_PUBLIC_URL: `http://127.0.0.1:${await freePort()}`,
      PADDOCK_SMTP_URL: '',
      PADDOCK_MAIL_FROM: '',
    });
    chmodSync(key, 0o600);
    const looks = stdout.split('\n').filter((line) => line.startsWith('look'));
    expect(looks.map((line) => line.split(/\s{2,}/)[1]).filter((part) => part !== 'disk')).toEqual([
      'roles',
      'key files',
      'mail',
      'portal',
    ]);
    expect(stdout).toContain(`chmod 600 ${key}`);
    expect(code).toBe(0);
  });

  test('takes the key before the current one as the ledger’s while keys change', async () => {
    const old = readFileSync(join(its.portal.dataDir, 'ledger-key'), 'utf8').trim();
    const { code, stdout } = await examine({ PADDOCK_LEDGER_KEY: '22'.repeat(32), PADDOCK_LEDGER_PREVIOUS_KEY: old });
    expect(stdout).toMatch(/^well +ledger key /m);
    expect(code).toBe(0);
  });

  test('a database that does not answer is broken in its own words; faults of the configuration are told first', async () => {
    const away = await examine({ PADDOCK_DATABASE_URL: `postgres://paddock@127.0.0.1:${await freePort()}/paddock` });
    expect(away.stdout).toMatch(/^broken +database +.*ECONNREFUSED/m);
    expect(away.code).toBe(1);
    const crooked = await examine({ PADDOCK_PORT: 'eighty', PADDOCK_NONSENSE: '1' });
    expect(crooked).toMatchObject({ code: 2, stdout: '' });
    expect(crooked.stderr).toMatch(/PADDOCK_PORT[^]*PADDOCK_NONSENSE|PADDOCK_NONSENSE[^]*PADDOCK_PORT/);
  });
});
