import fc from 'fast-check';
import { isOrcid } from './orcid.js';

// Published examples of ORCID's own documentation, among them one that ends in X.
const TRUE = ['0000-0002-1825-0097', '0000-0001-5109-3700', '0000-0002-1694-233X'];

describe('an ORCID iD', () => {
  test.each(TRUE)('%s is one', (iD) => expect(isOrcid(iD)).toBe(true));

  test.each([
    '', '0000-0002-1825-0098', '0000000218250097', '0000-0002-1694-233x', '0000-0002-1694-X233', ' 0000-0002-1825-0097',
    '0000-0002-1825-0097\n', 'https://orcid.org/0000-0002-1825-0097', '٠٠٠٠-0002-1825-0097', '0000-0002-1825-00970',
  ])('%j is none', (text) => expect(isOrcid(text)).toBe(false)); // prettier-ignore

  test('with one digit wrong, or two neighbours exchanged, is none', () => {
    const places = fc.constantFrom(
      ...TRUE.flatMap((iD) => [...iD].flatMap((letter, at) => (/\d/.test(letter) ? [[iD, at] as const] : []))),
    );
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 9 }), ([iD, at], shift) => {
        const wrong = String((Number(iD[at]) + shift) % 10);
        expect(isOrcid(iD.slice(0, at) + wrong + iD.slice(at + 1))).toBe(false);
        const next = iD[at + 1];
        if (next !== undefined && /\d/.test(next) && next !== iD[at])
          expect(isOrcid(iD.slice(0, at) + next + iD[at]! + iD.slice(at + 2))).toBe(false);
      }),
    );
  });
});
