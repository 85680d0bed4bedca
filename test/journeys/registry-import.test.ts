import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { runPaddock, runProgram, startPaddock } from '../support/command-line.js';
import { INDEX, OciLayout, tarOf } from '../support/oci-image.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { until } from '../support/processes.js';
import { createModel, sha256 } from '../support/publication.js';
import { registryOf } from '../support/registry-under-test.js';

const MIB = 1024 * 1024;

describe('importing runtime images', () => {
  const its = portalUnderTest();
  const ask = registryOf(its);
  let folder: string;
  let token: string;
  let layout: OciLayout;
  let runtimes = 0;

  beforeAll(async () => {
    token = (await its.admin.withToken(['publish', 'download'])).token!;
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-import-test-'));
    layout = new OciLayout(join(folder, 'layout'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const newName = () => `runtime-${(runtimes += 1)}`;
  const importing = (source: string, name: string, ...more: string[]) => [
    'runtime',
    'import',
    source,
    '--name',
    `demo-lab/${name}`,
    '--tag',
    'v1',
    '--access',
    'public',
    ...more,
  ];
  const run = (source: string, name: string, ...more: string[]) => runPaddock(its.url, token, ...importing(source, name, ...more));
  const put = (name: string, digest: string, body: Buffer, type: string) =>
    its.admin.call<{ code: string }>('PUT', `/runtimes/demo-lab/${name}/manifests/${digest}?mediaType=${encodeURIComponent(type)}&tag=v1`, {
      body,
      headers: { 'content-type': 'application/octet-stream' },
    });
  const blobRows = (bytes: Buffer) => its.database.query('SELECT storage_key FROM blob WHERE digest = $1', [`sha256:${sha256(bytes)}`]);

  test('from a directory, an archive and another registry the same digests arrive', async () => {
    const image = layout.image([tarOf('a', randomBytes(500))]);
    layout.list(image, layout.referrer(image, Buffer.from('{}')));
    const archive = join(folder, 'image.tar');
    await runProgram('tar', ['--create', '--file', archive, '--directory', layout.root, '.']);
    const [first, second, third] = [newName(), newName(), newName()];
    expect(await run(layout.root, first)).toMatchObject({ code: 0, stdout: expect.stringContaining(`demo-lab/${first}@${image.digest}`) });
    expect(await run(archive, second)).toMatchObject({ code: 0, stdout: expect.stringContaining('0 B sent') });
    expect(await run(`docker://${new URL(its.url).host}/demo-lab/${first}:v1`, third)).toMatchObject({ code: 0 });
    for (const name of [first, second, third]) {
      expect((await ask(`demo-lab/${name}/manifests/v1`)).headers.get('docker-content-digest')).toBe(image.digest);
      const referrers = JSON.parse((await ask(`demo-lab/${name}/referrers/${image.digest}`)).bytes.toString()) as { manifests: unknown[] };
      expect(referrers.manifests).toHaveLength(1);
    }
  });

  test('goes on after an interruption with what is not there yet; until then nothing is to be seen', async () => {
    const layers = [randomBytes(MIB), randomBytes(96 * MIB)];
    layout.list(layout.image(layers));
    const name = newName();
    const { process, ended } = startPaddock(its.url, token, importing(layout.root, name));
    let stderr = '';
    process.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await until('the first layer is there', 30_000, () => stderr.includes(`${sha256(layers[0]!)}: sent`));
    process.kill('SIGKILL');
    await ended;
    expect((await ask(`demo-lab/${name}/manifests/v1`)).error!.code).toBe('MANIFEST_UNKNOWN');
    expect((await ask(`demo-lab/${name}/blobs/sha256:${sha256(layers[0]!)}`)).error!.code).toBe('BLOB_UNKNOWN');
    const again = await run(layout.root, name);
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining(`${sha256(layers[0]!)}: there already`) });
    expect((await ask(`demo-lab/${name}/blobs/sha256:${sha256(layers[1]!)}`)).bytes.equals(layers[1]!)).toBe(true);
  });

  test.each<[string, (layerPath: string) => void, number]>([
    ['a layer of other bytes', (path) => writeFileSync(path, Buffer.alloc(5000, 1)), 4],
    ['a truncated layer', (path) => truncateSync(path, 4999), 4],
    ['a layer that goes on', (path) => appendFileSync(path, 'x'), 4],
    ['no layer', (path) => rmSync(path), 1],
  ])('%s: refused, and nothing of it is kept', async (_, spoil, exitCode) => {
    const layer = randomBytes(5000);
    layout.list(layout.image([layer]));
    spoil(layout.pathOf(`sha256:${sha256(layer)}`));
    const name = newName();
    const { code, stderr } = await run(layout.root, name);
    expect([code, stderr]).toEqual([exitCode, expect.stringContaining(sha256(layer))]);
    expect(await blobRows(layer)).toEqual([]);
    expect((await ask(`demo-lab/${name}/manifests/v1`)).error!.code).toBe('MANIFEST_UNKNOWN');
  });

  test('the portal verifies by itself what a client says', async () => {
    const name = newName();
    await its.admin.call('PUT', `/runtimes/demo-lab/${name}`, { body: { access: 'public' } });
    const bytes = randomBytes(100);
    const wrong = `sha256:${sha256(randomBytes(1))}`;
    const opened = await its.admin.post<{ id: string }>(`/runtimes/demo-lab/${name}/blobs`, { digest: wrong, size: 100 });
    const headers = { 'content-type': 'application/octet-stream', 'upload-offset': '0' };
    const sent = await its.admin.call<{ code: string }>('PATCH', `/runtimes/demo-lab/${name}/blobs/${opened.body.id}`, {
      body: bytes,
      headers,
    });
    expect([sent.status, sent.body.code]).toEqual([422, 'digest-mismatch']);
    expect(await its.database.query('SELECT FROM blob WHERE digest = $1', [wrong])).toEqual([]);

    const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [] }));
    const digest = `sha256:${sha256(manifest)}`;
    const missing = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [{ mediaType: INDEX, digest: wrong, size: 9 }] }));
    for (const [body, as, type, code] of [
      [manifest, wrong, INDEX, 'digest-mismatch'],
      [manifest, 'sha256:../../x', INDEX, 'manifest-unfit'],
      [manifest, digest, 'text/html', 'manifest-unfit'],
      [missing, `sha256:${sha256(missing)}`, INDEX, 'blob-missing'],
      [Buffer.alloc(4 * MIB + 1, ' '), digest, INDEX, 'body-too-large'],
    ] as const)
      expect((await put(name, as, body, type)).body.code).toBe(code);
    expect((await its.admin.get<{ tags: unknown[] }>(`/runtimes/demo-lab/${name}`)).body.tags).toEqual([]);
    expect((await put(name, digest, manifest, INDEX)).status).toBe(200);
  });

  test('a manifest over 4 MiB is refused before anything is sent', async () => {
    const image = layout.image([tarOf('a', Buffer.alloc(1))], 'amd64', { annotations: { a: 'x'.repeat(4 * MIB) } });
    layout.list(image);
    const name = newName();
    expect(await run(layout.root, name)).toMatchObject({ code: 1, stderr: expect.stringContaining('more than 4194304 bytes') });
    expect((await its.admin.get(`/runtimes/demo-lab/${name}`)).status).toBe(404);
  });

  test('a layout of several images is asked which; what is no layout is said to be none', async () => {
    const [one, two] = ['one', 'two'].map((name) => ({
      ...layout.image([tarOf(name, Buffer.from(name))]),
      annotations: { 'org.opencontainers.image.ref.name': name },
    }));
    layout.list(one!, two!);
    const name = newName();
    expect(await run(layout.root, name)).toMatchObject({ code: 1, stderr: expect.stringContaining('one, two') });
    expect(await run(layout.root, name, '--image', 'two')).toMatchObject({ code: 0, stdout: expect.stringContaining(two!.digest) });
    writeFileSync(join(folder, 'not.tar'), randomBytes(2048));
    for (const source of [join(folder, 'not.tar'), folder, join(folder, 'absent'), 'docker://nothing', 'docker://127.0.0.1:1/a/b:c'])
      expect([1, 3]).toContain((await run(source, name)).code);
  });

  test('a runtime and a model of one publisher never share a name, and only its publisher fills a runtime', async () => {
    const name = newName();
    await its.admin.call('PUT', `/runtimes/demo-lab/${name}`, { body: { access: 'public' } });
    await expect(createModel(its.admin, name, 'open')).rejects.toThrow('slug-taken');
    const taken = await its.admin.call<{ code: string }>('PUT', '/runtimes/demo-lab/demo-llama', { body: { access: 'public' } });
    expect([taken.status, taken.body.code]).toEqual([409, 'slug-taken']);
    const stranger = await its.person();
    for (const [method, path, body] of [
      ['PUT', '', { access: 'licensees' }],
      ['POST', '/blobs', { digest: `sha256:${'0'.repeat(64)}`, size: 1 }],
      ['DELETE', '/tags/v1', undefined],
    ] as const)
      expect((await stranger.call(method, `/runtimes/demo-lab/${name}${path}`, { body })).status).toBe(403);
  });

  test('what another publisher has is not there already: a digest alone brings nobody its bytes', async () => {
    const layer = randomBytes(3000);
    layout.list(layout.image([layer]));
    await run(layout.root, newName());
    await its.admin.post('/publishers', { slug: 'other-lab', legalName: 'Other Lab' });
    await its.admin.call('PUT', '/runtimes/other-lab/copy', { body: { access: 'public' } });
    const opened = await its.admin.post<{ state: string }>('/runtimes/other-lab/copy/blobs', {
      digest: `sha256:${sha256(layer)}`,
      size: 3000,
    });
    expect(opened.body.state).toBe('open');
  });

  test('garbage: what no manifest references goes after a while, what one references stays', async () => {
    const [kept, dropped] = [randomBytes(1000), randomBytes(1000)];
    const name = newName();
    layout.list(layout.image([kept, dropped]));
    await run(layout.root, name);
    const old = (await its.admin.get<{ tags: { digest: string }[] }>(`/runtimes/demo-lab/${name}`)).body.tags[0]!.digest;
    layout.list(layout.image([kept]));
    await run(layout.root, name);
    const index = layout.multiArchitecture([
      {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest: old,
        size: (await ask(`demo-lab/${name}/manifests/${old}`)).bytes.length,
      },
    ]);
    expect((await put(name, index.digest, readFileSync(layout.pathOf(index.digest)), INDEX)).status).toBe(200);
    expect((await its.admin.call<{ code: string }>('DELETE', `/runtimes/demo-lab/${name}/manifests/${old}`, {})).body.code).toBe(
      'manifest-referenced',
    );
    expect((await its.admin.call('DELETE', `/runtimes/demo-lab/${name}/manifests/${index.digest}`, {})).status).toBe(204);
    expect((await its.admin.call('DELETE', `/runtimes/demo-lab/${name}/manifests/${old}`, {})).status).toBe(204);
    expect((await ask(`demo-lab/${name}/blobs/sha256:${sha256(dropped)}`)).error!.code).toBe('BLOB_UNKNOWN');

    const [[keptRow], [droppedRow]] = [await blobRows(kept), await blobRows(dropped)];
    await its.database.query(`UPDATE blob SET used_at = now() - interval '2 hours'`);
    const objectOf = (row: Record<string, unknown>) => join(its.portal.dataDir, 'store/objects', String(row['storage_key']));
    await until('the garbage is gone', 30_000, async () => (await blobRows(dropped)).length === 0 && !existsSync(objectOf(droppedRow!)));
    expect(readFileSync(objectOf(keptRow!)).equals(kept)).toBe(true);
  });

  test('garbage collection and a manifest at the same time: whichever comes first, no reference is left to nothing', async () => {
    const layer = randomBytes(50);
    const image = layout.image([layer]);
    layout.list(image);
    const name = newName();
    await run(layout.root, name);
    const forget = async () => {
      await its.admin.call('DELETE', `/runtimes/demo-lab/${name}/manifests/${image.digest}`, {});
      await its.database.query(`UPDATE blob SET used_at = now() - interval '2 hours' WHERE digest = $1`, [`sha256:${sha256(layer)}`]);
    };
    const putAgain = () => put(name, image.digest, readFileSync(layout.pathOf(image.digest)), image.mediaType);
    const other = new Client({ connectionString: its.database.ownerUrl });
    await other.connect();

    // A manifest is being put, and holds its blobs, when the collection comes by.
    await other.query('BEGIN');
    await other.query('SELECT FROM blob WHERE digest = $1 FOR KEY SHARE', [`sha256:${sha256(layer)}`]);
    await forget();
    await setTimeout(2300);
    expect((await putAgain()).status).toBe(200);
    await other.query('COMMIT');
    await setTimeout(2300);
    expect((await ask(`demo-lab/${name}/blobs/sha256:${sha256(layer)}`)).bytes.equals(layer)).toBe(true);

    // The collection has begun when a manifest comes: it waits, and is told what it lacks.
    await its.admin.call('DELETE', `/runtimes/demo-lab/${name}/manifests/${image.digest}`, {});
    await other.query('BEGIN');
    await other.query('DELETE FROM blob WHERE digest = $1', [`sha256:${sha256(layer)}`]);
    const [answer] = await Promise.all([putAgain(), setTimeout(300).then(() => other.query('COMMIT'))]);
    await other.end();
    expect([answer.status, answer.body]).toEqual([
      409,
      expect.objectContaining({ code: 'blob-missing', missing: [`sha256:${sha256(layer)}`] }),
    ]);
  });
});
