import { MAX_COUNTS, type CountedBy } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';

const DAY_MS = 86_400_000;
const LENGTH_MS: Readonly<Record<CountedBy, number>> = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS, year: 365 * DAY_MS };
const COUNTS_UNASKED = 30;

/** The time that is counted in. Bounded, for each count is a line of the answer. */
export function countedSpan(
  by: CountedBy,
  asked: { from?: string | undefined; to?: string | undefined },
  now: Date,
): { from: string; to: string } {
  const to = asked.to ?? now.toISOString();
  const from = asked.from ?? new Date(Date.parse(to) - COUNTS_UNASKED * LENGTH_MS[by]).toISOString();
  const length = Date.parse(to) - Date.parse(from);
  if (length <= 0) throw new Refusal('malformed-request', 'to: must come after `from`', { fields: ['to'] });
  if (length > MAX_COUNTS * LENGTH_MS[by])
    throw new Refusal('malformed-request', `from: at most ${MAX_COUNTS} counts are given at once; count by more, or a shorter time`, {
      fields: ['from'],
    });
  return { from, to };
}
