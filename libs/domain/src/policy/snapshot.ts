import { bindingFrom, type BindingDates, type Reacceptance } from '../license/reacceptance.js';
import { Refusal } from '../refusal.js';

/** A snapshot is evidence from the first moment; it binds only once a publisher, or their standing rule, says so. */
export const SNAPSHOT_STATES = {
  pending: 'Captured and not yet decided on: it binds nobody.',
  scheduled: 'It will be in force from a date.',
  effective: 'It is in force, or was until a later one was.',
  dismissed: 'A publisher said why it never binds, such as a hacked page.',
} as const;

export type SnapshotState = keyof typeof SNAPSHOT_STATES;
export const SNAPSHOT_STATE_NAMES = Object.keys(SNAPSHOT_STATES) as [SnapshotState, ...SnapshotState[]];

export interface SnapshotFacts {
  effectiveFrom: Date | null;
  dismissedAt: Date | null;
}

export function snapshotState({ effectiveFrom, dismissedAt }: SnapshotFacts, now: Date): SnapshotState {
  if (dismissedAt) return 'dismissed';
  if (!effectiveFrom) return 'pending';
  return effectiveFrom > now ? 'scheduled' : 'effective';
}

/** Throws unless the snapshot is still to be decided on: what was decided stands. */
export function refuseDecided(facts: SnapshotFacts, now: Date): void {
  const state = snapshotState(facts, now);
  if (state !== 'pending') throw new Refusal('snapshot-state', `This snapshot is ${state} already.`, { state });
}

/** What a publisher decides beforehand for every changed text; without one, each waits for a person. */
export interface StandingRule {
  /** Days between the capture and the moment from which it binds. */
  afterDays: number;
  reacceptance: Reacceptance;
  /** Days from then on until the text must have been accepted; with `by-date` only. */
  acceptWithinDays?: number | undefined;
}

const DAY = 86_400_000;

export function bindingByRule({ afterDays, reacceptance, acceptWithinDays = 0 }: StandingRule, capturedAt: Date): BindingDates {
  const effectiveFrom = new Date(capturedAt.getTime() + afterDays * DAY);
  const reacceptFrom = reacceptance === 'by-date' ? new Date(effectiveFrom.getTime() + acceptWithinDays * DAY) : undefined;
  return bindingFrom({ effectiveFrom, reacceptance, reacceptFrom }, capturedAt);
}
