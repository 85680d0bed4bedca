import { jest } from '@jest/globals';
import { formatVerifierKey, verifyCheckpoint, parseVerifierKey } from '@paddock/ledger';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPaddock, type Ran } from '../support/command-line.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/free-port.js';
import { PASSWORD, Person } from '../support/person.js';
import { ADMIN, startPortal, type TestPortal } from '../support/portal.js';
import { until } from '../support/processes.js';
import { PublicLogReader } from '../support/public-log.js';
import { publishModel, sha256 } from '../support/publication.js';

const WEIGHTS = randomBytes(64 * 1024);
const OLD = 'the secret that the portal ran with at first';
const NEW = 'the secret that takes the place of the first one';
/** Within a second, of which a loaded machine may make several. */
const SOON_MS = 20_000;

/** Of a machine that has much else to do: servers start here again and again. */
jest.setTimeout(240_000);

describe('keys that are rotated while two processes are used', () => {
  let folder: string;
  let database: TestDatabase;
  let ports: number[];
  let portals: TestPortal[];
  let admin: Person;
  let ada: Person;
  let grant: string;

  const own = () => ports.map((port) => `http://127.0.0.1:${port}`);
  const settings = (secrets: Record<string, string>) => ({
    PADDOCK_DATABASE_OWNER_URL: database.ownerUrl,
    PADDOCK_PUBLIC_URL: own()[0]!,
    ...secrets,
  });
  const start = (n: number, secrets: Record<string, string>) =>
    startPortal({
      databaseUrl: database.serverUrl,
      dataDir: folder,
      env: { ...settings(secrets), PADDOCK_PORT: String(ports[n]), PADDOCK_ROLE: n === 0 ? 'all' : 'http' },
    });
  const restart = async (n: number, secrets: Record<string, string>) => {
    await portals[n]!.stop('SIGKILL');
    portals[n] = await start(n, secrets);
  };
  const command = (secrets: Record<string, string>, ...args: string[]): Promise<Ran> =>
    startPaddock('http://127.0.0.1:1', undefined, ['keys', ...args], {
      ...settings(secrets),
      PADDOCK_DATABASE_URL: database.serverUrl,
      PADDOCK_DATA_DIR: folder,
    }).ended;
  /** Issued by one of the processes; its URL leads to either. */
  const link = async (n: number) => {
    const answer = await ada
      .at(own()[n]!)
      .post<{ artifacts: { url: string }[] }>(`/grants/${grant}/links`, { release: 'r1' }, { origin: own()[0]! });
    expect(answer.status).toBe(201);
    return answer.body.artifacts[0]!.url;
  };
  const asked = async (url: string, n: number) => {
    const answer = await fetch(url.replace(own()[0]!, own()[n]!));
    const bytes = Buffer.from(await answer.arrayBuffer());
    return answer.status === 200 ? sha256(bytes) === sha256(WEIGHTS) : (JSON.parse(bytes.toString()) as { code: string }).code;
  };
  const atBoth = async (url: string) => [await asked(url, 0), await asked(url, 1)];
  const keyOf = (url: string) => new URL(url).searchParams.get('k');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-rotated-'));
    [database, ports] = [await testDatabase(), [await freePort(), await freePort()]];
    portals = await Promise.all([start(0, { PADDOCK_SECRET: OLD }), start(1, { PADDOCK_SECRET: OLD })]);
    admin = await portals[0]!.admin();
    await publishModel(admin, { slug: 'keyed', admission: 'assent', files: { 'weights.bin': WEIGHTS } });
    ada = await portals[0]!.person('ada@example.org');
    grant = await ada.accept('keyed');
  });
  afterAll(async () => {
    await Promise.all(portals.map((portal) => portal.stop('SIGKILL')));
    await database.drop();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  test('of links: those of before go on, new ones open wherever they are shown, and after a leak only those do', async () => {
    const before = await link(1);
    expect((await admin.post('/system/keys/links/rotate', {})).status).toBe(200);
    const after = await link(0);
    expect([keyOf(before), keyOf(after)]).toEqual(['1', '2']);
    // The other process may not have heard of it: it reads the key before it refuses the link.
    expect(await asked(after, 1)).toBe(true);
    expect(await atBoth(before)).toEqual([true, true]);
    expect(await asked(after.replace('k=2', 'k=3'), 1)).toBe('link-altered');
    expect((await admin.post('/system/keys/links/rotate', { immediately: true })).status).toBe(200);
    await until('both refuse the former', SOON_MS, async () => (await atBoth(before)).every((answer) => answer === 'link-altered'));
    expect(await atBoth(after)).toEqual(['link-altered', 'link-altered']);
    await until('the other signs with the new one', SOON_MS, async () => keyOf(await link(1)) === '3');
    expect(await atBoth(await link(1))).toEqual([true, true]);
    const rotations = await database.query(
      `SELECT actor_id IS NOT NULL AS known, detail FROM event WHERE kind = 'key-rotated' ORDER BY at`,
    );
    expect(rotations).toEqual([
      { known: true, detail: { key: 'links', immediately: false } },
      { known: true, detail: { key: 'links', immediately: true } },
    ]);
  });

  test('of sign-ins: who is signed in stays so, and what was promised is kept; after a leak everybody signs in again', async () => {
    const bob = await portals[0]!.person('bob@example.org');
    const headers = { origin: own()[0]!, 'idempotency-key': 'once' };
    const first = await bob.post<{ id: string }>('/presentations', { model: 'keyed' }, headers);
    expect((await admin.post('/system/keys/sessions/rotate', {})).status).toBe(200);
    const again = await bob.at(own()[1]!).post<{ id: string }>('/presentations', { model: 'keyed' }, headers);
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
    for (const url of own())
      expect((await bob.at(url).get<{ items: { userAgent: string }[] }>('/sessions')).body.items[0]?.userAgent).toBe('node');
    expect((await bob.post('/system/keys/sessions/rotate', { immediately: true })).status).toBe(403);
    expect((await new Person(own()[0]!).post('/system/keys/sessions/rotate', {})).status).toBe(401);
    expect(await command({ PADDOCK_SECRET: OLD }, 'rotate', 'sessions', '--immediately')).toMatchObject({ code: 0 });
    for (const person of [ada, bob, admin])
      await until('nobody is signed in', SOON_MS, async () => {
        const answers = await Promise.all(own().map((url) => person.at(url).get('/me')));
        return answers.every(({ status }) => status === 401);
      });
    await Promise.all([ada.signIn('ada@example.org', PASSWORD), admin.signIn(ADMIN.email, ADMIN.password)]);
  });

  test('of the ledger: the next checkpoint bears both signatures, and once it does the former may end', async () => {
    const log = new PublicLogReader(own()[0]!);
    const entries = async () => (await database.query<{ n: number }>('SELECT count(*)::int AS n FROM ledger_entry'))[0]!.n;
    await log.checkpointOf(await entries(), SOON_MS);
    const [old] = (await log.keys()).keys;
    const secrets = { PADDOCK_SECRET: OLD };
    expect(await command(secrets, 'rotate', 'ledger')).toMatchObject({ code: 0, stdout: expect.stringContaining('still taken') });
    const again = await admin.post<{ code: string }>('/system/keys/ledger/rotate', {});
    expect([again.status, again.body.code]).toEqual([409, 'key-not-rotated']);
    expect(await command(secrets, 'end', 'ledger')).toMatchObject({ code: 1, stderr: expect.stringContaining('too-early') });
    await (await portals[0]!.person('carl@example.org')).accept('keyed');
    await log.checkpointOf(await entries(), SOON_MS);
    const { signatures } = await log.checkpoint();
    expect(signatures).toHaveLength(2);
    expect(signatures.map(({ key }) => formatVerifierKey(key))).toContain(old!.vkey);
    expect(await command(secrets, 'end', 'ledger')).toMatchObject({ code: 0 });
    await (await portals[0]!.person('dora@example.org')).accept('keyed');
    await log.checkpointOf(await entries(), SOON_MS);
    const { note } = await log.checkpoint();
    expect(() => verifyCheckpoint(note, [parseVerifierKey(old!.vkey)])).toThrow(/sign/);
    expect((await log.keys()).keys.find(({ vkey }) => vkey === old!.vkey)!.until).not.toBeNull();
  });

  test('of the secret itself: process by process, and no link, sign-in or sealed answer is lost', async () => {
    const before = await link(0);
    const both = { PADDOCK_SECRET: NEW, PADDOCK_PREVIOUS_SECRET: OLD };
    const steps = async () => {
      const { body } = await admin.get<{ items: { name: string; steps: { state: string }[] }[] }>('/system/keys');
      return body.items.find(({ name }) => name === 'secret')!.steps.map(({ state }) => state);
    };
    expect(await steps()).toEqual(['next', 'later', 'later']);
    await restart(0, both);
    expect(await atBoth(before)).toEqual([true, true]);
    // The first made a key meanwhile, and the other takes it, which knows the old secret alone.
    expect((await admin.post('/system/keys/links/rotate', {})).status).toBe(200);
    expect(await atBoth(await link(0))).toEqual([true, true]);
    await restart(1, both);
    expect(await steps()).toEqual(['done', 'next', 'later']);
    expect((await admin.post('/system/keys/secret/rotate', {})).status).toBe(200);
    expect(await steps()).toEqual(['done', 'done', 'next']);
    const again = await admin.post<{ code: string }>('/system/keys/secret/rotate', {});
    expect([again.status, again.body.code]).toEqual([409, 'key-not-rotated']);
    await restart(1, { PADDOCK_SECRET: NEW });
    expect(await atBoth(before)).toEqual([true, true]);
    const { body } = await admin.at(own()[1]!).get<{ items: { signerName: string }[] }>('/audit/acceptances?q=ada@example.org');
    expect(body.items).toHaveLength(1);
    expect((await ada.at(own()[1]!).get<object>('/me/export')).text).toContain('"typedName":"Ada Lovelace"');
  });
});
