import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeWithPeer } from '../../../../test/support/peers.js';
import { sendFile, startLinkServer } from '../../../../test/support/link-server.js';
import { aria2Input } from './aria2-input.js';

const files = new Map([
  ['model.gguf', randomBytes(3_000_000)],
  ['sub dir/seed.torrent', Buffer.from('d4:infod4:name1:aee')],
]);

describeWithPeer('aria2c', ['aria2c'], 'apt-get install aria2', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof startLinkServer>>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-aria2-'));
    server = await startLinkServer((request, response) =>
      sendFile(files.get(decodeURIComponent(request.path.slice(1)))!, request, response),
    );
    writeFileSync(join(folder, 'input'), aria2Input(artifacts(server.url)));
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const fetchAll = () => promisify(execFile)('aria2c', ['--no-conf', '--quiet', '--input-file=input', '--dir=out'], { cwd: folder });
  const arrived = () =>
    [...files].filter(([path, content]) => readFileSync(join(folder, 'out', path)).equals(content)).map(([path]) => path);

  test('fetches everything, and nothing twice', async () => {
    await fetchAll();
    expect(arrived()).toEqual([...files.keys()]);
    await fetchAll();
    expect(arrived()).toEqual([...files.keys()]);
  });

  test('goes on with a partial file', async () => {
    await fetchAll();
    writeFileSync(join(folder, 'out/model.gguf'), files.get('model.gguf')!.subarray(0, 2_000_000));
    server.seen.length = 0;
    await fetchAll();
    expect(arrived()).toEqual([...files.keys()]);
    // aria2 asks without a range first, reads the header only, and goes on at a multiple of 16 KiB.
    expect(server.seen.map((request) => request.range)).toContain('bytes=1998848-2999999');
  });

  test('replaces bytes whose SHA-256 is wrong', async () => {
    await fetchAll();
    writeFileSync(join(folder, 'out/model.gguf'), Buffer.alloc(3_000_000, 1));
    await fetchAll();
    expect(arrived()).toEqual([...files.keys()]);
  });
});

test('refuses values that could add options', () => {
  const artifact = artifacts('http://h')[0]!;
  expect(() => aria2Input([{ ...artifact, path: 'a\n  on-download-complete=x' }])).toThrow(RangeError);
  expect(() => aria2Input([{ ...artifact, url: 'http://h/a http://h/b' }])).toThrow(RangeError);
});

function artifacts(origin: string) {
  return [...files].map(([path, content]) => ({
    path,
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    url: `${origin}/${encodeURIComponent(path)}`,
  }));
}
