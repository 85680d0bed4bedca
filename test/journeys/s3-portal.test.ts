import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { cephRgwPrograms, cephRgwRemedy, type CephRgw } from '../support/ceph-rgw.js';
import { CLOUDFRONT, admittedByEdge } from '../support/cloudfront-url.js';
import { runProgram, startPaddock } from '../support/command-line.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { describeWithPeer } from '../support/peers.js';
import type { LinkManifest, Person } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { until } from '../support/processes.js';
import { PublicLogReader } from '../support/public-log.js';
import { publishModel, sha256 } from '../support/publication.js';
import { basic } from '../support/registry-client.js';
import { startS3Bucket } from '../support/s3-bucket.js';
import { handedOut, startAria2, startLibtorrent, untilDone } from '../support/torrent-peers.js';

const MIB = 1024 * 1024;
const PRESIGN_SECONDS = 5;
const REMEDY = `${cephRgwRemedy} aria2 curl python3-libtorrent`;
const FILES = { 'README.md': Buffer.from('# in a bucket\n'), 'weights/model one+two.bin': randomBytes(20 * MIB) };
const [WEIGHTS] = [FILES['weights/model one+two.bin']];

describeWithPeer('a portal whose files are in S3 (Ceph RGW)', [...cephRgwPrograms, 'aria2c', 'curl'], REMEDY, () => {
  let rgw: CephRgw;
  let database: TestDatabase;
  let portal: TestPortal;
  let folder: string;
  let person: Person;
  let grant: string;
  let env: Record<string, string | undefined>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-s3-'));
    const [bucket, own] = await Promise.all([startS3Bucket(), testDatabase()]);
    [rgw, database] = [bucket.rgw, own];
    env = {
      PADDOCK_DATABASE_OWNER_URL: database.ownerUrl,
      PADDOCK_SECRET: 'a master secret of more than 32 characters',
      ...bucket.env,
      PADDOCK_PRESIGN_SECONDS: String(PRESIGN_SECONDS),
    };
    // Nothing has to be kept on disk then, so the folder need not be there.
    portal = await startPortal({ databaseUrl: database.serverUrl, dataDir: join(folder, 'absent'), env });
    await publishModel(await portal.admin(), { slug: 'bucketed', admission: 'assent', files: FILES });
    person = await portal.person('s3@example.org');
    grant = await person.accept('bucketed');
  });
  afterAll(async () => {
    await portal.stop('SIGKILL');
    await rgw.stop();
    await database.drop();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  const links = (options = {}) => person.links(grant, { release: 'r1', ...options });
  const weightsOf = ({ artifacts }: LinkManifest) => artifacts.find(({ size }) => size === WEIGHTS.length)!.url;
  const redirect = async (url: string, init: RequestInit = {}) => {
    const answer = await fetch(url, { redirect: 'manual', ...init });
    expect([answer.status, await answer.text()]).toEqual([302, '']);
    return answer.headers.get('location')!;
  };

  test.each(['GET', 'HEAD'])('%s is redirected to a URL that is signed for it', async (method) => {
    const location = await redirect(weightsOf(await links()), { method });
    expect(location.startsWith(`${rgw.endpoint}/weights/`)).toBe(true);
    const answer = await fetch(location, { method });
    expect([answer.status, Number(answer.headers.get('content-length'))]).toEqual([200, WEIGHTS.length]);
    expect(answer.headers.get('content-disposition')).toContain('model one+two.bin');
    await answer.arrayBuffer();
  });

  test('a Range is answered by the store, so that a download goes on', async () => {
    const url = weightsOf(await links());
    const rest = await fetch(url, { headers: { range: `bytes=${5 * MIB}-` } });
    expect(rest.status).toBe(206);
    const bytes = Buffer.concat([WEIGHTS.subarray(0, 5 * MIB), Buffer.from(await rest.arrayBuffer())]);
    expect(sha256(bytes)).toBe(sha256(WEIGHTS));
  });

  test('the download script goes on with what is there', async () => {
    const target = mkdtempSync(join(folder, 'script-'));
    const script = await (await fetch((await links()).script)).text();
    writeFileSync(join(folder, 'download.sh'), script);
    expect(await runProgram('sh', ['download.sh', target], { cwd: folder })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('2 fetched, 0 already there'),
    });
    expectFiles(target);
  });

  test('aria2 fetches and verifies by the input file', async () => {
    const target = mkdtempSync(join(folder, 'aria2-'));
    const input = await (await fetch((await links()).aria2)).text();
    const { code } = await runProgram('aria2c', ['--no-conf', '--quiet', '--input-file=-'], { cwd: target, input });
    expect(code).toBe(0);
    expectFiles(target);
  });

  test('the seeder reads it for a swarm: libtorrent completes from the seeder alone, and no file is on the portal’s disk', async () => {
    const target = mkdtempSync(join(folder, 'swarm-'));
    const torrent = await handedOut((await links({ channel: 'torrent' })).torrent!, target, 'release');
    const peer = startLibtorrent(torrent, target, '127.0.0.2', 'no-webseed');
    await untilDone(peer);
    await peer.stop();
    expectFiles(join(target, 'bucketed-r1'));
    expect(existsSync(join(folder, 'absent/store'))).toBe(false);
  });

  test('the webseed redirects there: aria2 completes from the webseed alone', async () => {
    const target = mkdtempSync(join(folder, 'webseed-'));
    const torrent = await handedOut((await links({ channel: 'torrent' })).torrent!, target, 'release');
    const peer = startAria2(torrent, target, '127.0.0.3', '--bt-exclude-tracker=*');
    await untilDone(peer);
    expect(peer.process.exitCode).toBe(0);
    expectFiles(join(target, 'bucketed-r1'));
  });

  test('a direct URL says how long it outlives a revocation, and a redirected one ends after the presign time', async () => {
    const direct = await links({ channel: 'direct', expiresIn: 60 });
    expect(direct).toMatchObject({ channel: 'direct', outlivesRevocationBySeconds: expect.closeTo(60, -1) });
    expect(weightsOf(direct).startsWith(rgw.endpoint)).toBe(true);
    const linked = await links();
    expect(linked).toMatchObject({ outlivesRevocationBySeconds: PRESIGN_SECONDS });
    const location = await redirect(weightsOf(linked));
    const range = { headers: { range: 'bytes=0-9' } };
    expect((await fetch(location, range)).status).toBe(206);
    await setTimeout((PRESIGN_SECONDS + 1.2) * 1000);
    expect((await fetch(location, range)).status).toBe(403);
    expect((await fetch(weightsOf(linked), range)).status).toBe(206);
    expect((await fetch(weightsOf(direct), range)).status).toBe(206);
  });

  test('after a suspension nothing is redirected any more', async () => {
    const url = weightsOf(await links());
    const admin = await portal.admin();
    await admin.post(`/grants/${grant}/suspend`, { reason: 'a question' });
    const answer = await fetch(url, { redirect: 'manual' });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'grant-suspended']);
    await admin.post(`/grants/${grant}/resume`, { reason: 'answered' });
  });

  test('the ledger lies in the bucket, is whole there as strangers read it, and is checked by its operator', async () => {
    const [rows] = await database.query<{ entries: number }>('SELECT count(*)::int AS entries FROM ledger_entry');
    await new PublicLogReader(portal.url).checkpointOf(rows!.entries);
    const { size } = await new PublicLogReader(portal.url).expectWhole();
    const operator = { ...(env as Record<string, string>), PADDOCK_DATABASE_URL: database.serverUrl };
    const checked = await startPaddock(portal.url, undefined, ['ledger', 'check'], operator).ended;
    expect(checked).toMatchObject({ code: 0, stdout: `${size} entries: the ledger is whole\n` });
  });

  test('a portal that keeps nothing on disk still finds a place for the link of the first administrator', async () => {
    const own = await testDatabase();
    const dataDir = join(folder, 'also-absent');
    const nobody = {
      PADDOCK_DATABASE_OWNER_URL: own.ownerUrl,
      PADDOCK_ADMIN_EMAIL: undefined,
      PADDOCK_ADMIN_PASSWORD: undefined,
      PADDOCK_DEMO: 'false',
    };
    const other = await startPortal({ databaseUrl: own.serverUrl, dataDir, env: { ...env, ...nobody } });
    expect(readFileSync(join(dataDir, 'first-administrator-link'), 'utf8')).toMatch(/^http:.*#token=[\w-]{43}\n$/);
    await other.stop('SIGKILL');
    await own.drop();
  });

  test('with CloudFront in front of the bucket every door leads there, once the gate has said yes', async () => {
    const other = await startPortal({ databaseUrl: database.serverUrl, dataDir: join(folder, 'absent'), env: { ...env, ...CLOUDFRONT } });
    const [row] = await database.query<{ key: string }>('SELECT storage_key AS key FROM artifact WHERE size = $1', [WEIGHTS.length]);
    const there = (url: string) => url.replace(portal.url, other.url);
    const led = async (url: string, init: RequestInit = {}) => {
      const answer = await fetch(there(url), { redirect: 'manual', ...init });
      const { key, seconds, query } = admittedByEdge(answer.headers.get('location')!);
      expect([key, seconds]).toEqual([row!.key, expect.closeTo(PRESIGN_SECONDS, -1)]);
      expect(seconds).toBeLessThanOrEqual(PRESIGN_SECONDS);
      return { status: answer.status, query };
    };
    const link = weightsOf(await links());
    for (const method of ['GET', 'HEAD']) {
      const { status, query } = await led(link, { method });
      expect([status, query.get('response-content-disposition')]).toEqual([302, expect.stringContaining('model one+two.bin')]);
    }
    const torrent = await links({ channel: 'torrent' });
    expect((await led(weightsOf(torrent))).status).toBe(302);
    const { token } = await person.withToken(['download']);
    const blob = `${portal.url}/v2/demo-lab/bucketed/blobs/sha256:${sha256(WEIGHTS)}`;
    expect((await led(blob, { headers: { authorization: basic(token!) } })).status).toBe(307);

    const direct = await person
      .at(other.url)
      .post<LinkManifest>(`/grants/${grant}/links`, { release: 'r1', channel: 'direct', expiresIn: 90 });
    const told = admittedByEdge(weightsOf(direct.body));
    expect([told.key, told.seconds]).toEqual([row!.key, expect.closeTo(90, -1)]);

    const admin = await portal.admin();
    await admin.post(`/grants/${grant}/suspend`, { reason: 'a question' });
    const status = async (url: string) => (await fetch(there(url), { redirect: 'manual' })).status;
    expect(await status(link)).toBe(403);
    // Of a passkey another process may believe for a moment what it knew.
    await until('the webseed is refused', 1500, async () => (await status(weightsOf(torrent))) === 403);
    await admin.post(`/grants/${grant}/resume`, { reason: 'answered' });
    expect(other.output()).not.toContain('PRIVATE KEY');
    await other.stop('SIGKILL');
  });

  test('credentials change without a pause: with either pair the portal reads, writes and signs, and says which it uses', async () => {
    const next = { PADDOCK_S3_ACCESS_KEY_ID: 'the-next-pair', PADDOCK_S3_SECRET_ACCESS_KEY: 'its-secret-is-no-secret-here' };
    const former = { id: rgw.accessKeyId, secret: rgw.secretAccessKey };
    const pairs = {
      ...next,
      PADDOCK_S3_PREVIOUS_ACCESS_KEY_ID: former.id,
      PADDOCK_S3_PREVIOUS_SECRET_ACCESS_KEY: former.secret,
      PADDOCK_PRESIGN_SECONDS: '60',
    };
    const other = await startPortal({ databaseUrl: database.serverUrl, dataDir: join(folder, 'absent'), env: { ...env, ...pairs } });
    const admin = await other.admin();
    const standing = async () => {
      const { body } = await admin.get<{ items: { name: string; id: string; steps: { state: string }[] }[] }>('/system/keys');
      const { id, steps } = body.items.find(({ name }) => name === 's3')!;
      return [id, steps.map(({ state }) => state)];
    };
    const url = weightsOf(await links()).replace(portal.url, other.url);
    const opens = async () => (await fetch(await redirect(url), { headers: { range: 'bytes=0-9' } })).status;
    // The server does not know the next pair yet.
    expect([await opens(), await standing()]).toEqual([206, [former.id, ['next', 'later', 'later']]]);
    await rgw.giveKey(next.PADDOCK_S3_ACCESS_KEY_ID, next.PADDOCK_S3_SECRET_ACCESS_KEY);
    await rgw.takeKey(former.id);
    await until('the next pair is in use', 30_000, async () => (await standing())[0] === next.PADDOCK_S3_ACCESS_KEY_ID);
    expect([await opens(), await standing()]).toEqual([206, [next.PADDOCK_S3_ACCESS_KEY_ID, ['done', 'next', 'later']]]);
    await publishModel(admin, { slug: 'after-the-change', admission: 'open', files: { 'README.md': FILES['README.md'] } });
    expect(await database.query(`SELECT detail FROM event WHERE kind = 'key-rotated'`)).toEqual([
      { detail: { key: 's3', id: next.PADDOCK_S3_ACCESS_KEY_ID } },
    ]);
    expect(other.output()).not.toContain(next.PADDOCK_S3_SECRET_ACCESS_KEY);
    await rgw.giveKey(former.id, former.secret);
    await other.stop('SIGKILL');
  });

  test('while the store is down the portal is not ready and answers 503 with Retry-After', async () => {
    const url = weightsOf(await links());
    await rgw.stop();
    // What the portal saw of the store a moment ago it may believe for that moment.
    await setTimeout(2100);
    const answers = await Promise.all([
      fetch(url, { redirect: 'manual' }),
      fetch(url, { method: 'HEAD', redirect: 'manual' }),
      fetch(`${portal.url}/health/ready`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(answers[0].headers.get('retry-after')).toBe('2');
    expect(await answers[2].json()).toEqual({ state: 'not-ready', database: 'up', store: 'down' });
    expect((await fetch(`${portal.url}/api/v1/models`)).status).toBe(200);
  });

  function expectFiles(target: string): void {
    for (const [path, bytes] of Object.entries(FILES)) {
      expect(statSync(join(target, path)).size).toBe(bytes.length);
      expect(sha256(readFileSync(join(target, path)))).toBe(sha256(bytes));
    }
  }
});
