import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Portal } from '../../portal/portal.js';
import { DeliveryApi } from '../delivery-api.js';
import { downloadByTorrent } from './download-by-torrent.js';

/** What becomes of the .torrent; a real swarm is in test/compat. */
const HANDS_OUT: Record<string, (response: ServerResponse) => void> = {
  breaks: (response) => response.destroy(),
  refuses: (response) => response.writeHead(403).end('{"code":"grant-revoked","detail":"It was revoked."}'),
  'leads elsewhere': (response) => response.writeHead(302, { location: 'ftp://127.0.0.1/' }).end(),
  'never ends': (response) => {
    const more = () => !response.destroyed && response.write(Buffer.alloc(1 << 20), () => setImmediate(more));
    more();
  },
};

describe('a .torrent that does not come', () => {
  let portal: Server;
  let origin: string;
  let directory: string;
  let does: string;
  beforeAll(async () => {
    portal = createServer((request, response) => {
      if (request.method === 'GET') return HANDS_OUT[does]!(response);
      const artifacts = [{ path: 'a.gguf', size: 4, sha256: 'a'.repeat(64), url: `${origin}/a` }];
      response.end(JSON.stringify({ release: 'r', torrent: `${origin}/r.torrent`, artifacts }));
    }).listen(0, '127.0.0.1');
    await new Promise((done) => portal.once('listening', done));
    origin = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`;
  });
  afterAll(() => portal.close());
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'paddock-torrent-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const download = async () => {
    const api = new DeliveryApi(new Portal(origin, undefined), 'm', 'r');
    const reasons: string[] = [];
    const watch = { onBytes: () => {}, onFallback: (reason: string) => void reasons.push(reason), stalledAfterMs: 1000 };
    return [await downloadByTorrent(api, await api.links(), directory, watch), ...reasons];
  };

  test.each([
    ['breaks', 'socket hang up'],
    ['refuses', 'grant-revoked: It was revoked.'],
    ['leads elsewhere', 'a redirect leads to ftp:'],
    ['never ends', 'too large'],
  ])('because the portal %s is left to the links, which is said', async (what, words) => {
    does = what;
    expect(await download()).toEqual([0, expect.stringContaining(words)]);
  });
});
