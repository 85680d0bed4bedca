import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describeWithPeer } from '../support/peers.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { until } from '../support/processes.js';
import { publishModel } from '../support/publication.js';
import { getRaw } from '../support/raw-http.js';
import { slowhttptest, slowhttptestRemedy } from '../support/slowhttptest.js';

const MEBIBYTE = 1024 * 1024;
const CAP = 250;
const EACH = 50;
/** Each of their downloads asks the gate twice a second. */
const READERS = 20;

/** A connection that says this and then nothing. */
async function silent(portal: string, opening: string): Promise<Socket & { said: string }> {
  const { hostname, port } = new URL(portal);
  const socket = Object.assign(connect(Number(port), hostname), { said: '' });
  socket.on('error', () => undefined).on('data', (bytes: Buffer) => (socket.said += bytes.toString()));
  await once(socket, 'connect');
  socket.write(opening);
  return socket;
}

describeWithPeer('clients that take their time (slowhttptest)', ['slowhttptest'], slowhttptestRemedy, () => {
  const its = portalUnderTest({
    PADDOCK_CLIENT_SECONDS: '2',
    PADDOCK_STALLED_SECONDS: '2',
    PADDOCK_CONNECTIONS_PER_ADDRESS: String(CAP),
  });
  let file: string;
  const metric = async (line: string) => {
    const text = await (await fetch(`${its.url}/metrics`)).text();
    return Number(
      text
        .split('\n')
        .find((one) => one.startsWith(`${line} `))
        ?.split(' ')[1] ?? 0,
    );
  };
  const memory = () => Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${its.portal.process.pid}/status`, 'utf8'))![1]) / 1024;
  beforeAll(async () => {
    await publishModel(its.admin, { slug: 'large', admission: 'open', files: { 'weights.bin': Buffer.alloc(16 * MEBIBYTE, 'w') } });
    const { body } = await its.admin.post<{ artifacts: { url: string }[] }>('/models/large/releases/r1/links');
    file = body.artifacts[0]!.url;
  });

  test('are cut in each of its modes, while others are served and an honest slow upload is not touched', async () => {
    const api = `${its.url}/api/v1`;
    const before = memory();
    const upload = honestUpload(12, 300);
    const idle = silent(its.url, '');
    const half = silent(
      its.url,
      `POST /api/v1/session HTTP/1.1\r\nhost: portal\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{`,
    );
    const [headers, body, ranges, reading] = await Promise.all([
      slowhttptest(['-H', '-i', '1'], `${api}/models`, EACH, 25),
      slowhttptest(['-B', '-i', '1', '-s', '8192', '-t', 'POST', '-f', 'application/json'], `${api}/session`, EACH, 25),
      slowhttptest(['-R', '-a', '10', '-b', '3000'], `${api}/models`, EACH, 25),
      slowhttptest(['-X', '-w', '512', '-y', '1024', '-n', '2', '-z', '32'], file, READERS, 10),
    ]);
    for (const { available } of [headers, body, ranges, reading]) expect(available).toBe(true);
    for (const { exit } of [headers, body, ranges]) expect(exit).toBe('No open connections left');
    // Of slow readers it does not say when they are cut: what they were sent before still waits for them.
    expect(await metric('paddock_clients_cut_total{reason="stalled"}')).toBeGreaterThan(0);
    expect(await metric('paddock_clients_cut_total{reason="slow-body"}')).toBeGreaterThanOrEqual(EACH);
    // Each reader may hold two blocks; whole files would be 320 MiB.
    expect(memory() - before).toBeLessThan(160);
    expect(await upload).toBe(200);
    await until('the idle one is cut', 30_000, async () => (await idle).destroyed);
    expect((await half).said).toMatch(/^HTTP\/1\.1 408 [^]*"client-too-slow"/);
    await until('their places are free', 30_000, async () => (await metric('paddock_connections')) < 5);
  });

  test('who waits for us is left alone, and a reader that comes back in time gets all of it', async () => {
    const ada = await its.person();
    const grant = await ada.obtainGrant(its.admin);
    const cookie = [...ada.cookies].map((pair) => pair.join('=')).join('; ');
    const events = await silent(its.url, `GET /api/v1/grants/${grant}/progress HTTP/1.1\r\nhost: portal\r\ncookie: ${cookie}\r\n\r\n`);
    const response = await fetch(file);
    const reader = response.body!.getReader();
    let bytes = (await reader.read()).value!.length;
    await delay(1000);
    for (let next = await reader.read(); !next.done; next = await reader.read()) bytes += next.value.length;
    expect(bytes).toBe(16 * MEBIBYTE);
    await delay(2500);
    expect(events.destroyed).toBe(false);
    expect(events.said).toMatch(/^HTTP\/1\.1 200 /);
    events.destroy();
  });

  test('one address has so many connections and no more, announces included', async () => {
    await until('all are free', 30_000, async () => (await metric('paddock_connections')) < 5);
    const held = await Promise.all(Array.from({ length: CAP }, () => silent(its.url, 'GET')));
    const refused = await getRaw(its.url, '/announce/nobody');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(JSON.parse(refused.text)).toMatchObject({ code: 'too-many-connections', remedy: expect.any(String) });
    for (const socket of held.slice(0, 10)) socket.destroy();
    await until('others find room', 30_000, async () => (await getRaw(its.url, '/health/live').catch(() => undefined))?.status === 200);
    for (const socket of held) socket.destroy();
    await until('all are free', 30_000, async () => (await metric('paddock_connections')) < 5);
    expect(await metric('paddock_connections_refused_total{code="too-many-connections"}')).toBeGreaterThan(0);
  });

  /** Slower than any of the limits' seconds, at a pace that a bad line has: 1 KiB each so many milliseconds. */
  async function honestUpload(kibibytes: number, everyMs: number): Promise<number> {
    await its.admin.post('/models/large/releases', { name: 'slow' });
    const { body } = await its.admin.post<{ id: string }>('/models/large/releases/slow/uploads', { path: 'a.bin', size: kibibytes * 1024 });
    const socket = await silent(
      its.url,
      `PATCH /api/v1/models/large/releases/slow/uploads/${body.id} HTTP/1.1\r\nhost: portal\r\norigin: ${its.url}\r\nconnection: close\r\n` +
        `cookie: ${[...its.admin.cookies].map((pair) => pair.join('=')).join('; ')}\r\n` +
        `content-type: application/octet-stream\r\nupload-offset: 0\r\ncontent-length: ${kibibytes * 1024}\r\n\r\n`,
    );
    for (let sent = 0; sent < kibibytes; sent += 1) {
      await delay(everyMs);
      socket.write(Buffer.alloc(1024));
    }
    await until('it is answered', 30_000, () => socket.said !== '');
    return Number(socket.said.split(' ')[1]);
  }
});
