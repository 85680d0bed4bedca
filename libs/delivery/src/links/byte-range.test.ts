import * as fc from 'fast-check';
import { requestedRange } from './byte-range.js';

const etag = '"5994471a"';

describe('byte range', () => {
  test.each([
    [undefined, 'whole'],
    ['bytes=0-0', { first: 0, last: 0 }],
    ['bytes=0-', { first: 0, last: 99 }],
    ['bytes=10-19', { first: 10, last: 19 }],
    ['BYTES=10-1000', { first: 10, last: 99 }],
    ['bytes=-10', { first: 90, last: 99 }],
    ['bytes=-1000', { first: 0, last: 99 }],
    ['bytes=99999999999999999999999-', 'unsatisfiable'],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=20-10', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=a-b', 'whole'],
    ['bytes', 'whole'],
    ['lines=0-1', 'whole'],
    ['bytes=0x1-2', 'whole'],
  ])('%s of 100 bytes', (range, expected) => expect(requestedRange({ range }, 100, etag)).toEqual(expected));

  test('of nothing there is no part', () => {
    expect(requestedRange({ range: 'bytes=0-' }, 0, etag)).toBe('unsatisfiable');
    expect(requestedRange({ range: 'bytes=-1' }, 0, etag)).toBe('unsatisfiable');
    expect(requestedRange({}, 0, etag)).toBe('whole');
  });

  test.each([
    [etag, { first: 10, last: 99 }],
    ['"other"', 'whole'],
    [`W/${etag}`, 'whole'],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 'whole'],
  ])('If-Range: %s', (ifRange, expected) => expect(requestedRange({ range: 'bytes=10-', ifRange }, 100, etag)).toEqual(expected));

  test('a range always lies inside of the artifact and holds what was asked for', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(1 << 20), fc.nat(1 << 20), (size, first, length) => {
        const range = requestedRange({ range: `bytes=${first}-${first + length}` }, size, etag);
        expect(range).toEqual(first < size ? { first, last: Math.min(first + length, size - 1) } : 'unsatisfiable');
      }),
    );
  });

  test('no header makes it throw or leave the artifact', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.string({ unit: fc.constantFrom(...'bytes=0123456789-, \t') }), (size, range) => {
        const asked = requestedRange({ range: `bytes=${range}` }, size, etag);
        if (typeof asked === 'string') return;
        expect(asked.first).toBeGreaterThanOrEqual(0);
        expect(asked.last).toBeGreaterThanOrEqual(asked.first);
        expect(asked.last).toBeLessThan(size);
      }),
    );
  });
});
