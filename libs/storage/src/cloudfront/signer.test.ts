import { getSignedUrl } from '@aws-sdk/cloudfront-signer';
import { admittedByEdge, CLOUDFRONT } from '../../../../test/support/cloudfront-url.js';
import type { PresignRequest } from '../object-store.js';
import { cloudFrontSigner } from './signer.js';

const { PADDOCK_CLOUDFRONT_URL: url, PADDOCK_CLOUDFRONT_KEY_PAIR_ID: keyPairId, PADDOCK_CLOUDFRONT_KEY: privateKey } = CLOUDFRONT;
const sign = cloudFrontSigner({ url, keyPairId, privateKey });

const asked = (changes: Partial<PresignRequest> = {}): PresignRequest => ({
  method: 'GET',
  key: 'artifacts/0190-a',
  expiresIn: 60,
  now: new Date('2026-11-28T15:00:00.900Z'),
  ...changes,
});

/** Amazon's own, for the same resource and end. */
function theirs({ key, contentDisposition, contentType, expiresIn, now }: PresignRequest, base = url): string {
  const asked = { 'response-content-disposition': contentDisposition, 'response-content-type': contentType };
  const query = Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${rfc3986(value)}`]));
  const withQuery = [`${base}/${encodeURI(key)}`, ...(query.length > 0 ? [query.join('&')] : [])].join('?');
  const end = (Math.floor(now.getTime() / 1000) + expiresIn) * 1000;
  return getSignedUrl({ url: withQuery, keyPairId, privateKey, dateLessThan: new Date(end).toISOString() });
}

describe('signed URLs of CloudFront are those of the AWS SDK', () => {
  it.each<[string, Partial<PresignRequest>]>([
    ['of a plain key', {}],
    ['to ask for the head', { method: 'HEAD' }],
    ['with a type', { contentType: 'application/x-gguf' }],
    ['with a name of a file', { contentDisposition: `attachment; filename="a b.gguf"; filename*=UTF-8''a%20b.gguf` }],
    ['with both', { contentDisposition: 'attachment; filename="ä+(1)!.gguf"', contentType: 'text/plain; charset=utf-8' }],
    ['of a key with every character that keys have', { key: 'releases/A-z_0.9/x..y/-' }],
    ['of keys that only other stores have', { key: 'a b/ä/漢字/!*' }],
    ['of one second', { expiresIn: 1 }],
    ['of a week', { expiresIn: 604_800 }],
    ['at the turn of a year', { now: new Date('2026-12-31T23:59:59.999Z') }],
  ])('%s', (_what, changes) => {
    const request = asked(changes);
    expect(sign(request)).toBe(theirs(request));
  });

  it('at an address with a path, whatever slashes end it', () => {
    const elsewhere = cloudFrontSigner({ url: 'https://cdn.example.org/weights//', keyPairId, privateKey });
    expect(elsewhere(asked())).toBe(theirs(asked(), 'https://cdn.example.org/weights'));
  });
});

describe('the signer of CloudFront', () => {
  it('signs what it names: object, query and end', () => {
    const request = asked({ contentType: 'text/plain' });
    const signed = sign(request);
    expect(admittedByEdge(signed, request.now)).toMatchObject({ key: request.key, seconds: 60 });
    const end = Math.floor(request.now.getTime() / 1000) + 60;
    const altered = [
      ['0190-a', '0190-b'],
      ['text', 'html'],
      [String(end), String(end + 1)],
    ] as const;
    for (const [is, was] of altered) expect(() => admittedByEdge(signed.replace(is, was))).toThrow('an edge would refuse');
  });

  it('refuses a life that is none', () => {
    for (const expiresIn of [0, -1, 1.5, Number.NaN]) expect(() => sign(asked({ expiresIn }))).toThrow(RangeError);
  });

  it('refuses a key that is none when it is made, not when it signs', () => {
    expect(() => cloudFrontSigner({ url, keyPairId, privateKey: 'no key' })).toThrow('DECODER');
  });
});

function rfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
