import { assert, constantFrom, integer, property } from 'fast-check';
import { isOrcid } from './orcid.js';

// Published examples of ORCID's own documentation, among them one that ends in X.
const TRUE = ['0000-0002-1825-0097', '0000-0001-5109-3700', '0000-0002-1694-233X'];

describe('an ORCID iD', () => {
  test.each(TRUE)('%s is one', (iD) => expect(isOrcid(iD)).toBe(true));

  test.each([
    '', '0000-0002-1825-0098', '0000000218250097', '0000-0002-1694-233x', '0000-0002-1694-X233', ' 0000-0002-1825-0097',
    '0000-0002-1825-0097\n', 'https://orcid.org/0000-0002-1825-0097', '٠٠٠٠-0002-1825-0097', '0000-0002-1825-00970',
  ])('%j is none', (text) => expect(isOrcid(text)).toBe(false)); // prettier-ignore

  const placesWhere = (fits: (digit: string, next: string | undefined) => boolean) =>
    constantFrom(
      ...TRUE.flatMap((iD) => [...iD].flatMap((digit, at) => (/\d/.test(digit) && fits(digit, iD[at + 1]) ? [[iD, at] as const] : []))),
    );

  test('with one digit wrong is none', () => {
    assert(
      property(
        placesWhere(() => true),
        integer({ min: 1, max: 9 }),
        ([iD, at], shift) => expect(isOrcid(iD.slice(0, at) + String((Number(iD[at]) + shift) % 10) + iD.slice(at + 1))).toBe(false),
      ),
    );
  });

  test('with two neighbours exchanged is none', () => {
    assert(
      property(
        placesWhere((digit, next) => next !== undefined && /\d/.test(next) && next !== digit),
        ([iD, at]) => expect(isOrcid(iD.slice(0, at) + iD[at + 1]! + iD[at]! + iD.slice(at + 2))).toBe(false),
      ),
    );
  });
});
