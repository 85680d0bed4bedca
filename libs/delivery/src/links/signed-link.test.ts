import * as fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { signLink, verifyLink, type LinkQuery } from './signed-link.js';

const keys = new Map([
  ['old', new Uint8Array(randomBytes(32))],
  ['new', new Uint8Array(randomBytes(32))],
]);
const now = new Date('2026-01-02T03:04:05Z');
const inAnHour = new Date(now.getTime() + 3_600_000);
const target = { link: '0193a', path: 'sub dir/model+q4.gguf' };

/** What a server sees of a link: decoded target and query. */
function received(url: string): [{ link: string; path: string }, LinkQuery] {
  const { pathname, searchParams } = new URL(url, 'http://portal');
  const [, , link, ...segments] = pathname.split('/').map(decodeURIComponent);
  return [{ link: link!, path: segments.join('/') }, Object.fromEntries(searchParams)];
}

describe('signed link', () => {
  test('encodes each segment and verifies until it expires', () => {
    const url = signLink(target, inAnHour, 'new', keys);
    expect(url).toMatch(/^\/d\/0193a\/sub%20dir\/model%2Bq4\.gguf\?e=1767326645&k=new&s=[A-Za-z0-9_-]{43}$/);
    expect(verifyLink(...received(url), keys, now)).toBe('ok');
    expect(verifyLink(...received(url), keys, new Date(inAnHour.getTime() - 1))).toBe('ok');
    expect(verifyLink(...received(url), keys, inAnHour)).toBe('expired');
  });

  test('rotation: links of the old key hold until it is dropped', () => {
    const url = signLink(target, inAnHour, 'old', keys);
    expect(verifyLink(...received(url), keys, now)).toBe('ok');
    expect(verifyLink(...received(url), new Map([['new', keys.get('new')!]]), now)).toBe('unknown-key');
    expect(() => signLink(target, inAnHour, 'gone', keys)).toThrow(RangeError);
  });

  test.each<[string, { link?: string; path?: string }, LinkQuery]>([
    ['another path', { path: 'other.gguf' }, {}],
    ['another link', { link: '0193b' }, {}],
    ['a path moved into the link', { link: '0193a/sub dir', path: 'model+q4.gguf' }, {}],
    ['a later expiry', {}, { e: '1999999999' }],
    ['an expiry that is no number', {}, { e: '1e12' }],
    ['another key', {}, { k: 'old' }],
    ['no signature', {}, { s: '' }],
    ['a signature of zeros', {}, { s: 'A'.repeat(43) }],
    ['a longer signature', {}, { s: 'A'.repeat(44) }],
  ])('refuses %s as altered', (_, otherTarget, otherQuery) => {
    const [seenTarget, seenQuery] = received(signLink(target, inAnHour, 'new', keys));
    expect(verifyLink({ ...seenTarget, ...otherTarget }, { ...seenQuery, ...otherQuery }, keys, now)).toBe('altered');
  });

  test('an expired link that was altered is altered, not expired', () => {
    const [seen, query] = received(signLink(target, now, 'new', keys));
    expect(verifyLink({ ...seen, path: 'x' }, query, keys, inAnHour)).toBe('altered');
  });

  test('every link and path survives the way through a URL', () => {
    const segment = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/^\.{1,2}$|\//.test(text));
    fc.assert(
      fc.property(segment, fc.array(segment, { minLength: 1 }), (link, segments) => {
        fc.pre(![link, ...segments].some((text) => text === '.' || text === '..' || !text.isWellFormed()));
        const url = signLink({ link, path: segments.join('/') }, inAnHour, 'new', keys);
        expect(verifyLink(...received(url), keys, now)).toBe('ok');
      }),
    );
  });
});
