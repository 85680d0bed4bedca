// Where grants and deletion statements stand, in words, and which grants can be renewed.
import type { GrantState } from '@paddock/domain';

export const GRANT_STATES: Readonly<Record<GrantState, string>> = {
  'pending-acceptance': 'Approved; the agreement waits to be accepted',
  active: 'Active',
  suspended: 'Suspended',
  expired: 'Ended',
  revoked: 'Revoked',
};

interface Deletion {
  state: 'outstanding' | 'overdue' | 'stated' | 'waived';
  dueAt: string;
  statedAt: string | null;
}

/** `day` tells a time as the reader's calendar has it. */
export function deletionInWords({ state, dueAt, statedAt }: Deletion, day: (time: string) => string): string {
  if (state === 'outstanding') return `Deletion statement due on ${day(dueAt)}`;
  if (state === 'overdue') return `Deletion statement overdue since ${day(dueAt)}`;
  if (state === 'waived') return 'No deletion statement needed: another grant stands';
  return `Deletion stated on ${day(statedAt ?? dueAt)}`;
}

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
