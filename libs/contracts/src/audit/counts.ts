import { z } from 'zod';
import { Instant } from '../fields.js';
import { AUDIT_KINDS, type AuditKindName } from './kinds.js';

export const COUNTED_BY = ['day', 'week', 'month', 'year'] as const;
export type CountedBy = (typeof COUNTED_BY)[number];
/** How many counts are given at once. */
export const MAX_COUNTS = 1000;

const By = z.enum(COUNTED_BY).default('day').describe('Weeks begin on Monday; all in UTC');
const bare = { cursor: true, limit: true } as const;

/** The filters of the kind; without `from` and `to`, the latest 30 of what is counted by. */
export function countsQuery(kind: AuditKindName) {
  const { shape } = AUDIT_KINDS[kind].filters as z.ZodObject;
  return z.strictObject({ ...shape, by: By }).omit({ ...bare, ...('sealed' in shape && { sealed: true }) });
}

export const Counts = z.strictObject({
  by: z.enum(COUNTED_BY),
  items: z.array(z.strictObject({ from: Instant, count: z.int() })).describe('Without gaps: where nothing happened stands 0'),
  nextCursor: z.null(),
});
