import type { FormField } from '@paddock/domain';
import { answerInWords, answerOf, answersFrom, heldFor, withoutFaults, type Held } from './answering.js';

const base = { label: 'Label', required: false };
const USE: FormField = {
  ...base,
  id: 'use',
  kind: 'choice',
  several: true,
  options: [
    { value: 'research', label: 'Research' },
    { value: 'product', label: 'A product' },
  ],
};
const USERS: FormField = { ...base, id: 'users', kind: 'number', shownWhen: { field: 'use', in: ['product'] } };
const MARKET: FormField = { ...base, id: 'market', kind: 'text', shownWhen: { field: 'users', in: [7] } };
const FORM = [USE, USERS, MARKET];

describe('answers from controls', () => {
  const from = (held: Record<string, Held>) => answersFrom(FORM, held);

  test('what is hidden is left out, and what hangs on it too, though the controls still hold it', () => {
    expect(from({ use: ['product'], users: '7', market: 'EU' })).toEqual({ use: ['product'], users: 7, market: 'EU' });
    expect(from({ use: ['research'], users: '7', market: 'EU' })).toEqual({ use: ['research'] });
    expect(from({ use: ['product'], users: '8', market: 'EU' })).toEqual({ use: ['product'], users: 8 });
  });

  test('nothing answered is no answer', () => {
    expect(from({ use: [], users: ' ', market: '' })).toEqual({});
    expect(from({})).toEqual({});
  });

  test.each<[FormField['kind'], Held, unknown]>([
    ['number', '0', 0],
    ['number', '1e3', 1000],
    ['number', 'many', 'many'],
    ['number', 'Infinity', 'Infinity'],
    ['orcid', ' https://orcid.org/0000-0002-1825-0097 ', '0000-0002-1825-0097'],
    ['text', ' Ada ', 'Ada'],
    ['country', 'GB', 'GB'],
    ['attestation', true, true],
    ['attestation', false, undefined],
  ])('of a %s, %j is %j', (kind, held, answer) => expect(answerOf({ ...base, id: 'a', kind } as FormField, held)).toEqual(answer));

  test('what was answered is shown again as it was held', () => {
    for (const held of [true, ['a', 'b'], 'text', '']) expect(heldFor({ held })).toEqual({ held });
    expect(heldFor({ seven: 7, none: undefined, no: null })).toEqual({ seven: '7', none: '', no: '' });
  });

  test('a fault keeps none of the other answers from being saved', () => {
    expect(withoutFaults({ orcid: 'half', use: ['research'] }, [{ field: 'orcid', why: 'must be an ORCID iD' }])).toEqual({
      use: ['research'],
    });
  });
});

test('answers are read by their labels; what no form speaks of, as it stands', () => {
  const words = answerInWords;
  expect(words(USE, ['research', 'product'])).toBe('Research, A product');
  expect(words(USE, ['else'])).toBe('else');
  expect(words({ ...base, id: 'c', kind: 'country' }, 'IS')).toBe('Iceland');
  expect(words({ ...base, id: 'c', kind: 'country' }, 'constructor')).toBe('constructor');
  expect(words(USE, [])).toBe('not answered');
  expect([true, false].map((is) => words({ ...base, id: 'a', kind: 'attestation' }, is))).toEqual(['confirmed', 'not confirmed']);
  expect([words(undefined, { a: 1 }), words(undefined, ''), words(undefined, 0)]).toEqual(['{"a":1}', 'not answered', '0']);
});
