import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/free-port.js';
import { nginxRemedy, startNginx, type Nginx } from '../support/nginx.js';
import { describeWithPeer } from '../support/peers.js';
import type { Person } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { until } from '../support/processes.js';
import { publishModel, sha256 } from '../support/publication.js';
import { SlowDownload } from '../support/slow-download.js';
import { watchProgress } from '../support/watched-progress.js';

const MIB = 1024 * 1024;
const WEIGHTS = randomBytes(32 * MIB);

describeWithPeer('two servers on one disk, behind nginx', ['nginx'], nginxRemedy, () => {
  let folder: string;
  let database: TestDatabase;
  let portals: TestPortal[] = [];
  let own: string[];
  let nginx: Nginx;
  let ada: Person;
  let grant: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-two-'));
    database = await testDatabase();
    const [front, ...ports] = [await freePort(), await freePort(), await freePort()];
    own = ports.map((port) => `http://127.0.0.1:${port}`);
    const env = {
      PADDOCK_DATABASE_OWNER_URL: database.ownerUrl,
      PADDOCK_PUBLIC_URL: `http://127.0.0.1:${front}`,
      PADDOCK_TRUSTED_PROXIES: '127.0.0.1',
    };
    portals = await Promise.all(
      ports.map((port) => startPortal({ databaseUrl: database.serverUrl, dataDir: folder, env: { ...env, PADDOCK_PORT: String(port) } })),
    );
    nginx = await startNginx({ port: front, portals: ports });
    await publishModel(await portals[0]!.admin(), { slug: 'large', admission: 'assent', files: { 'weights.bin': WEIGHTS } });
    ada = await portals[0]!.person('ada@example.org');
    grant = await ada.accept('large');
  }, 120_000);
  afterAll(async () => {
    await nginx?.stop();
    await Promise.all(portals.map((portal) => portal.stop('SIGKILL')));
    await database.drop();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  const link = async (options = {}) => (await ada.links(grant, { release: 'r1', ...options })).artifacts[0]!.url;

  test('one tells how far the other has come', async () => {
    const url = await link();
    const watched = await watchProgress(ada.at(own[1]!), grant);
    const download = await SlowDownload.begin(url.replace(nginx.url, own[0]!), 'never');
    const told = () => watched.files[0] ?? { state: 'nothing', bytes: 0 };
    await until('it is told to run', 30_000, () => told().state === 'running' && told().bytes! > 0);
    download.stop();
    await until('it is told to have broken off', 30_000, () => told().state !== 'running');
    expect(told()).toMatchObject({ state: 'broken-off', size: WEIGHTS.length });
    watched.stop();
  });

  test('a download whose server is killed goes on by the other, and costs the link no second copy', async () => {
    const urls = [await link({ maxCopies: 2 }), await link({ maxCopies: 2 })];
    // One after the other, so that nginx gives one to each.
    const downloads = [await SlowDownload.begin(urls[0]!, 100), await SlowDownload.begin(urls[1]!, 100)];
    await until('both have some', 30_000, () => downloads.every(({ received }) => received > MIB / 2));
    await portals[0]!.stop('SIGKILL');
    await until('one is broken off', 60_000, () => downloads.some(({ over }) => over));
    const n = downloads.findIndex(({ over }) => over);
    const had = downloads[n]!.bytes;
    for (const download of downloads) download.stop();
    expect([downloads[n]!.status, had.length < WEIGHTS.length]).toEqual([200, true]);

    const headers = { range: `bytes=${had.length}-`, 'if-range': `"${sha256(WEIGHTS)}"` };
    const answer = await fetch(urls[n]!, { headers });
    expect(answer.status).toBe(206);
    const rest = Buffer.from(await answer.arrayBuffer());
    expect(sha256(Buffer.concat([had, rest]))).toBe(sha256(WEIGHTS));
    // What the dead server had reserved of the link's two copies and not sent comes back once it is known to be dead.
    const [, , id] = new URL(urls[n]!).pathname.split('/');
    await until('it is given back', 40_000, async () => {
      const [row] = await database.query<{ sent: number }>('SELECT bytes_sent::float8 AS sent FROM link_usage WHERE link_id = $1', [id]);
      return row!.sent < 1.5 * WEIGHTS.length;
    });
  }, 120_000);
});
