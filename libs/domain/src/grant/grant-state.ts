import { Refusal } from '../refusal.js';
import type { GrantState } from './effective-access.js';

export interface GrantFacts {
  pending: boolean;
  revoked: boolean;
  suspended: boolean;
  until: number;
  /** When an approval that nobody accepted lapses. */
  pendingUntil: number;
}

/** What a reader sees as the grant's state. Expiry is computed: no job has to run for a grant to end. */
export function grantState(facts: GrantFacts, now: number): GrantState {
  if (facts.revoked) return 'revoked';
  if (facts.pending) return now >= facts.pendingUntil ? 'expired' : 'pending-acceptance';
  if (now >= facts.until) return 'expired';
  return facts.suspended ? 'suspended' : 'active';
}

export type GrantCommand = 'suspend' | 'resume' | 'revoke';

export const GRANT_COMMANDS: Readonly<Record<GrantCommand, { from: readonly GrantState[]; meaning: string }>> = {
  suspend: { from: ['active'], meaning: 'Access stops until staff resume the grant.' },
  resume: { from: ['suspended'], meaning: 'Staff lift the suspension.' },
  revoke: { from: ['pending-acceptance', 'active', 'suspended'], meaning: 'Access ends for good; the reason is kept.' },
};

export function refuseUnfitGrantCommand(state: GrantState, command: GrantCommand): void {
  const { from } = GRANT_COMMANDS[command];
  if (!from.includes(state)) {
    throw new Refusal('grant-state', `\`${command}\` works from ${from.join(', ')}; this grant is ${state}.`, { state });
  }
}
