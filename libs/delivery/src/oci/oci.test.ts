import * as fc from 'fast-check';
import { bearerChallenge, readAuthorization, readRegistryToken, signRegistryToken } from './authorization.js';
import { RegistryFault } from './errors.js';
import { registryRequest } from './names.js';
import { pagedTags, tagPage } from './tag-paging.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const repository = { publisher: 'lab', name: 'model' };

describe('an address of the registry', () => {
  test.each([
    ['', { kind: 'base' }],
    ['token', { kind: 'token' }],
    ['lab/model/manifests/v1', { kind: 'manifest', repository, reference: 'v1' }],
    [`lab/model/manifests/${DIGEST}`, { kind: 'manifest', repository, reference: DIGEST }],
    [`lab/model/blobs/${DIGEST}`, { kind: 'blob', repository, digest: DIGEST }],
    ['lab/model/tags/list', { kind: 'tags', repository }],
    [`lab/model/referrers/${DIGEST}`, { kind: 'referrers', repository, digest: DIGEST }],
    ['lab/model/blobs/uploads/', { kind: 'push' }],
  ])('%s', (path, request) => expect(registryRequest(path)).toEqual(request));

  test.each([
    ['lab/model', 'NAME_INVALID'],
    ['Lab/model/tags/list', 'NAME_INVALID'],
    ['lab/../etc/manifests/v1', 'NAME_INVALID'],
    ['lab//model/manifests/v1', 'NAME_INVALID'],
    ['lab/mo\0del/manifests/v1', 'NAME_INVALID'],
    [`${'a'.repeat(300)}/m/tags/list`, 'NAME_INVALID'],
    ['model/tags/list', 'NAME_UNKNOWN'],
    ['lab/model/more/tags/list', 'NAME_UNKNOWN'],
    ['lab/model/manifests/.v1', 'MANIFEST_UNKNOWN'],
    ['lab/model/manifests/a/b', 'MANIFEST_UNKNOWN'],
    ['lab/model/manifests/sha256:totallywrong', 'DIGEST_INVALID'],
    [`lab/model/blobs/${DIGEST.toUpperCase()}`, 'DIGEST_INVALID'],
    ['lab/model/blobs/../../secret', 'DIGEST_INVALID'],
  ])('%j is refused by %s', (path, code) => {
    expect(() => registryRequest(path)).toThrow(expect.objectContaining({ code }));
  });

  test('whatever is asked, it is read or refused', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '/', 'manifests', 'blobs', 'tags', 'list', '..', '%', '\n', ':', 'sha256'), { maxLength: 12 }),
        (parts) => {
          const fault = faultOf(parts.join(''));
          expect(fault === undefined || fault instanceof RegistryFault).toBe(true);
        },
      ),
    );
  });
});

describe('who asks', () => {
  const key = Buffer.alloc(32, 7);
  const tokenHash = Buffer.alloc(32, 1);

  test('Basic takes any user, and a password with colons', () => {
    const basic = (pair: string) => readAuthorization(`Basic ${Buffer.from(pair).toString('base64')}`);
    expect(basic('x:hf_a:b')).toEqual({ kind: 'basic', password: 'hf_a:b' });
    expect(readAuthorization('bearer  abc')).toEqual({ kind: 'bearer', token: 'abc' });
    expect(readAuthorization('ssh-ed25519 AAAA:signature')).toEqual({ kind: 'other' });
    expect(readAuthorization(undefined)).toEqual({ kind: 'none' });
  });

  test('a registry token is read back by the key that signed it, and by no other', () => {
    for (const claim of [
      { tokenHash, expiresAt: 1_800_000_000 },
      { tokenHash: null, expiresAt: 1 },
    ]) {
      const token = signRegistryToken(key, claim);
      expect(readRegistryToken(key, token)).toEqual(claim);
      expect(readRegistryToken(Buffer.alloc(32, 8), token)).toBeUndefined();
    }
  });

  test('of a token that was altered nothing is believed', () => {
    const token = signRegistryToken(key, { tokenHash, expiresAt: 1_800_000_000 });
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom('0', 'A', '.', '_'), (at, character) => {
        const altered = `${token.slice(0, at)}${character}${token.slice(at + 1)}`;
        expect(readRegistryToken(key, altered) === undefined).toBe(altered !== token);
      }),
    );
  });

  test('the challenge leads to the registry’s own host', () => {
    expect(bearerChallenge('https://models.example.org', 'repository:lab/model:pull')).toBe(
      'Bearer realm="https://models.example.org/v2/token",service="models.example.org",scope="repository:lab/model:pull"',
    );
  });
});

describe('a list of tags', () => {
  const all = ['a', 'b+', 'c'];

  test('goes on where the Link says', () => {
    expect(pagedTags('lab/model', all, tagPage({ n: '2' }))).toEqual({
      body: '{"name":"lab/model","tags":["a","b+"]}',
      link: '</v2/lab/model/tags/list?n=2&last=b%2B>; rel="next"',
    });
    expect(pagedTags('lab/model', ['c'], tagPage({ n: '2', last: 'b+' })).link).toBeUndefined();
  });

  test('none were asked for, or something else than a number', () => {
    expect(pagedTags('lab/model', all, tagPage({ n: '0' }))).toEqual({ body: '{"name":"lab/model","tags":[]}', link: undefined });
    expect(tagPage({ n: '-1' }).limit).toBe(1000);
    expect(tagPage({ n: '99999999' }).limit).toBe(1000);
  });
});

function faultOf(path: string): unknown {
  try {
    registryRequest(path);
    return undefined;
  } catch (error) {
    return error;
  }
}
