import { answerInWords, countryName } from './answers.js';

const base = { id: 'use', label: 'Use', required: true } as const;
const options = [
  { value: 'a', label: 'Research' },
  { value: 'b', label: 'Teaching' },
];

test.each([
  [{ ...base, kind: 'choice', options, several: true }, ['a', 'b'], 'Research, Teaching'],
  [{ ...base, kind: 'choice', options, several: true }, [], 'not answered'],
  [{ ...base, kind: 'choice', options }, 'z', 'z'],
  [{ ...base, kind: 'attestation' }, false, 'no'],
  [{ ...base, kind: 'number' }, 0, '0'],
  [{ ...base, kind: 'text' }, undefined, 'not answered'],
  [{ ...base, kind: 'country' }, 'constructor', 'constructor'],
] as const)('of %j the answer %j reads %s', (field, answer, words) => {
  expect(answerInWords(field as never, answer)).toBe(words);
});

test('countries have their names', () => expect(countryName('IS')).toBe('Iceland'));
