import { verifyEvidence } from '@paddock/ledger';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { describeWithPeer } from '../support/peers.js';
import { Person } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';
import { publishModel } from '../support/publication.js';

interface Index {
  type: string;
  licensee: string;
  files: { path: string; size: number; sha256: string }[];
}

describeWithPeer('the dossier of a licensee', ['unzip'], 'apt-get install unzip', () => {
  const env = { PADDOCK_LEDGER_ORIGIN: 'log.example/ledger', PADDOCK_LEDGER_KEY: 'e'.repeat(64), PADDOCK_SECRET: 'f'.repeat(64) };
  let folder: string;
  let database: TestDatabase;
  let portal: TestPortal;
  let second: TestPortal;
  let ada: Person;
  let licensee: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-dossier-'));
    database = await testDatabase();
    const options = { databaseUrl: database.serverUrl, dataDir: join(folder, 'portal') };
    portal = await startPortal({ ...options, env: { ...env, PADDOCK_DATABASE_OWNER_URL: database.ownerUrl } });
    second = await startPortal({
      ...options,
      env: { ...env, TZ: 'Pacific/Apia', PADDOCK_DATABASE_OWNER_URL: database.ownerUrl, PADDOCK_PUBLIC_URL: portal.url },
    });
    const admin = await portal.admin();
    ada = await portal.person('ada@example.org');
    const grant = await ada.obtainGrant(admin);
    await ada.accept('demo-llama-assent');
    const manifest = await ada.links(grant);
    await fetch(manifest.artifacts[0]!.url).then((response) => response.arrayBuffer());
    const [row] = await database.query<{ id: string }>(
      `SELECT k.id FROM licensee k JOIN person p USING (account_id) WHERE p.email = 'ada@example.org'`,
    );
    licensee = row!.id;
  });
  afterAll(async () => {
    await Promise.all([portal.stop(), second.stop()]);
    await database.drop();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  /** As bytes; a dossier whose evidence still waits is asked for again. */
  const fetched = async (who: Person): Promise<Buffer> => {
    let bytes: Buffer | undefined;
    await until('the dossier', 30_000, async () => {
      const response = await fetch(`${who.portal}/api/v1/licensees/${licensee}/dossier.zip`, { headers: cookieOf(who) });
      bytes = Buffer.from(await response.arrayBuffer());
      return response.status === 200;
    });
    return bytes!;
  };
  const inZip = (path: string) => execFileSync('unzip', ['-p', join(folder, 'dossier.zip'), path], { maxBuffer: 64 * 1024 * 1024 });

  test('holds what is recorded, with an index of it, and opens in tools that are not ours', async () => {
    const zip = await fetched(ada);
    writeFileSync(join(folder, 'dossier.zip'), zip);
    expect(execFileSync('unzip', ['-tq', join(folder, 'dossier.zip')]).toString()).toContain('No errors detected');
    const index = JSON.parse(inZip('index.json').toString()) as Index;
    expect(index).toMatchObject({ type: 'paddock-dossier-v1', licensee });
    for (const { path, size, sha256 } of index.files) {
      const bytes = inZip(path);
      expect([path, bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([path, size, sha256]);
    }
    const folders = new Set(index.files.map(({ path }) => path.split('/')[0]));
    expect([...folders]).toEqual([
      'licensee.json',
      'requests',
      'decisions',
      'acceptances',
      'grants',
      'agreements',
      'documents',
      'evidence',
      'certificates',
      'downloads.ndjson',
    ]);
    for (const { path } of index.files.filter((file) => file.path.startsWith('evidence/')))
      expect(verifyEvidence(inZip(path)).filter(({ state }) => state === 'failed')).toEqual([]);
    for (const { path, sha256 } of index.files.filter((file) => file.path.startsWith('documents/'))) expect(path).toContain(sha256);
    const downloads = inZip('downloads.ndjson').toString().trimEnd().split('\n');
    expect(downloads.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(
      expect.arrayContaining(['link', 'download-ended']),
    );
    expect(inZip('index.html').toString()).toContain('href="index.json"');
  });

  test('comes out the same byte for byte for the same state: later, for others, and from another process in another time zone', async () => {
    const first = await fetched(ada);
    await setTimeout(2500);
    const later = await fetched(ada);
    const forStaff = await fetched(await portal.admin());
    const elsewhere = await fetched(await second.admin());
    expect(later.equals(first)).toBe(true);
    expect(forStaff.equals(first)).toBe(true);
    expect(elsewhere.equals(first)).toBe(true);
    await ada.links((await ada.get<{ items: { id: string }[] }>('/grants?model=demo-llama')).body.items[0]!.id);
    expect((await fetched(ada)).equals(first)).toBe(false);
  });

  test('is for the licensee and for staff; each one handed out is an event', async () => {
    const path = `/licensees/${licensee}/dossier.zip`;
    expect(refusalIn(await (await portal.person('eve@example.org')).get(path))).toBe('404 not-found');
    expect(refusalIn(await new Person(portal.url).get(path))).toBe('401 unauthenticated');
    expect(refusalIn(await (await ada.withToken(['download'])).get(path))).toBe('403 scope-missing');
    expect(refusalIn(await ada.get('/licensees/nonsense/dossier.zip'))).toBe('400 malformed-request');
    expect(refusalIn(await ada.get('/licensees/00000000-0000-4000-8000-000000000000/dossier.zip'))).toBe('404 not-found');
    const events = await database.query(`SELECT FROM event WHERE kind = 'dossier-exported' AND subject_id = $1`, [licensee]);
    expect(events.length).toBeGreaterThanOrEqual(5);
  });

  test('shows staff of one publisher what lies with them, and nothing where nothing does', async () => {
    const admin = await portal.admin();
    await admin.post('/publishers', { slug: 'other-lab', legalName: 'Other Lab' });
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const auditor = await portal.person('auditor@example.org');
    const model = await portal.person('model-auditor@example.org');
    await database.query('UPDATE account SET verified_at = now() WHERE verified_at IS NULL');
    await admin.post('/roles', { email: 'auditor@example.org', role: 'auditor', publisher: 'other-lab', until });
    expect(refusalIn(await auditor.get(`/licensees/${licensee}/dossier.zip`))).toBe('404 not-found');
    await admin.post('/roles', { email: 'model-auditor@example.org', role: 'auditor', model: 'demo-llama', until });
    writeFileSync(join(folder, 'dossier.zip'), await fetched(model));
    const { files } = JSON.parse(inZip('index.json').toString()) as Index;
    const acceptances = files
      .filter(({ path }) => path.startsWith('acceptances/'))
      .map(({ path }) => JSON.parse(inZip(path).toString()) as object);
    expect(acceptances).toMatchObject([{ model: 'demo-llama', personal: { typedName: 'Ada Lovelace' } }]);
  });

  test('an entry that nobody has covered yet is waited for, not left out', async () => {
    const grace = await portal.person('grace@example.org');
    await publishModel(await portal.admin(), { slug: 'waiting', admission: 'assent', files: { 'weights.bin': Buffer.alloc(8) } });
    await grace.accept('waiting');
    const [row] = await database.query<{ id: string }>(
      `SELECT k.id FROM licensee k JOIN person p USING (account_id) WHERE p.email = 'grace@example.org'`,
    );
    const answer = await grace.get(`/licensees/${row!.id}/dossier.zip`);
    expect([200, 409]).toContain(answer.status);
    if (answer.status === 409) expectPending(answer.headers.get('retry-after'), refusalIn(answer));
  });

  test('a reader who leaves early leaves nothing open', async () => {
    const controller = new AbortController();
    const response = await fetch(`${portal.url}/api/v1/licensees/${licensee}/dossier.zip`, {
      headers: cookieOf(ada),
      signal: controller.signal,
    });
    controller.abort();
    await response.body?.cancel().catch(() => undefined);
    const open = () =>
      database.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' AND query LIKE '%recorded'`,
      );
    let quiet = 0;
    await until(
      'its transaction has ended, and none begins late',
      10_000,
      async () => (quiet = (await open()).length === 0 ? quiet + 1 : 0) >= 20,
    );
    expect(await open()).toEqual([]);
  });
});

const cookieOf = ({ cookies }: Person) => ({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') });

function expectPending(retryAfter: string | null, refusal: string): void {
  expect([retryAfter, refusal]).toEqual(['1', '409 evidence-pending']);
}
