import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PublishingServer } from '../../../../test/support/publishing-server.js';
import { Portal } from '../portal/portal.js';
import { publishRelease } from './publish-release.js';
import { PublishingApi } from './publishing-api.js';
import { scanDirectory } from './scan-directory.js';

const contents = { 'model.gguf': randomBytes(5_000_000), 'docs/README.md': Buffer.from('# Hi'), 'z.bin': randomBytes(1_500_000) };

let folder: string;
let server: PublishingServer;
let api: PublishingApi;
let notes: string[];
let counted: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-publish-'));
  mkdirSync(join(folder, 'docs'));
  for (const [path, bytes] of Object.entries(contents)) writeFileSync(join(folder, path), bytes);
  server = new PublishingServer();
  api = new PublishingApi(new Portal(await server.start(), 'secret'), 'lab-m', 'v1');
  notes = [];
  counted = 0;
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const watch = {
  onBytes: (count: number) => void (counted += count),
  onFile: () => {},
  onRetry: (path: string, reason: string) => void notes.push(`${path}: ${reason}`),
  firstPauseMs: 1,
};
const publish = async (options: { draft?: boolean } = {}) =>
  publishRelease(
    api,
    {
      files: await scanDirectory(folder),
      accessOf: (path) => (path.endsWith('.md') ? 'public' : 'gated'),
      license: 'community',
      draft: options.draft ?? false,
    },
    watch,
  );
const arrived = () =>
  Object.entries(contents)
    .filter(([path, bytes]) => server.held(path)?.bytes.equals(bytes))
    .map(([path]) => path);
const totalBytes = Object.values(contents).reduce((sum, bytes) => sum + bytes.length, 0);

describe('publishing', () => {
  test('creates the release, uploads everything and publishes it', async () => {
    const uploaded = await publish();
    expect(uploaded.map((file) => file.path)).toEqual(['docs/README.md', 'model.gguf', 'z.bin']);
    expect(arrived()).toEqual(Object.keys(contents));
    expect(server.release).toEqual({ state: 'published', license: 'community' });
    expect(server.held('docs/README.md')?.access).toBe('public');
    expect(server.mostInFlight).toBeLessThanOrEqual(2);
    expect(counted).toBe(totalBytes);
  });

  test('a draft stays a draft, and a second run sends nothing', async () => {
    await publish({ draft: true });
    expect(server.release?.state).toBe('draft');
    server.log.length = 0;
    const again = await publish();
    expect(again.every((file) => !file.sent)).toBe(true);
    expect(server.log.filter((line) => line.startsWith('PATCH'))).toEqual([]);
    expect(server.release?.state).toBe('published');
  });

  test('what is published already is compared and left alone', async () => {
    await publish();
    server.log.length = 0;
    await publish();
    expect(server.log).not.toContain('POST /v1/publish');
    appendFileSync(join(folder, 'new.txt'), 'x');
    await expect(publish()).rejects.toMatchObject({ code: 'release-published', detail: expect.stringContaining('lacks new.txt') });
  });

  test('goes on where the connection was cut, as often as there is progress', async () => {
    server.cuts = { count: 12, afterBytes: 400_000 };
    await publish();
    expect(arrived()).toEqual(Object.keys(contents));
    expect(server.log).toContain('PATCH /v1/uploads/u1 400000');
    expect(notes.length).toBeGreaterThan(5);
    expect(counted).toBe(totalBytes);
  });

  test('goes on after an earlier run, and checks the bytes of that run too', async () => {
    server.release = { state: 'draft' };
    server.open({ path: 'model.gguf', size: 5_000_000, access: 'gated' }).bytes = contents['model.gguf'].subarray(0, 3_000_001);
    await publish();
    expect(server.log).toContain('PATCH /v1/uploads/u0 3000001');
    expect(arrived()).toEqual(Object.keys(contents));
  });

  test('gives up after eight losses without progress', async () => {
    server.cuts = { count: 1000, afterBytes: 0 };
    await expect(publish()).rejects.toMatchObject({ code: 'portal-unreachable', exitCode: 3 });
    expect(server.release?.state).toBe('draft');
  });

  test('waits out a portal that is restarting', async () => {
    await api.createRelease(undefined);
    const open = api.openUpload.bind(api);
    api.openUpload = (...args) => {
      server.unavailable = notes.length === 0 ? 2 : 0;
      return open(...args);
    };
    await publish();
    expect(notes).toContainEqual(expect.stringMatching(/^docs.README.md: .*because unavailable$/));
    expect(arrived()).toEqual(Object.keys(contents));
  });

  test('asks for the offset when the portal names another', async () => {
    const find = api.openUpload.bind(api);
    api.openUpload = async (file) => {
      const upload = await find(file);
      server.uploads.get(upload.id)!.bytes = contents[file.path as keyof typeof contents].subarray(0, 3);
      return upload;
    };
    await publish();
    expect(notes).toContain('model.gguf: because upload-offset');
    expect(arrived()).toEqual(Object.keys(contents));
  });

  test('a refusal in the middle of sending is shown as the portal said it', async () => {
    server.refusal = { status: 403, code: 'role-missing', detail: 'You are no publisher.', remedy: 'Ask for the role.' };
    await expect(publish()).rejects.toMatchObject({
      code: 'role-missing',
      detail: 'You are no publisher.',
      remedy: 'Ask for the role.',
      exitCode: 2,
    });
  });

  test('refuses to publish bytes that arrived differently', async () => {
    server.claimedSha256 = '0'.repeat(64);
    await expect(publish()).rejects.toMatchObject({ code: 'sha256-mismatch', exitCode: 4 });
    expect(server.release?.state).toBe('draft');
  });

  test('refuses a file that differs from the one on the portal', async () => {
    await publish({ draft: true });
    writeFileSync(join(folder, 'z.bin'), randomBytes(1_500_000));
    await expect(publish()).rejects.toMatchObject({ code: 'artifact-changed', exitCode: 4 });
    expect(server.release?.state).toBe('draft');
  });

  test('says when a file changes while it is read', async () => {
    const files = await scanDirectory(folder);
    appendFileSync(join(folder, 'z.bin'), 'more');
    await expect(publishRelease(api, { files, accessOf: () => 'gated', license: undefined, draft: false }, watch)).rejects.toMatchObject({
      code: 'file-changed',
    });
  });

  test('does not publish files that nobody named now', async () => {
    await publish({ draft: true });
    rmSync(join(folder, 'z.bin'));
    await expect(publish()).rejects.toMatchObject({ code: 'release-differs', detail: expect.stringContaining('z.bin') });
  });

  test('an empty file is published too', async () => {
    writeFileSync(join(folder, 'empty'), '');
    const uploaded = await publish();
    expect(uploaded.find((file) => file.path === 'empty')?.sha256).toMatch(/^e3b0c442/);
  });
});
