/** How long decisions took, in seconds. */
export interface UsualWait {
  median: number;
  p90: number;
  /** How many decisions this speaks of. */
  decisions: number;
}

/** Fewer decisions than this say nothing that an applicant could rely on. */
export const LEAST_DECISIONS = 20;

/** Nearest-rank percentiles of the waits; null for "not known yet". */
export function usualWait(seconds: readonly number[]): UsualWait | null {
  if (seconds.length < LEAST_DECISIONS) return null;
  const sorted = seconds.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
  return { median: rank(0.5), p90: rank(0.9), decisions: sorted.length };
}
