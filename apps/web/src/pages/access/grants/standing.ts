import type { GrantState } from '@paddock/domain';
import { ACCESS } from '../../../words/access.js';

const { deletion } = ACCESS.grants;

interface Deletion {
  state: 'outstanding' | 'overdue' | 'stated' | 'waived';
  dueAt: string;
  statedAt: string | null;
}

/** `day` tells a time as the reader's calendar has it. */
export function deletionInWords({ state, dueAt, statedAt }: Deletion, day: (time: string) => string): string {
  if (state === 'waived') return deletion.waived;
  return deletion[state](day(state === 'stated' ? (statedAt ?? dueAt) : dueAt));
}

interface Renewable {
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
export function renewable(grants: readonly Renewable[]): string[] {
  const latest = new Map<string, Renewable>();
  for (const grant of grants) {
    const of = `${grant.licensee} ${grant.model}`;
    if (grant.acceptance !== null && !latest.has(of)) latest.set(of, grant);
  }
  return [...latest.values()]
    .filter(({ state, until }) => until !== null && (state === 'active' || state === 'expired'))
    .map(({ id }) => id);
}
