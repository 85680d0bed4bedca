// Where grants and deletion statements stand, in words, and which grants can be renewed.
import type { GrantState } from '@paddock/domain';

export const GRANT_STATES: Readonly<Record<GrantState, string>> = {
  'pending-acceptance': 'Approved; the agreement waits to be accepted',
  active: 'Active',
  suspended: 'Suspended',
  expired: 'Ended',
  revoked: 'Revoked',
};

export const DELETION_STATES = {
  outstanding: 'Asked for',
  overdue: 'Overdue',
  stated: 'Stated',
  waived: 'Not needed, for another grant stands',
} as const;

interface Grant {
  id: string;
  model: string;
  licensee: string | null;
  acceptance: string | null;
  state: GrantState;
  until: string | null;
}

/**
 * The ids of the grants that a renewal can follow: of each licensee and model the latest that was in use, unless it was revoked,
 * is suspended or has no end. `grants` come latest first, as the API lists them.
 */
export function renewable(grants: readonly Grant[]): string[] {
  const latest = new Map<string, Grant>();
  for (const grant of grants) {
    const of = `${grant.licensee} ${grant.model}`;
    if (grant.acceptance !== null && !latest.has(of)) latest.set(of, grant);
  }
  return [...latest.values()]
    .filter(({ state, until }) => until !== null && (state === 'active' || state === 'expired'))
    .map(({ id }) => id);
}
