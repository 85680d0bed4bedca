import { Refusal } from '../refusal.js';

/**
 * What a later text asks of those who accepted an earlier one. From `by-date` or `at-once` on, the gate refuses until
 * they accept.
 */
export const REACCEPTANCES = {
  inform: 'Licensees are told; what they accepted goes on to bind them.',
  'by-date': 'Licensees must accept the new text by a date.',
  'at-once': 'Licensees must accept the new text as soon as it is in force.',
} as const;

export type Reacceptance = keyof typeof REACCEPTANCES;
export const REACCEPTANCE_NAMES = Object.keys(REACCEPTANCES) as [Reacceptance, ...Reacceptance[]];

/** When a text begins to bind, and from when on it must have been accepted; null for never. */
export interface BindingDates {
  effectiveFrom: Date;
  reacceptFrom: Date | null;
}

export interface BindingWish {
  /** Without it: now. */
  effectiveFrom?: Date | undefined;
  reacceptance: Reacceptance;
  /** With `by-date` only. */
  reacceptFrom?: Date | undefined;
}

/** Clocks of publishers may be this far behind. */
const TOLERANCE_MS = 60_000;

/** Throws `malformed-request` where the wish would bind from the past, or ask for an acceptance before there is a text. */
export function bindingFrom({ effectiveFrom, reacceptance, reacceptFrom }: BindingWish, now: Date): BindingDates {
  const from = effectiveFrom ?? now;
  if (from.getTime() < now.getTime() - TOLERANCE_MS)
    throw new Refusal('malformed-request', 'effectiveFrom: a text cannot bind from the past', { fields: ['effectiveFrom'] });
  if ((reacceptance === 'by-date') !== (reacceptFrom !== undefined))
    throw new Refusal('malformed-request', 'reacceptFrom: goes with `by-date`, and only with it', { fields: ['reacceptFrom'] });
  if (reacceptFrom && reacceptFrom < from)
    throw new Refusal('malformed-request', 'reacceptFrom: nobody can have accepted a text before it is in force', {
      fields: ['reacceptFrom'],
    });
  return { effectiveFrom: from, reacceptFrom: { inform: null, 'by-date': reacceptFrom ?? null, 'at-once': from }[reacceptance] };
}

/** The mode that rows stand for. */
export function reacceptanceOf({ effectiveFrom, reacceptFrom }: BindingDates): Reacceptance {
  if (reacceptFrom === null) return 'inform';
  return reacceptFrom.getTime() === effectiveFrom.getTime() ? 'at-once' : 'by-date';
}
