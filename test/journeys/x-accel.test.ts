import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/free-port.js';
import { startNginx, nginxRemedy, type Nginx } from '../support/nginx.js';
import { describeWithPeer } from '../support/peers.js';
import type { LinkManifest, Person } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { problemIn } from '../support/problems.js';
import { publishModel, sha256 } from '../support/publication.js';
import { getRaw } from '../support/raw-http.js';
import { basic } from '../support/registry-client.js';

const PREFIX = '/paddock-store/';
const WEIGHTS = randomBytes(3 * 1024 * 1024);
const ETAG = `"${sha256(WEIGHTS)}"`;

describeWithPeer('files that nginx sends (X-Accel-Redirect)', ['nginx'], nginxRemedy, () => {
  let folder: string;
  let database: TestDatabase;
  let portal: TestPortal;
  let nginx: Nginx;
  let admin: Person;
  let ada: Person;
  let grant: string;
  let manifest: LinkManifest;
  /** Through nginx, and past it. */
  let url: string;
  let past: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-accel-'));
    database = await testDatabase();
    const [front, own] = [await freePort(), await freePort()];
    portal = await startPortal({
      databaseUrl: database.serverUrl,
      dataDir: folder,
      env: {
        PADDOCK_DATABASE_OWNER_URL: database.ownerUrl,
        PADDOCK_PORT: String(own),
        PADDOCK_PUBLIC_URL: `http://127.0.0.1:${front}`,
        PADDOCK_TRUSTED_PROXIES: '127.0.0.1',
        PADDOCK_X_ACCEL_PREFIX: PREFIX,
      },
    });
    nginx = await startNginx({ port: front, portals: [own], objects: join(folder, 'store/objects') });
    admin = await portal.admin();
    await publishModel(admin, { slug: 'handed', admission: 'assent', files: { 'weights.bin': WEIGHTS } });
    ada = await portal.person('ada@example.org');
    grant = await ada.accept('handed');
    manifest = await ada.links(grant, { release: 'r1' });
    url = manifest.artifacts[0]!.url;
    past = url.replace(`:${front}/`, `:${own}/`);
  });
  afterAll(async () => {
    await nginx?.stop();
    await portal.stop('SIGKILL');
    await database.drop();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  const headersOf = (answer: Response) =>
    Object.fromEntries(
      ['content-length', 'content-type', 'content-disposition', 'accept-ranges', 'etag', 'repr-digest', 'cache-control', 'referrer-policy']
        .concat('x-content-type-options', 'content-security-policy', 'last-modified', 'content-range', 'x-accel-redirect')
        .map((name) => [name, answer.headers.get(name)]),
    );
  const events = async (kind: string) =>
    (await database.query<{ n: number }>('SELECT count(*)::int AS n FROM event WHERE kind = $1', [kind]))[0]!.n;

  test('the manifest says that a running transfer is not cut', () => {
    expect(manifest).toMatchObject({ outlivesRevocationBySeconds: 1, cutsRunning: false });
  });

  test.each([
    ['whole', {}, 0, WEIGHTS.length],
    ['in part', { range: 'bytes=1000-1999' }, 1000, 2000],
    ['from a byte on', { range: `bytes=${WEIGHTS.length - 7}-` }, WEIGHTS.length - 7, WEIGHTS.length],
    ['the last bytes', { range: 'bytes=-9' }, WEIGHTS.length - 9, WEIGHTS.length],
    ['where the same file goes on', { range: 'bytes=5-9', 'if-range': ETAG }, 5, 10],
    ['where another file would', { range: 'bytes=5-9', 'if-range': '"another"' }, 0, WEIGHTS.length],
    ['of which the client has another', { 'if-none-match': '"another"' }, 0, WEIGHTS.length],
  ])('%s: the bytes and headers of the portal itself, and nginx sent them', async (_what, headers, first, end) => {
    const [before, started] = [await events('download-redirected'), await events('download-started')];
    const [handed, here] = [await fetch(url, { headers }), await fetch(past, { headers })];
    expect(handed.status).toBe(here.status);
    expect(headersOf(handed)).toEqual(headersOf(here));
    expect(Buffer.from(await handed.arrayBuffer()).equals(WEIGHTS.subarray(first, end))).toBe(true);
    expect(sha256(Buffer.from(await here.arrayBuffer()))).toBe(sha256(WEIGHTS.subarray(first, end)));
    const byNginx = !('if-range' in headers) || headers['if-range'] === ETAG;
    expect(await events('download-redirected')).toBe(before + (byNginx ? 1 : 0));
    expect(await events('download-started')).toBe(started + (byNginx ? 1 : 2));
  });

  test.each([
    ['several ranges', { range: 'bytes=0-1,5-6' }],
    ['a range that is none', { range: 'bytes=a-b' }],
    ['a range back to front', { range: 'bytes=5-2' }],
    ['a condition of its own', { 'if-match': '"another"' }],
    ['a date', { 'if-modified-since': new Date().toUTCString() }],
  ])('%s, which nginx would judge otherwise, the portal answers', async (_what, headers) => {
    const [handed, here] = [await fetch(url, { headers }), await fetch(past, { headers })];
    expect([handed.status, headersOf(handed)]).toEqual([200, headersOf(here)]);
    expect(sha256(Buffer.from(await handed.arrayBuffer()))).toBe(sha256(WEIGHTS));
    await here.arrayBuffer();
  });

  test('HEAD tells what GET would send, and sends none of it', async () => {
    const [head, get] = [await fetch(url, { method: 'HEAD' }), await fetch(url)];
    await get.arrayBuffer();
    expect([head.status, headersOf(head)]).toEqual([200, headersOf(get)]);
    expect(await head.text()).toBe('');
  });

  test.each(['bytes=3145728-', 'bytes=-0', 'bytes=99999999999999999999-'])('%s lies beyond the end: 416 with a reason', async (range) => {
    const answer = await fetch(url, { headers: { range } });
    expect(answer.headers.get('content-range')).toBe(`bytes */${WEIGHTS.length}`);
    expect(problemIn({ status: answer.status, headers: answer.headers, text: await answer.text() })).toMatchObject({ code: 'bad-range' });
  });

  test('a client that has the file is told so', async () => {
    expect((await fetch(url, { headers: { 'if-none-match': ETAG } })).status).toBe(304);
  });

  test('no address leads into the store, by whatever way it is written', async () => {
    const [row] = await database.query<{ key: string }>('SELECT storage_key AS key FROM artifact ORDER BY size DESC LIMIT 1');
    const ways = [row!.key, `../objects/${row!.key}`, row!.key.replace('/', '%2F'), `x/../${row!.key}`, '', '../../secret'];
    for (const way of ways) {
      const direct = await getRaw(nginx.url, PREFIX + way);
      expect([way, direct.status === 404 || direct.status === 400 || direct.status === 503]).toEqual([way, true]);
      expect(direct.text).not.toContain(WEIGHTS.subarray(0, 40).toString());
      const asked = await getRaw(nginx.url, '/health/live', [`x-accel-redirect: ${PREFIX}${way}`]);
      expect(asked.text).toContain('live');
    }
    // A stranger on the way past nginx cannot say that they came through it, but by an address that is trusted.
    const handed = await fetch(past);
    expect([handed.headers.get('x-accel-redirect'), (await handed.arrayBuffer()).byteLength]).toEqual([null, WEIGHTS.length]);
  });

  test('the registry’s blobs and the webseed go the same way', async () => {
    const pulled = await events('pull-redirected');
    const { token } = await ada.withToken(['download']);
    const blob = await fetch(`${nginx.url}/v2/demo-lab/handed/blobs/sha256:${sha256(WEIGHTS)}`, {
      headers: { authorization: basic(token!), range: 'bytes=10-19' },
    });
    expect([blob.status, blob.headers.get('docker-content-digest')]).toEqual([206, `sha256:${sha256(WEIGHTS)}`]);
    expect(Buffer.from(await blob.arrayBuffer()).equals(WEIGHTS.subarray(10, 20))).toBe(true);
    expect(await events('pull-redirected')).toBe(pulled + 1);

    const { artifacts } = await ada.links(grant, { release: 'r1', channel: 'torrent' });
    const seed = await fetch(artifacts[0]!.url, { headers: { range: 'bytes=10-19' } });
    expect([seed.status, seed.headers.get('etag')]).toEqual([206, ETAG]);
    expect(Buffer.from(await seed.arrayBuffer()).equals(WEIGHTS.subarray(10, 20))).toBe(true);
  });

  test('a file that is lost is refused in our form, not in that of nginx', async () => {
    const objects = join(folder, 'store/objects/artifacts');
    const files = await readdir(objects);
    for (const file of files) await rename(join(objects, file), join(folder, file));
    try {
      const answer = await fetch(url);
      expect(problemIn({ status: answer.status, headers: answer.headers, text: await answer.text() }).status).toBeGreaterThanOrEqual(500);
    } finally {
      for (const file of files) await rename(join(folder, file), join(objects, file));
    }
  });

  test('what is revoked is refused at once, in our form', async () => {
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
    await admin.post(`/grants/${grant}/revoke`, { reason: 'misuse' });
    const answer = await fetch(url);
    expect(problemIn({ status: answer.status, headers: answer.headers, text: await answer.text() })).toMatchObject({
      status: 403,
      code: 'grant-revoked',
    });
  });

  test('without a portal nginx refuses in the same form', async () => {
    portal.process.kill('SIGKILL');
    const answer = await fetch(url);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(problemIn({ status: answer.status, headers: answer.headers, text: await answer.text() })).toMatchObject({ code: 'unavailable' });
  });
});
