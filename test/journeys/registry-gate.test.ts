import type { Overview } from '@paddock/contracts';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { OrganizationUnderTest } from '../support/organization.js';
import type { Described } from '../support/oci-image.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { until } from '../support/processes.js';
import { publishModel, sha256 } from '../support/publication.js';
import { basic } from '../support/registry-client.js';
import { ImageUnderTest, importRuntime, registryOf } from '../support/registry-under-test.js';
import { SlowDownload } from '../support/slow-download.js';

const MIB = 1024 * 1024;
const WEIGHTS = randomBytes(32 * MIB);
/** The second that the design allows, and what a busy machine adds. */
const LIMIT_MS = 1500;

describe('the registry asks the gate', () => {
  const its = portalUnderTest();
  const ask = registryOf(its);
  const image = new ImageUnderTest();
  const { layers, index } = image;
  const repository = 'demo-lab/llama-server';
  let licenseeToken: string;
  let grant: string;

  beforeAll(async () => {
    await importRuntime(its, image.layout.root, 'llama-server', 'public');
    await importRuntime(its, image.layout.root, 'private-server', 'licensees');
    const files = { 'model.gguf': WEIGHTS, 'README.md': Buffer.from('# public') };
    await publishModel(its.admin, { slug: 'gated', admission: 'assent', files });
    await publishModel(its.admin, { slug: 'free', admission: 'open', files: { 'model.gguf': Buffer.from('GGUF of everybody') } });
    ({ token: licenseeToken, grant } = await licensee());
  });
  afterAll(() => image.remove());

  async function licensee() {
    const person = await its.person();
    const grant = await person.accept('gated');
    return { person, grant, token: (await person.withToken(['download'])).token! };
  }

  const weights = `demo-lab/gated/blobs/sha256:${sha256(WEIGHTS)}`;

  test('nobody in particular is told to log in, a stranger that nothing covers it, a licensee has it', async () => {
    const stranger = (await (await its.person()).withToken(['download'])).token!;
    for (const path of [
      'demo-lab/gated/manifests/r1',
      weights,
      'demo-lab/private-server/manifests/v1',
      `demo-lab/private-server/blobs/sha256:${sha256(layers[0])}`,
    ]) {
      const anyone = await ask(path);
      expect([anyone.status, anyone.error!.code]).toEqual([401, 'UNAUTHORIZED']);
      expect(anyone.headers.get('www-authenticate')).toContain(`scope="repository:${path.split('/').slice(0, 2).join('/')}:pull"`);
      const refused = await ask(path, { token: stranger });
      expect([refused.status, refused.error]).toEqual([
        403,
        expect.objectContaining({ code: 'DENIED', detail: expect.objectContaining({ code: 'access-not-granted' }) }),
      ]);
      expect((await ask(path, { token: licenseeToken })).status).toBe(200);
    }
    expect((await ask('demo-lab/private-server/tags/list', { token: stranger })).status).toBe(403);
  });

  test('a registry token proves who it is: it opens whatever its bearer may have, and nothing else', async () => {
    const { token } = JSON.parse(
      (await ask('token?scope=repository:demo-lab/llama-server:pull', { token: licenseeToken })).bytes.toString(),
    ) as { token: string };
    const headers = { authorization: `Bearer ${token}` };
    expect((await ask(weights, { headers })).bytes.equals(WEIGHTS)).toBe(true);
    await publishModel(its.admin, { slug: 'other', admission: 'assent', files: { 'other.gguf': Buffer.from('other') } });
    expect((await ask('demo-lab/other/manifests/r1', { headers })).error!.detail.code).toBe('access-not-granted');
  });

  test('a blob is served under a repository whose manifest references it, and under no other', async () => {
    for (const [path, token] of [
      [`${repository}/blobs/sha256:${sha256(WEIGHTS)}`, licenseeToken],
      [`demo-lab/free/blobs/sha256:${sha256(WEIGHTS)}`, licenseeToken],
      [`demo-lab/gated/blobs/sha256:${sha256(layers[0])}`, licenseeToken],
    ] as const)
      expect((await ask(path, { token })).error!.code).toBe('BLOB_UNKNOWN');
  });

  test('what is open is open, and a gated model’s public files and license too', async () => {
    expect((await ask('demo-lab/free/manifests/r1')).status).toBe(200);
    const manifest = JSON.parse((await ask('demo-lab/gated/manifests/r1', { token: licenseeToken })).bytes.toString()) as {
      layers: (Described & { annotations: Record<string, string> })[];
    };
    const license = manifest.layers.find(({ annotations }) => annotations['org.cncf.model.filepath'] === 'LICENSE')!;
    const text = await ask(`demo-lab/gated/blobs/${license.digest}`);
    expect([text.status, `sha256:${sha256(text.bytes)}`]).toEqual([200, license.digest]);
  });

  test('a member of an organization pulls by its grant, one who has left is told so', async () => {
    const organization = await OrganizationUnderTest.found(its);
    const member = await organization.join();
    await organization.accept(organization.officer, 'gated');
    const { token } = await member.withToken(['download']);
    expect((await ask(weights, { token: token! })).status).toBe(200);
    await organization.end(member);
    await until('the leaver is refused', 1500, async () => (await ask(weights, { token: token! })).error?.detail.code === 'holder-ended');
  });

  test('every pull of weights is in the audit, by the channel oci', async () => {
    await ask(weights, { token: licenseeToken });
    const { items } = (await its.admin.get<{ items: Record<string, unknown>[] }>(`/audit/downloads?grant=${grant}&channel=oci`)).body;
    expect(items[0]).toMatchObject({
      kind: 'pull-ended',
      model: 'gated',
      release: 'r1',
      grant,
      link: null,
      path: 'model.gguf',
      bytes: WEIGHTS.length,
      outcome: 'complete',
    });
    const { downloads, refusals } = (await its.admin.get<Overview>('/overview?by=day&model=gated')).body;
    expect(downloads.find(({ channel }) => channel === 'oci')!.bytes).toBeGreaterThanOrEqual(WEIGHTS.length);
    expect(refusals.map(({ code }) => code)).toContain('access-not-granted');
  });

  test('neither log nor metrics hold a token, a name or a digest', async () => {
    const metrics = await (await fetch(`${its.url}/metrics`)).text();
    for (const told of [metrics, its.portal.output()]) {
      expect(told).toContain('/v2/*');
      for (const secret of [licenseeToken, basic(licenseeToken), repository, index.digest]) expect(told).not.toContain(secret);
    }
  });

  test.each<[string, (who: Awaited<ReturnType<typeof licensee>>) => Promise<unknown>]>([
    ['a revoked grant', ({ grant }) => its.admin.post(`/grants/${grant}/revoke`, { reason: 'misuse' })],
    [
      'a revoked access token',
      async ({ person }) => {
        const { items } = (await person.get<{ items: { id: string }[] }>('/tokens')).body;
        return person.call('DELETE', `/tokens/${items[0]!.id}`, {});
      },
    ],
  ])('%s cuts a running pull within a second, and nothing more is served', async (_, end) => {
    const who = await licensee();
    const pull = await SlowDownload.begin(`${its.url}/v2/${weights}`, 20, { authorization: basic(who.token) });
    expect(pull.status).toBe(200);
    await setTimeout(700);
    await end(who);
    const began = performance.now();
    expect((await pull.ended) - began).toBeLessThan(LIMIT_MS);
    expect(pull.received).toBeLessThan(WEIGHTS.length);
    expect((await ask(weights, { token: who.token })).status).toBeGreaterThanOrEqual(401);
  });

  test('a runtime that is closed to the public is closed within a second, to running pulls too', async () => {
    const layer = randomBytes(32 * MIB);
    image.layout.list(image.layout.image([layer]));
    await importRuntime(its, image.layout.root, 'closing', 'public');
    const pull = await SlowDownload.begin(`${its.url}/v2/demo-lab/closing/blobs/sha256:${sha256(layer)}`, 20);
    await its.admin.call('PUT', '/runtimes/demo-lab/closing', { body: { access: 'licensees' } });
    const began = performance.now();
    expect((await pull.ended) - began).toBeLessThan(LIMIT_MS);
    expect((await ask('demo-lab/closing/manifests/v1')).status).toBe(401);
  });

  test('a withdrawn release names its replacement and is listed no longer; reinstated, its digest is the same', async () => {
    const manifest = 'demo-lab/free/manifests/r1';
    const before = (await ask(manifest)).headers.get('docker-content-digest');
    await its.admin.post('/models/free/releases/r1/withdraw', { reason: 'a fault' });
    await until('it is refused', 1500, async () => (await ask(manifest)).error?.detail.code === 'release-withdrawn');
    expect((await ask('demo-lab/free/tags/list')).bytes.toString()).toBe('{"name":"demo-lab/free","tags":[]}');
    await its.admin.post('/models/free/releases/r1/reinstate', { reason: 'no fault' });
    await until('it is open', 1500, async () => (await ask(manifest)).headers.get('docker-content-digest') === before);
  });

  test('the same bytes are stored once: nothing of a release is stored for the registry', async () => {
    const [row] = await its.database.query<{ blobs: string; bytes: string }>(
      `SELECT count(*) AS blobs, coalesce(sum(size), 0) AS bytes FROM blob WHERE digest = $1`,
      [`sha256:${sha256(WEIGHTS)}`],
    );
    expect(Number(row!.blobs)).toBe(0);
    const stored = await its.database.query(`SELECT storage_key FROM blob WHERE digest = $1`, [`sha256:${sha256(layers[0])}`]);
    expect(stored).toHaveLength(1);
    expect(readFileSync(join(its.portal.dataDir, 'store', 'objects', String(stored[0]!['storage_key']))).equals(layers[0])).toBe(true);
  });
});
