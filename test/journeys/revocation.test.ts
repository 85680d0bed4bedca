import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { testDatabase, type TestDatabase } from '../support/database.js';
import type { Person } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { childrenOf, until } from '../support/processes.js';
import { publishModel, sha256 } from '../support/publication.js';
import { SlowDownload } from '../support/slow-download.js';

const MIB = 1024 * 1024;
/** The second that the design allows, and what a busy machine adds. */
const LIMIT_MS = 1500;

interface Event {
  code: string | null;
  detail: { bytes: number; outcome: string };
}

describe('what is revoked stops', () => {
  let database: TestDatabase;
  let portal: TestPortal;
  let admin: Person;
  const weights = randomBytes(96 * MIB);

  beforeAll(async () => {
    database = await testDatabase();
    portal = await startPortal({ databaseUrl: database.serverUrl, env: { PADDOCK_DATABASE_OWNER_URL: database.ownerUrl } });
    admin = await portal.admin();
    await publishModel(admin, { slug: 'large', admission: 'assent', files: { 'weights.bin': weights } });
  });
  afterAll(async () => {
    await portal.stop('SIGKILL');
    await database.drop();
  });

  let people = 0;
  async function downloader(model = 'large') {
    const person = await portal.person(`reader-${(people += 1)}@example.org`);
    const grant = await person.accept(model);
    const manifest = await person.links(grant, { release: 'r1' });
    return { person, grant, link: manifest.link, url: manifest.artifacts[0]!.url };
  }

  /** Milliseconds from the answer to the cause until the running download was cut. */
  async function cutAfter(download: SlowDownload, cause: () => Promise<unknown>): Promise<number> {
    expect(download.status).toBe(200);
    // The stream has been going for a while and was asked about already.
    await setTimeout(700);
    await cause();
    const began = performance.now();
    const ended = await Promise.race([download.ended, setTimeout(5000, Infinity, { ref: false })]);
    download.stop();
    expect(download.received).toBeLessThan(weights.length);
    return ended - began;
  }

  async function refusal(url: string): Promise<{ status: number; code: string }> {
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const { code } = (await answer.json()) as { code: string };
    return { status: answer.status, code };
  }

  test.each(['revoke', 'suspend'] as const)('%s cuts a running download within a second', async (command) => {
    const { person, grant, url } = await downloader();
    const download = await SlowDownload.begin(url, 20);
    expect(await cutAfter(download, () => admin.post(`/grants/${grant}/${command}`, { reason: 'misuse' }))).toBeLessThan(LIMIT_MS);
    const code = command === 'revoke' ? 'grant-revoked' : 'grant-suspended';
    expect(await refusal(url)).toEqual({ status: 403, code });
    const again = await person.post<{ code: string }>(`/grants/${grant}/links`, { release: 'r1' });
    expect([again.status, again.body.code]).toEqual([403, code]);
  });

  test('a suspension that is lifted opens the same link again', async () => {
    const { grant, url } = await downloader();
    await admin.post(`/grants/${grant}/suspend`, { reason: 'a question' });
    expect(await refusal(url)).toEqual({ status: 403, code: 'grant-suspended' });
    await admin.post(`/grants/${grant}/resume`, { reason: 'answered' });
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
  });

  test('a client that stopped reading is cut too', async () => {
    const { grant, url } = await downloader();
    const download = await SlowDownload.begin(url, 'never');
    expect(await cutAfter(download, () => admin.post(`/grants/${grant}/revoke`, { reason: 'misuse' }))).toBeLessThan(LIMIT_MS);
  });

  test('withdrawing the release cuts its downloads and names the replacement', async () => {
    const files = { 'weights.bin': weights.subarray(0, 64 * MIB) };
    await publishModel(admin, { slug: 'withdrawn', admission: 'assent', files });
    await admin.post('/models/withdrawn/releases', { name: 'r2' });
    const { url } = await downloader('withdrawn');
    const download = await SlowDownload.begin(url, 20);
    expect(
      await cutAfter(download, () => admin.post('/models/withdrawn/releases/r1/withdraw', { reason: 'a bug', replacement: 'r2' })),
    ).toBeLessThan(LIMIT_MS);
    const answer = await fetch(url);
    expect(answer.status).toBe(410);
    expect(await answer.json()).toMatchObject({ code: 'release-withdrawn', replacement: 'r2' });
  });

  test('a download that broke off goes on by Range and If-Range to the same bytes', async () => {
    const { url } = await downloader();
    const download = await SlowDownload.begin(url, 1);
    await until('some has arrived', 30_000, () => download.received > 2 * MIB);
    download.stop();
    await download.ended;
    const first = download.bytes;
    const etag = `"${sha256(weights)}"`;
    const rest = await fetch(url, { headers: { range: `bytes=${first.length}-`, 'if-range': etag } });
    expect(rest.status).toBe(206);
    expect(rest.headers.get('content-range')).toBe(`bytes ${first.length}-${weights.length - 1}/${weights.length}`);
    expect(sha256(Buffer.concat([first, Buffer.from(await rest.arrayBuffer())]))).toBe(sha256(weights));
    const whole = await fetch(url, { headers: { range: 'bytes=5-', 'if-range': '"another"' } });
    expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, weights.length]);
  });

  test('the events tell how many bytes were sent, and how it ended', async () => {
    const { grant, link, url } = await downloader();
    await (await fetch(url, { headers: { range: 'bytes=0-999' } })).arrayBuffer();
    const cut = await SlowDownload.begin(url, 20);
    await admin.post(`/grants/${grant}/revoke`, { reason: 'misuse' });
    await cut.ended;
    await refusal(url);
    const events = async (kind: string) => (await admin.get<{ items: Event[] }>(`/audit/events?kind=${kind}&subject=${link}`)).body.items;
    await until('both ends are recorded', 30_000, async () => (await events('download-ended')).length === 2);
    const [broken, complete] = await events('download-ended');
    expect(complete!.detail).toMatchObject({ bytes: 1000, outcome: 'complete' });
    expect(broken!.detail.outcome).toBe('cut');
    expect(broken!.detail.bytes).toBeGreaterThanOrEqual(cut.received);
    expect(broken!.detail.bytes).toBeLessThan(weights.length);
    expect((await events('download-refused')).map(({ code }) => code)).toEqual(['grant-revoked']);
  });
});

describe('a stream without its database', () => {
  test('is cut, for nobody can say whether it is still allowed', async () => {
    const portal = await startPortal();
    try {
      const admin = await portal.admin();
      await publishModel(admin, { slug: 'large', admission: 'open', files: { 'weights.bin': randomBytes(64 * MIB) } });
      const { body } = await admin.post<{ artifacts: { url: string }[] }>('/models/large/releases/r1/links');
      const download = await SlowDownload.begin(body.artifacts[0]!.url, 20);
      const postgres = processesOfPostgres(portal.dataDir);
      for (const pid of postgres) process.kill(pid, 'SIGSTOP');
      const began = performance.now();
      const ended = await Promise.race([download.ended, setTimeout(8000, Infinity, { ref: false })]);
      for (const pid of postgres) process.kill(pid, 'SIGCONT');
      download.stop();
      expect(ended - began).toBeLessThan(LIMIT_MS);
      await until('ready again', 30_000, async () => (await fetch(`${portal.url}/health/ready`)).status === 200);
    } finally {
      await portal.stop('SIGKILL');
    }
  });
});

function processesOfPostgres(dataDir: string): number[] {
  const postmaster = Number.parseInt(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10);
  return [postmaster, ...childrenOf(postmaster)];
}
