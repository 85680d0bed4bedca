import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guardedFetch } from './guarded-fetch.js';

describe('guarded fetch', () => {
  let server: Server;
  let port: number;
  const asked: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url!);
      if (request.url === '/moved') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      else if (request.url !== '/silent') response.end('hello');
    }).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const careful = guardedFetch({ allowPrivate: false, timeoutMs: 2000 });
  const trusting = guardedFetch({ allowPrivate: true, timeoutMs: 300 });

  test.each(['127.0.0.1', 'localhost', '[::1]', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]'])('%s is not asked', async (host) => {
    asked.length = 0;
    await expect(careful(`http://${host}:${port}/`)).rejects.toMatchObject({ name: 'AdapterFailure', transient: false });
    expect(asked).toEqual([]);
  });

  test.each(['file:///etc/passwd', 'gopher://example.org/', 'http://user:secret@example.org/'])('%s is not asked', async (url) => {
    await expect(careful(url)).rejects.toMatchObject({ transient: false, message: expect.not.stringContaining('secret') });
  });

  test('asks a private address where the operator allows it, and hands a redirect back', async () => {
    expect(await (await trusting(`http://localhost:${port}/`)).text()).toBe('hello');
    const moved = await trusting(`http://127.0.0.1:${port}/moved`);
    expect([moved.status, moved.headers.get('location')]).toEqual([302, 'http://169.254.169.254/']);
  });

  test('who does not answer in time has failed for now', async () => {
    await expect(trusting(`http://127.0.0.1:${port}/silent`)).rejects.toMatchObject({ name: 'AdapterFailure', transient: true });
    await expect(trusting('http://127.0.0.1:1/')).rejects.toMatchObject({ transient: true });
  });
});
