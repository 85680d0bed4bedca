import { signRegistryToken } from '@paddock/delivery';
import { IMAGE, INDEX, SBOM, type Described } from '../support/oci-image.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { keyOfPortal } from '../support/portal-keys.js';
import { sha256 } from '../support/publication.js';
import { getRaw } from '../support/raw-http.js';
import { ImageUnderTest, importRuntime, registryOf } from '../support/registry-under-test.js';

const SECRET = 'a master secret of more than 32 characters';
const NOTHING = `sha256:${sha256(Buffer.alloc(0))}`;
const MISSING = `sha256:${'0'.repeat(64)}`;

/** Each test of the OCI conformance suite that pulls stands in docs/registry-conformance.md with the name of its test here. */
describe('the registry', () => {
  const its = portalUnderTest({ PADDOCK_SECRET: SECRET });
  const ask = registryOf(its);
  const image = new ImageUnderTest();
  const { layers, amd64, index, sbom } = image;
  const repository = 'demo-lab/llama-server';
  let publisher: string;
  let puller: string;

  beforeAll(async () => {
    publisher = await importRuntime(its, image.layout.root, 'llama-server', 'public', ['v1', 'v2', 'v3']);
    puller = (await (await its.person()).withToken(['download'])).token!;
  });
  afterAll(() => image.remove());

  describe('for whoever pulls', () => {
    test('ping: challenged at its own host, and open with a token of nobody', async () => {
      const challenged = await ask('');
      expect([challenged.status, challenged.error!.code]).toEqual([401, 'UNAUTHORIZED']);
      expect(challenged.headers.get('www-authenticate')).toBe(`Bearer realm="${its.url}/v2/token",service="${new URL(its.url).host}"`);
      const { token, expires_in: seconds } = JSON.parse((await ask('token?service=x&scope=repository:a/b:pull')).bytes.toString()) as {
        token: string;
        expires_in: number;
      };
      expect(seconds).toBe(300);
      expect((await ask('', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    });

    test.each(['GET', 'HEAD'])('manifest by tag and by digest: %s', async (method) => {
      for (const [reference, described] of [
        ['v1', index],
        [index.digest, index],
        [amd64.digest, amd64],
        [sbom.digest, sbom],
      ] as const) {
        const { status, headers, bytes } = await ask(`${repository}/manifests/${reference}`, { method });
        expect([status, headers.get('docker-content-digest'), headers.get('content-type'), headers.get('content-length')]).toEqual([
          200,
          described.digest,
          described.mediaType,
          String(described.size),
        ]);
        expect(`sha256:${sha256(bytes)}`).toBe(method === 'GET' ? described.digest : NOTHING);
      }
    });

    test.each(['GET', 'HEAD'])('blobs, also one of no bytes: %s', async (method) => {
      for (const layer of layers) {
        const digest = `sha256:${sha256(layer)}`;
        const { status, headers, bytes } = await ask(`${repository}/blobs/${digest}`, { method });
        expect([status, headers.get('docker-content-digest'), headers.get('content-length')]).toEqual([200, digest, String(layer.length)]);
        expect(`sha256:${sha256(bytes)}`).toBe(method === 'GET' ? digest : NOTHING);
      }
    });

    test('what it has already is not sent again', async () => {
      for (const path of [`manifests/v1`, `blobs/sha256:${sha256(layers[0])}`]) {
        const etag = (await ask(`${repository}/${path}`, { method: 'HEAD' })).headers.get('etag')!;
        expect((await ask(`${repository}/${path}`, { headers: { 'if-none-match': etag } })).status).toBe(304);
      }
    });

    test.each([
      ['bytes=500-1499', 206, 'bytes 500-1499/', [500, 1500]],
      ['bytes=500-', 206, 'bytes 500-', [500, Infinity]],
      ['bytes=-500', 206, 'bytes ', [-500, Infinity]],
      ['bytes=2000-99999', 206, 'bytes 2000-', [2000, Infinity]],
      ['bytes=500-0', 416, 'bytes */', undefined],
      ['bytes=99999-100000', 416, 'bytes */', undefined],
    ] as const)('range %s: %i', async (range, status, contentRange, slice) => {
      const [layer] = layers;
      const answer = await ask(`${repository}/blobs/sha256:${sha256(layer)}`, { headers: { range } });
      expect([answer.status, answer.headers.get('content-range')]).toEqual([
        status,
        expect.stringMatching(new RegExp(`^${contentRange.replace('*', '\\*')}.*${layer.length}$`)),
      ]);
      const expected = slice ? sha256(layer.subarray(slice[0], Math.min(slice[1], layer.length))) : 'RANGE_INVALID';
      expect(answer.error?.code ?? sha256(answer.bytes)).toBe(expected);
    });

    test('tags, page by page', async () => {
      const tags = async (query: string) => {
        const { bytes, headers } = await ask(`${repository}/tags/list${query}`);
        return [(JSON.parse(bytes.toString()) as { tags: string[] }).tags, headers.get('link')];
      };
      expect(await tags('')).toEqual([['v1', 'v2', 'v3'], null]);
      expect(await tags('?n=2')).toEqual([['v1', 'v2'], `</v2/${repository}/tags/list?n=2&last=v2>; rel="next"`]);
      expect(await tags('?n=2&last=v2')).toEqual([['v3'], null]);
      expect(await tags('?n=0')).toEqual([[], null]);
      expect(await tags('?n=1&n=3&last=v2&last=v1')).toEqual([['v3'], null]);
    });

    test('referrers, all or of one type; of what is unknown there are none', async () => {
      const referrers = async (digest: string, query = '') => {
        const { headers, bytes } = await ask(`${repository}/referrers/${digest}${query}`);
        expect(headers.get('content-type')).toBe(INDEX);
        return {
          filters: headers.get('oci-filters-applied'),
          manifests: (JSON.parse(bytes.toString()) as { manifests: Described[] }).manifests,
        };
      };
      const expected = {
        mediaType: IMAGE,
        digest: sbom.digest,
        size: sbom.size,
        artifactType: SBOM,
        annotations: { 'org.example.of': amd64.digest },
      };
      expect(await referrers(amd64.digest)).toEqual({ filters: null, manifests: [expected] });
      expect(await referrers(amd64.digest, `?artifactType=${SBOM}`)).toEqual({ filters: 'artifactType', manifests: [expected] });
      expect(await referrers(amd64.digest, '?artifactType=x/y')).toEqual({ filters: 'artifactType', manifests: [] });
      expect(await referrers(amd64.digest, `?artifactType=${SBOM}&artifactType=x/y`)).toMatchObject({ manifests: [expected] });
      expect(await referrers(MISSING)).toEqual({ filters: null, manifests: [] });
    });
  });

  describe('refuses in the specification’s form', () => {
    test.each([
      ['an unknown repository', 'demo-lab/nothing/manifests/v1', 404, 'NAME_UNKNOWN'],
      ['an unknown tag', `${repository}/manifests/v9`, 404, 'MANIFEST_UNKNOWN'],
      ['an unknown manifest', `${repository}/manifests/${MISSING}`, 404, 'MANIFEST_UNKNOWN'],
      ['an unknown blob', `${repository}/blobs/${MISSING}`, 404, 'BLOB_UNKNOWN'],
      ['a malformed digest', `${repository}/manifests/sha256:totallywrong`, 400, 'DIGEST_INVALID'],
      ['a malformed digest of a blob', `${repository}/blobs/sha256:abc`, 400, 'DIGEST_INVALID'],
      ['a name in upper case', 'Demo-Lab/llama-server/manifests/v1', 400, 'NAME_INVALID'],
      ['an address of nothing', 'demo-lab/llama-server', 400, 'NAME_INVALID'],
      ['a type of artifacts that no database holds', `${repository}/referrers/${MISSING}?artifactType=%00`, 400, 'NAME_INVALID'],
      ['a last tag that no database holds', `${repository}/tags/list?last=%00`, 400, 'NAME_INVALID'],
    ])('%s', async (_, path, status, code) => {
      const { status: answered, error } = await ask(path);
      expect([answered, error!.code]).toEqual([status, code]);
      expect((await ask(path, { method: 'HEAD' })).status).toBe(status);
    });

    test.each([
      '/v2/../etc/passwd/manifests/v1',
      '/v2/demo-lab/%2e%2e%2f%2e%2e/manifests/v1',
      '/v2/demo-lab/llama-server/blobs/..%2f..%2fsecret',
      '/v2/demo-lab/a%00b/tags/list',
    ])('path tricks: %s', async (path) => {
      const { status, text } = await getRaw(its.url, path);
      expect([status, text]).toEqual([400, expect.stringMatching(/NAME_INVALID|DIGEST_INVALID/)]);
    });

    test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s: nothing is pushed by this protocol', async (method) => {
      for (const path of [`${repository}/blobs/uploads/`, `${repository}/manifests/v1`, 'token']) {
        const { status, error, headers } = await ask(path, { method, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
        expect([status, error!.code, headers.get('allow')]).toEqual([405, 'UNSUPPORTED', 'GET, HEAD']);
      }
    });

    test('tokens that are altered, expired, unknown or without the scope', async () => {
      const path = `${repository}/manifests/v1`;
      const tokenHash = Buffer.from(sha256(Buffer.from(puller)), 'hex');
      const key = await keyOfPortal(its.database, SECRET, 'registry-tokens');
      const sign = (expiresAt: number) => signRegistryToken(key, { tokenHash, expiresAt });
      const now = Math.floor(Date.now() / 1000);
      const bearer = async (token: string) => (await ask(path, { headers: { authorization: `Bearer ${token}` } })).status;
      expect(await bearer(sign(now + 60))).toBe(200);
      expect(await bearer(sign(now - 1))).toBe(401);
      // Not the last sign: some of its bits belong to no byte.
      expect(await bearer(sign(now + 60).replace(/.(?=.$)/, (sign) => (sign === 'A' ? 'B' : 'A')))).toBe(401);
      expect(await bearer('hf_unknown')).toBe(401);
      expect((await ask('token', { token: 'hf_unknown' })).error).toMatchObject({ code: 'UNAUTHORIZED' });
      expect((await ask('token', { token: publisher })).error).toMatchObject({ code: 'DENIED', detail: { code: 'scope-missing' } });
    });
  });

  describe('in the catalog', () => {
    const release = '/models/demo-llama/releases/tiny-f32';
    const host = () => new URL(its.url).host;

    test('a release is not verified until an image ran it; then it says with which', async () => {
      expect((await its.admin.get<{ verifiedWith: unknown[] }>(release)).body.verifiedWith).toEqual([]);
      const measured = {
        engine: 'llama.cpp b11669',
        loadMilliseconds: 450,
        tokensPerSecond: 31.5,
        outputSha256: 'ab'.repeat(32),
        verifiedAt: '2026-11-01T00:00:00Z',
      };
      const record = (runtime: string, digest: string) =>
        its.admin.post<{ code: string }>(`${release}/verifications`, { runtime, digest, ...measured });
      expect((await record(repository, MISSING)).body.code).toBe('not-found');
      expect((await record(repository, index.digest)).status).toBe(201);
      const { body } = await its.admin.get<{ ociReference: string; verifiedWith: { image: string; engine: string }[] }>(release);
      expect(body.ociReference).toBe(`${host()}/demo-lab/demo-llama:tiny-f32`);
      expect(body.verifiedWith).toMatchObject([
        { image: `${host()}/${repository}@${index.digest}`, engine: measured.engine, tokensPerSecond: 31.5 },
      ]);
      const foreign = await (
        await its.person()
      ).post(`${release}/verifications`, { runtime: repository, digest: index.digest, ...measured });
      expect(foreign.status).toBe(403);
      const kept = await its.admin.call<{ code: string }>('DELETE', `/runtimes/${repository}/manifests/${index.digest}`, {});
      expect(kept.body.code).toBe('manifest-referenced');
    });

    test('instructions name every digest, and each layout that they name is there', async () => {
      interface Shown {
        image: string;
        verified: boolean;
        login: boolean;
        layouts: { tag: string; digest: string; reference: string }[];
        instructions: { tool: string; text: string }[];
      }
      const { body } = await its.admin.get<Shown>(`${release}/instructions`);
      expect([body.login, body.verified, body.image]).toEqual([true, true, `${host()}/${repository}@${index.digest}`]);
      expect(body.instructions.map(({ tool }) => tool)).toEqual(['docker', 'podman', 'kubernetes', 'llama.cpp', 'docker-model']);
      const [docker, , kubernetes] = body.instructions as [{ text: string }, unknown, { text: string }];
      expect(docker.text).toContain(`${body.image} --paddock demo-llama/tiny-f32`);
      expect(kubernetes.text).toContain(body.layouts[0]!.reference);
      const { token } = await (await its.person()).withToken(['download']);
      for (const { tag, digest } of body.layouts) {
        expect((await ask(`demo-lab/demo-llama/manifests/${tag}`, { token })).error!.detail.code).toBe('access-not-granted');
        expect((await ask(`demo-lab/demo-llama/manifests/${digest}`, { token })).error!.detail.code).toBe('access-not-granted');
      }
      const open = (await its.admin.get<Shown>('/models/demo-llama-open/releases/tiny-f32/instructions')).body;
      expect(open.instructions.map(({ tool }) => tool)).toContain('ollama');
      for (const { tag, digest } of open.layouts)
        expect((await ask(`demo-lab/demo-llama-open/manifests/${tag}`)).headers.get('docker-content-digest')).toBe(digest);
      expect((await its.admin.get('/models/demo-llama/releases/nothing/instructions')).status).toBe(404);
    });
  });
});
