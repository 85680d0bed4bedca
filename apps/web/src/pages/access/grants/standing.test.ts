import { deletionInWords, renewable } from './standing.js';

type Grant = Parameters<typeof renewable>[0][number];
const END = '2026-01-01T00:00:00Z';
const grant = (id: string, more: Partial<Grant> = {}): Grant => ({
  id,
  model: 'llama',
  licensee: 'ada',
  acceptance: 'a',
  state: 'active',
  until: END,
  ...more,
});

describe('a renewal follows', () => {
  test.each<[string, Partial<Grant>, boolean]>([
    ['a grant that ends', {}, true],
    ['one that has ended', { state: 'expired' }, true],
    ['none without an end', { until: null }, false],
    ['none that was revoked', { state: 'revoked' }, false],
    ['none that is suspended', { state: 'suspended' }, false],
    ['none that was never accepted', { state: 'expired', acceptance: null }, false],
  ])('%s', (_, more, follows) => expect(renewable([grant('g', more)])).toEqual(follows ? ['g'] : []));

  test('the latest of each licensee and model', () => {
    const older = grant('older', { state: 'expired' });
    expect(renewable([grant('latest', { state: 'revoked' }), older])).toEqual([]);
    expect(renewable([grant('pending', { state: 'pending-acceptance', acceptance: null }), older])).toEqual(['older']);
    expect(renewable([grant('ours', { licensee: 'lab' }), grant('other', { model: 'mistral' }), older])).toEqual([
      'ours',
      'other',
      'older',
    ]);
  });
});

test.each([
  ['outstanding', 'Deletion statement due on D1'],
  ['overdue', 'Deletion statement overdue since D1'],
  ['stated', 'Deletion stated on D2'],
  ['waived', 'No deletion statement needed: another grant stands'],
] as const)('a statement that is %s', (state, words) =>
  expect(deletionInWords({ state, dueAt: '1', statedAt: state === 'stated' ? '2' : null }, (time) => `D${time}`)).toBe(words),
);
