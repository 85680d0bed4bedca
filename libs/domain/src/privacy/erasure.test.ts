import { keptMinimum, type KeptAcceptance } from './erasure.js';

const DAY = 86_400_000;
const kept = (change: Partial<KeptAcceptance>) =>
  keptMinimum({ acceptedAt: 10 * DAY, grantsEnd: undefined, retentionDays: 5, held: false, ...change });

describe('how long a typed name is kept after an erasure', () => {
  test.each<[string, Partial<KeptAcceptance>, { until: number | null; why: string }]>([
    ['from the acceptance where there was no grant', {}, { until: 15 * DAY, why: 'retention' }],
    ['from the end of the last grant', { grantsEnd: 20 * DAY }, { until: 25 * DAY, why: 'retention' }],
    ['from the acceptance where a grant ended before it', { grantsEnd: 1 * DAY }, { until: 15 * DAY, why: 'retention' }],
    ['while a grant rests on it, such as an organization’s', { grantsEnd: Infinity }, { until: null, why: 'grant' }],
    ['without end where the publisher says so', { retentionDays: null }, { until: null, why: 'retention' }],
    ['not at all where the publisher says so', { retentionDays: 0 }, { until: 10 * DAY, why: 'retention' }],
    ['as long as a hold stands, whatever else', { retentionDays: 0, held: true }, { until: null, why: 'legal-hold' }],
  ])('%s', (_, change, expected) => {
    expect(kept(change)).toEqual(expected);
  });
});
