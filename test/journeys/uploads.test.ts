import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { failInserts, testDatabase, type TestDatabase } from '../support/database.js';
import type { Person } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { until } from '../support/processes.js';

interface Upload {
  id: string;
  offset: number;
  state: string;
  sha256?: string;
}

describe('uploads into a portal on disk', () => {
  const bytes = randomBytes(5_000_000);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const address = '/models/uploaded/releases/r1/uploads';
  let database: TestDatabase;
  let dataDir: string;
  let portal: TestPortal;
  let admin: Person;

  const start = async () => {
    portal = await startPortal({ dataDir, databaseUrl: database.serverUrl, env: { PADDOCK_DATABASE_OWNER_URL: database.ownerUrl } });
    admin = await portal.admin();
  };
  beforeAll(async () => {
    database = await testDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'paddock-uploads-'));
    await start();
    await admin.post('/models', { publisher: 'demo-lab', slug: 'uploaded', title: 'Uploaded' });
    await admin.post('/models/uploaded/releases', { name: 'r1' });
  });
  afterAll(async () => {
    await portal.stop();
    await database.drop();
    await rm(dataDir, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  const open = async (path: string) => (await admin.post<Upload>(address, { path, size: bytes.length })).body;
  const find = async (id: string) => (await admin.get<Upload>(`${address}/${id}`)).body;

  /** Sends from an offset up to `until`; before the end of the file, the connection is cut there. */
  async function send(id: string, from: number, until = bytes.length): Promise<Upload | undefined> {
    const token = (await admin.withToken(['publish'])).token!;
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      'upload-offset': from,
      'content-length': bytes.length - from,
    };
    return new Promise((done) => {
      const sending = request(`${portal.url}/api/v1${address}/${id}`, { method: 'PATCH', headers }, (response) => {
        let text = '';
        response.on('data', (part: Buffer) => (text += part.toString())).on('end', () => done(JSON.parse(text) as Upload));
      });
      sending.on('error', () => done(undefined));
      sending.write(bytes.subarray(from, until), () => until < bytes.length && setTimeout(() => sending.destroy(), 200));
      if (until === bytes.length) sending.end();
    });
  }

  /** Where it stands once the cut was noticed. */
  async function settled(id: string): Promise<number> {
    let { offset } = await find(id);
    for (let last = -1; offset !== last; [last, offset] = [offset, (await find(id)).offset]) await delay(300);
    return offset;
  }

  test('go on after the connection was cut, and end with the digest of the whole', async () => {
    const { id } = await open('cut.bin');
    expect(await send(id, 0, 2_500_001)).toBeUndefined();
    const offset = await settled(id);
    expect(offset).toBeGreaterThan(0);
    expect(await send(id, offset)).toMatchObject({ state: 'complete', sha256 });
  });

  test('go on after the server was started again', async () => {
    const { id } = await open('restarted.bin');
    await send(id, 0, 3_000_000);
    const offset = await settled(id);
    await portal.stop();
    await start();
    expect(await open('restarted.bin')).toMatchObject({ id, offset, state: 'open' });
    expect(await send(id, offset)).toMatchObject({ state: 'complete', sha256 });
  });

  test('side by side do not mix', async () => {
    const uploads = await Promise.all(['a.bin', 'b.bin', 'c.bin'].map(open));
    const complete = await Promise.all(uploads.map(({ id }) => send(id, 0)));
    expect(complete.map((upload) => upload?.sha256)).toEqual([sha256, sha256, sha256]);
  });

  describe('given up', () => {
    const store = () => join(dataDir, 'store');
    const objectOf = (key: string) => join(store(), 'objects', key);
    const garbage = () => database.query('SELECT FROM garbage_object');
    const patch = async (upload: string, body: Buffer) => {
      const headers = { 'content-type': 'application/octet-stream', 'upload-offset': '0' };
      return (await admin.call('PATCH', upload, { body, headers })).status;
    };

    test('a blob that arrived whole when the database failed goes, also where nobody comes back', async () => {
      const runtime = '/runtimes/demo-lab/given-up';
      const blob = bytes.subarray(0, 3000);
      const digest = `sha256:${createHash('sha256').update(blob).digest('hex')}`;
      await admin.call('PUT', runtime, { body: { access: 'public' } });
      await failInserts(database, 'blob', `NEW.digest = '${digest}'`);
      const opened = async (size: number) => (await admin.post<Upload>(`${runtime}/blobs`, { digest, size })).body.id;
      // Begun with another size, and sent to its half.
      expect(await patch(`${runtime}/blobs/${await opened(6000)}`, blob)).toBe(200);
      const id = await opened(blob.length);
      const object = objectOf(`blobs/${digest.replace(':', '/')}/${id}`);
      expect([await patch(`${runtime}/blobs/${id}`, blob), existsSync(object)]).toEqual([503, true]);
      await database.query(`UPDATE blob_upload SET created_at = now() - interval '2 days'`);
      const rows = () => database.query('SELECT FROM blob_upload');
      await until('it is gone', 30_000, async () => !existsSync(object) && (await garbage()).length === 0 && (await rows()).length === 0);
      expect(await patch(`${runtime}/blobs/${id}`, blob)).toBe(404);
      expect(readdirSync(join(store(), 'uploads'))).toEqual([]);
    });

    test('an artifact that arrived whole when the database failed is sent again, or goes as the release is published', async () => {
      const [kept, dropped] = [await open('again.bin'), await open('dropped.bin')];
      const undo = await failInserts(database, 'artifact', `NEW.path IN ('again.bin', 'dropped.bin')`);
      for (const { id } of [kept, dropped])
        expect([await patch(`${address}/${id}`, bytes), existsSync(objectOf(`artifacts/${id}`))]).toEqual([503, true]);
      await undo();
      expect((await send((await open('again.bin')).id, 0))!.sha256).toBe(sha256);
      await admin.post('/models/uploaded/terms', { admission: 'open', license: 'sample-permissive' });
      await admin.post('/models/uploaded/releases/r1/publish');
      await until('it is gone', 30_000, async () => (await garbage()).length === 0 && !existsSync(objectOf(`artifacts/${dropped.id}`)));
      const [again] = await database.query<{ key: string }>(`SELECT storage_key AS key FROM artifact WHERE path = 'again.bin'`);
      expect(readFileSync(objectOf(again!.key)).equals(bytes)).toBe(true);
    });
  });

  test('one that is refused on the way leaves its connection to the next request', async () => {
    await admin.post('/models/uploaded/releases', { name: 'refused' });
    const uploads = '/models/uploaded/releases/refused/uploads';
    const { body: opened } = await admin.post<Upload>(uploads, { path: 'short.bin', size: 1_000_000 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const cookie = [...admin.cookies].map((pair) => pair.join('=')).join('; ');
    const ask = (method: string, path: string, body: Buffer, more: Record<string, string>) =>
      new Promise<number>((done, fail) => {
        const headers = { cookie, origin: portal.url, 'content-length': String(body.length), ...more };
        const sent = request(`${portal.url}/api/v1${path}`, { method, agent, headers }, (response) => {
          response.resume().once('end', () => done(response.statusCode!));
        });
        sent.once('error', fail).setTimeout(20_000, () => sent.destroy(new Error('no answer')));
        sent.end(body);
      });
    const upload = { 'content-type': 'application/octet-stream', 'upload-offset': '0' };
    expect(await ask('PATCH', `${uploads}/${opened.id}`, Buffer.alloc(16_000_000), upload)).toBe(409);
    expect(await ask('GET', '/models', Buffer.alloc(0), {})).toBe(200);
    agent.destroy();
  });
});
