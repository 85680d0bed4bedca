import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { randomLlamaGguf } from '../../apps/server/src/demo/random-llama-gguf.js';
import { runPaddock, startPaddock } from '../support/command-line.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import type { Person } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { until } from '../support/processes.js';
import { createModel, sha256 } from '../support/publication.js';

const MIB = 1024 * 1024;
const FILES: Record<string, Buffer> = {
  'README.md': Buffer.from('# weights\n'),
  'empty.txt': Buffer.alloc(0),
  'guides/first steps.md': Buffer.from('begin\n'),
  'weights/model q4+k.bin': randomBytes(64 * MIB),
  'weights/tiny.gguf': Buffer.from(randomLlamaGguf(7)),
  'weights/broken.gguf': Buffer.from('GGUF and nothing that fits'),
  'weights/tiny.safetensors': safetensors(),
};

interface Listed {
  state: string;
  artifacts: { path: string; size: number; sha256: string; access: string; header: Record<string, unknown> | null }[];
}

describe('paddock publish and download on a real portal', () => {
  let database: TestDatabase;
  let portal: TestPortal;
  let admin: Person;
  let publisher: string;
  let work: string;
  let source: string;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'paddock-publish-'));
    source = join(work, 'source');
    for (const [path, bytes] of Object.entries(FILES)) write(source, path, bytes);
    database = await testDatabase();
    portal = await startPortal({ databaseUrl: database.serverUrl, env: { PADDOCK_DATABASE_OWNER_URL: database.ownerUrl } });
    admin = await portal.admin();
    await createModel(admin, 'cli-model', 'assent');
    const person = await portal.person('publisher@example.org');
    await admin.post('/roles', { email: 'publisher@example.org', role: 'publisher', publisher: 'demo-lab' });
    publisher = (await person.withToken(['publish'])).token!;
  });
  afterAll(async () => {
    await portal.stop('SIGKILL');
    await database.drop();
    rmSync(work, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  const publish = (directory: string, release: string, ...options: string[]) =>
    runPaddock(portal.url, publisher, 'publish', directory, '--model', 'cli-model', '--release', release, ...options);
  const release = async (name: string) => (await admin.get<Listed>(`/models/cli-model/releases/${name}`)).body;

  test('a killed upload goes on where it stopped, and every file arrives as it was', async () => {
    const first = startPaddock(portal.url, publisher, [
      'publish',
      source,
      '--model',
      'cli-model',
      '--release',
      'v1',
      '--public',
      '*.md',
      '**/*.md',
    ]);
    const [{ id }] = (await uploadBegun('weights/model q4+k.bin')) as [{ id: string }];
    const offset = async () => (await admin.get<{ offset: number }>(`/models/cli-model/releases/v1/uploads/${id}`)).body.offset;
    await until('a part has arrived', 30_000, async () => (await offset()) > 4 * MIB);
    first.process.kill('SIGKILL');
    await first.ended;
    const stopped = await offset();
    expect(stopped).toBeLessThan(64 * MIB);

    const { code, stdout, stderr } = await publish(source, 'v1', '--public', '*.md', '**/*.md');
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('trying again')]);
    const sent = Number(/published: ([\d.]+) MB sent/.exec(stdout)?.[1]) * 1e6;
    expect(sent).toBeGreaterThan(0);
    const { state, artifacts } = await release('v1');
    expect(state).toBe('published');
    const expected = Object.entries(FILES).map(([path, bytes]) => ({ path, size: bytes.length, sha256: sha256(bytes) }));
    expect(artifacts.map(({ path, size, sha256 }) => ({ path, size, sha256 }))).toEqual(
      expected.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    );
    expect(artifacts.filter(({ access }) => access === 'public').map(({ path }) => path)).toEqual(['README.md', 'guides/first steps.md']);
  });

  test('what model files say of themselves is shown, and a broken header as its fault', async () => {
    const { artifacts } = await release('v1');
    const header = (path: string) => artifacts.find((artifact) => artifact.path === path)?.header;
    expect(header('weights/tiny.gguf')).toMatchObject({ format: 'gguf', architecture: 'llama' });
    expect(header('weights/tiny.safetensors')).toMatchObject({ format: 'safetensors' });
    expect(header('weights/broken.gguf')).toEqual({ fault: expect.any(String) });
    expect(header('README.md')).toBeNull();
  });

  test('published again it only compares; a changed or additional file is refused', async () => {
    expect(await publish(source, 'v1')).toMatchObject({ code: 0, stdout: expect.stringContaining('0 B sent') });
    const changed = copy('changed', { 'README.md': Buffer.from('# Weights\n') });
    expect(await publish(changed, 'v1')).toMatchObject({ code: 4, stderr: expect.stringContaining('artifact-changed') });
    const longer = copy('longer', { 'README.md': Buffer.from('# more weights\n') });
    expect(await publish(longer, 'v1')).toMatchObject({ code: 2, stderr: expect.stringContaining('artifact-exists') });
    const more = copy('more', { 'another.txt': Buffer.from('late') });
    expect(await publish(more, 'v1')).toMatchObject({ code: 1, stderr: expect.stringContaining('release-published') });
    const late = await admin.post<{ code: string }>('/models/cli-model/releases/v1/uploads', { path: 'late.txt', size: 4 });
    expect([late.status, late.body.code]).toEqual([409, 'release-state']);
  });

  test('directories that cannot be published whole are refused before anything is sent', async () => {
    const colliding = directory('colliding', { 'Model.bin': Buffer.from('a'), 'model.bin': Buffer.from('b') });
    expect(await publish(colliding, 'v2')).toMatchObject({ code: 1, stderr: expect.stringContaining('Model.bin and model.bin') });
    const linked = directory('linked', { 'README.md': Buffer.from('a') });
    symlinkSync('/etc/passwd', join(linked, 'passwd.txt'));
    expect(await publish(linked, 'v2')).toMatchObject({ code: 1, stderr: expect.stringContaining('a link that leaves the directory') });
    expect((await admin.get('/models/cli-model/releases/v2')).status).toBe(404);
  });

  test('the portal itself refuses paths that differ in case alone, before their bytes are sent', async () => {
    await publish(directory('upper', { 'Model.bin': Buffer.from('a') }), 'v3', '--draft');
    const answer = await admin.post<{ code: string }>('/models/cli-model/releases/v3/uploads', { path: 'model.bin', size: 10 });
    expect([answer.status, answer.body.code]).toEqual([409, 'artifact-exists']);
  });

  test('without the role, or without the scope, nothing is published', async () => {
    const stranger = await portal.person('stranger@example.org');
    const token = async (scopes: string[]) => (await stranger.withToken(scopes)).token;
    const run = async (scopes: string[]) =>
      runPaddock(portal.url, await token(scopes), 'publish', source, '--model', 'cli-model', '--release', 'v4');
    expect(await run(['publish'])).toMatchObject({ code: 2, stderr: expect.stringContaining('role-missing') });
    expect(await run(['read'])).toMatchObject({ code: 2, stderr: expect.stringContaining('scope-missing') });
  });

  test('a licensee downloads byte-identical files; withdrawn it is refused, reinstated it goes on', async () => {
    const person = await portal.person('licensee@example.org');
    await person.accept('cli-model');
    const token = (await person.withToken(['read', 'download'])).token;
    const target = join(work, 'target');
    const download = () => runPaddock(portal.url, token, 'download', 'cli-model', 'v1', '--dir', target);
    expect(await download()).toMatchObject({ code: 0, stdout: expect.stringContaining('7 downloaded, 0 already there') });
    for (const [path, bytes] of Object.entries(FILES)) expect(sha256(readFileSync(join(target, path)))).toBe(sha256(bytes));

    await publish(source, 'v5');
    await admin.post('/models/cli-model/releases/v1/withdraw', { reason: 'a bug', replacement: 'v5' });
    const refused = await download();
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/release-withdrawn: .*`v5`/) });
    await admin.post('/models/cli-model/releases/v1/reinstate', { reason: 'it was none' });
    expect(await download()).toMatchObject({ code: 0, stdout: expect.stringContaining('0 downloaded, 7 already there') });
  });

  async function uploadBegun(path: string): Promise<{ id: string }[]> {
    const rows = () => database.query<{ id: string }>('SELECT id FROM upload WHERE path = $1', [path]);
    await until('the upload has begun', 30_000, async () => (await rows()).length > 0);
    return rows();
  }

  function directory(name: string, files: Record<string, Buffer>): string {
    for (const [path, bytes] of Object.entries(files)) write(join(work, name), path, bytes);
    return join(work, name);
  }

  function copy(name: string, changes: Record<string, Buffer>): string {
    return directory(name, { ...FILES, ...changes });
  }
});

function write(folder: string, path: string, bytes: Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
}

/** One tensor of four floats. */
function safetensors(): Buffer {
  const header = Buffer.from(
    JSON.stringify({ __metadata__: { format: 'pt' }, weight: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] } }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.alloc(16)]);
}
