import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cephRgwPrograms, cephRgwRemedy } from '../support/ceph-rgw.js';
import { runProgram } from '../support/command-line.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { ollamaPull } from '../support/ollama-pull.js';
import { describeWithPeer } from '../support/peers.js';
import type { Person } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { sha256 } from '../support/publication.js';
import { askRegistry } from '../support/registry-client.js';
import { ImageUnderTest, importRuntime } from '../support/registry-under-test.js';
import { startS3Bucket, type S3Bucket } from '../support/s3-bucket.js';
import { sidPrograms } from '../support/sid-programs.js';

const CLIENTS = ['skopeo', 'podman'];
const REMEDY = 'apt-get install -y --no-install-recommends skopeo podman';

const sid = await sidPrograms();

/** The same clients against either store: from disk the portal sends the bytes, with S3 it sends clients there. */
function clients(store: 'disk' | 's3'): void {
  let folder: string;
  let bucket: S3Bucket | undefined;
  let database: TestDatabase;
  let portal: TestPortal;
  let admin: Person;
  let ada: Person;
  let grant: string;
  let token: string;
  let host: string;
  const image = new ImageUnderTest();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-clients-'));
    if (store === 's3') bucket = await startS3Bucket();
    database = await testDatabase();
    portal = await startPortal({ databaseUrl: database.serverUrl, env: { PADDOCK_DATABASE_OWNER_URL: database.ownerUrl, ...bucket?.env } });
    host = new URL(portal.url).host;
    writeFileSync(join(folder, 'auth.json'), '{}');
    admin = await portal.admin();
    for (const [name, access] of [
      ['llama-server', 'public'],
      ['private-server', 'licensees'],
    ] as const)
      await importRuntime({ url: portal.url, admin }, image.layout.root, name, access);
    ada = await portal.person('ada@example.org');
    grant = await ada.obtainGrant(admin);
    token = (await ada.withToken(['download'])).token!;
  });
  afterAll(async () => {
    await portal.stop('SIGKILL');
    await bucket?.rgw.stop();
    await database.drop();
    image.remove();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  const skopeo = (name: string, to: string, ...more: string[]) =>
    runProgram('skopeo', ['copy', '--src-tls-verify=false', ...more, `docker://${host}/demo-lab/${name}`, `oci:${join(folder, to)}:x`]);
  const podman = (command: string, ...args: string[]) => {
    const storage = ['--storage-driver', 'vfs', '--root', join(folder, 'root'), '--runroot', join(folder, 'run')];
    return runProgram('podman', [...storage, command, '--tls-verify=false', '--authfile', join(folder, 'auth.json'), ...args]);
  };
  const blob = (layout: string, digest: string) => readFileSync(join(folder, layout, 'blobs', digest.replace(':', '/')));
  const ggufOf = async (model: string) => {
    const { artifacts } = (await admin.get<{ artifacts: { path: string; sha256: string }[] }>(`/models/${model}/releases/tiny-f32`)).body;
    return artifacts.find(({ path }) => path.endsWith('.gguf'))!.sha256;
  };

  test('skopeo pulls a public image for all platforms, anonymously, and its index is the same', async () => {
    const copy = ['copy', '--all', '--src-tls-verify=false', `docker://${host}/demo-lab/llama-server:v1`, `dir:${join(folder, 'public')}`];
    expect(await runProgram('skopeo', copy)).toMatchObject({ code: 0 });
    expect(`sha256:${sha256(readFileSync(join(folder, 'public/manifest.json')))}`).toBe(image.index.digest);
    for (const layer of image.layers) expect(readFileSync(join(folder, 'public', sha256(layer))).equals(layer)).toBe(true);
  });

  test('skopeo pulls licensed weights with an access token, and is told why without', async () => {
    const sha = await ggufOf('demo-llama');
    expect(await skopeo('demo-llama:tiny-f32', 'weights', '--src-creds', `anyone:${token}`)).toMatchObject({ code: 0 });
    expect(sha256(blob('weights', `sha256:${sha}`))).toBe(sha);
    expect(await skopeo('demo-llama:tiny-f32', 'none')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('This is for licensees'),
    });
    const stranger = (await (await portal.person(`stranger@example.org`)).withToken(['download'])).token!;
    const refused = await skopeo('demo-llama:tiny-f32', 'none', '--src-creds', `anyone:${stranger}`);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('None of your grants covers this') });
  });

  test('podman logs in and pulls by tag and by digest what is for licensees, and no longer after logging out', async () => {
    const name = `${host}/demo-lab/private-server`;
    expect(await podman('pull', `${name}:v1`)).toMatchObject({ code: 125, stderr: expect.stringContaining('This is for licensees') });
    expect(await podman('login', '--username', 'anyone', '--password', token, host)).toMatchObject({ code: 0 });
    expect(await podman('pull', `${name}:v1`)).toMatchObject({ code: 0 });
    expect(await podman('pull', `${name}@${image.amd64.digest}`)).toMatchObject({ code: 0 });
    expect((await runProgram('podman', ['logout', '--authfile', join(folder, 'auth.json'), host])).code).toBe(0);
    expect((await podman('pull', `${name}@${image.index.digest}`)).code).toBe(125);
  });

  test('Ollama’s requests bring the model that is open, and end at one that is not', async () => {
    // By another name of this machine, so that S3 is another host, as it is in life.
    const registry = store === 's3' ? portal.url.replace('127.0.0.1', 'localhost') : portal.url;
    const blobs = await ollamaPull(registry, 'demo-lab/demo-llama-open', 'tiny-f32');
    expect(sha256(blobs.get('application/vnd.ollama.image.model')!)).toBe(await ggufOf('demo-llama-open'));
    expect(JSON.parse(blobs.get('application/vnd.docker.container.image.v1+json')!.toString())).toMatchObject({ model_family: 'llama' });
    await expect(ollamaPull(portal.url, 'demo-lab/demo-llama', 'tiny-f32')).rejects.toThrow('UNAUTHORIZED');
  });

  describeWithPeer('those of Debian sid', ['crane', 'oras'], sid, () => {
    const crane = (...args: string[]) => runProgram('crane', args, { env: { DOCKER_CONFIG: folder } });
    const oras = (command: string, ...args: string[]) =>
      runProgram('oras', [command, '--plain-http', '--registry-config', join(folder, 'oras.json'), ...args], { cwd: folder });

    const pullByCrane = (name: string, to: string) => crane('pull', '--format', 'oci', `${host}/demo-lab/${name}`, join(folder, to));

    test('crane pulls a public image of all platforms anonymously, and lists its tags', async () => {
      const name = `${host}/demo-lab/llama-server`;
      expect(await crane('digest', `${name}:v1`)).toMatchObject({ code: 0, stdout: `${image.index.digest}\n` });
      expect(await crane('ls', name)).toMatchObject({ code: 0, stdout: 'v1\n' });
      expect(await pullByCrane('llama-server:v1', 'craned')).toMatchObject({ code: 0 });
      for (const layer of image.layers) expect(blob('craned', `sha256:${sha256(layer)}`).equals(layer)).toBe(true);
    });

    test('crane logs in and pulls what is for licensees, and is told why without', async () => {
      const refused = await pullByCrane('private-server:v1', 'none');
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('This is for licensees') });
      expect(await crane('auth', 'login', host, '--username', 'anyone', '--password', token)).toMatchObject({ code: 0 });
      expect(await pullByCrane('private-server:v1', 'licensed')).toMatchObject({ code: 0 });
      for (const layer of image.layers) expect(blob('licensed', `sha256:${sha256(layer)}`).equals(layer)).toBe(true);
    });

    test('oras pulls licensed weights as files with an access token, and is told why without', async () => {
      const name = `${host}/demo-lab/demo-llama:tiny-f32`;
      const refused = await oras('pull', name);
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('This is for licensees') });
      const pulled = await oras('pull', '--username', 'anyone', '--password', token, '--output', 'orased', name);
      expect(pulled).toMatchObject({ code: 0 });
      const { artifacts } = (await admin.get<{ artifacts: { path: string; sha256: string }[] }>('/models/demo-llama/releases/tiny-f32'))
        .body;
      for (const artifact of artifacts) expect(sha256(readFileSync(join(folder, 'orased', artifact.path)))).toBe(artifact.sha256);
    });

    test('oras finds the SBOM of a public image, anonymously', async () => {
      const found = await oras('discover', '--format', 'json', `${host}/demo-lab/llama-server@${image.amd64.digest}`);
      expect(found).toMatchObject({ code: 0, stdout: expect.stringContaining(image.sbom.digest) });
    });
  });

  test('each layout by its tag, whatever the client', async () => {
    for (const [layout, type] of [
      ['modelpack', 'application/vnd.cncf.model.config.v1+json'],
      ['docker', 'application/vnd.docker.ai.model.config.v0.1+json'],
      ['ollama', 'application/vnd.docker.container.image.v1+json'],
    ]) {
      const { stdout } = await runProgram('skopeo', [
        'inspect',
        '--raw',
        '--tls-verify=false',
        `docker://${host}/demo-lab/demo-llama-open:tiny-f32--${layout}`,
      ]);
      expect(JSON.parse(stdout)).toMatchObject({ config: { mediaType: type } });
    }
  });

  test(`bytes come from ${store === 's3' ? 'the bucket, by a URL of a minute' : 'the portal itself'}, and after a suspension from nowhere`, async () => {
    const path = `demo-lab/demo-llama/blobs/sha256:${await ggufOf('demo-llama')}`;
    const answer = await askRegistry(portal.url, path, { token });
    const location = answer.headers.get('location')!;
    expect([answer.status, new URL(location).origin]).toEqual(bucket ? [307, bucket.rgw.endpoint] : [200, portal.url]);
    // A signed URL is asked without any token; the portal's own address is where they came from already.
    const bytes = bucket ? Buffer.from(await (await fetch(location)).arrayBuffer()) : answer.bytes;
    expect(sha256(bytes)).toBe(path.slice(-64));
    expect((await askRegistry(portal.url, path, { token, method: 'HEAD' })).headers.get('content-length')).toBe(String(bytes.length));
    await admin.post(`/grants/${grant}/suspend`, { reason: 'a question' });
    await new Promise((done) => void setTimeout(done, 1000));
    expect((await askRegistry(portal.url, path, { token })).error).toMatchObject({ code: 'DENIED', detail: { code: 'grant-suspended' } });
    await admin.post(`/grants/${grant}/resume`, { reason: 'answered' });
  });
}

describeWithPeer('registry clients, from disk', CLIENTS, REMEDY, () => clients('disk'));
describeWithPeer('registry clients, from S3 (Ceph RGW)', [...CLIENTS, ...cephRgwPrograms], `${REMEDY}; ${cephRgwRemedy}`, () =>
  clients('s3'),
);
