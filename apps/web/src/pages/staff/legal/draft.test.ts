import { draftFrom, rangeOf, standsOnce, versionOf } from './draft.js';

const encoder = new TextEncoder();
const TEXT = 'Ünder 700 million. Not for weapons. Not for spam.';

test('a draft begins with the words of the version before, clauses by their words', () => {
  const start = encoder.encode('Ünder 700 million. ').length;
  const version = {
    assent: 'required',
    coverage: 'organization',
    channels: ['link'],
    policies: ['p'],
    attestations: [],
    surface: 'any',
    spdx: null,
    clauses: [{ kind: 'field-of-use', parameters: { excluded: ['weapons'] }, start, end: start + 'Not for weapons.'.length }],
  };
  const draft = draftFrom(version as never, encoder.encode(TEXT));
  expect(draft.clauses).toEqual([{ kind: 'field-of-use', parameters: { excluded: ['weapons'] }, quote: 'Not for weapons.' }]);
  expect(rangeOf(draft.text, 'Not for weapons.')).toEqual({ start, end: start + 16 });
  expect(versionOf({ ...draft, reacceptFrom: '2027-03-01T00:00:00.000Z' })).not.toHaveProperty('reacceptFrom');
});

test.each([
  ['Not for', false],
  ['Not for weapons', true],
  ['Nowhere', false],
  ['', false],
])('%j stands once: %s', (quote, once) => expect(standsOnce(TEXT, quote)).toBe(once));

test('words that overlap themselves stand twice', () => expect(standsOnce('aXaXa', 'aXa')).toBe(false));
