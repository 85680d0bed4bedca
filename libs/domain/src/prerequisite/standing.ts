import { Refusal } from '../refusal.js';
import { PREREQUISITES, type Prerequisite, type PrerequisiteKind } from './kinds.js';

/** Times in milliseconds since the epoch. */
export interface Evidence {
  kind: PrerequisiteKind;
  obtainedAt: number;
  /** null: as long as the terms say. */
  validUntil: number | null;
}

/** What is known of one person: evidence says what was, `present` what is there now of the kinds that can be taken away. */
export interface HeldEvidence {
  present: readonly PrerequisiteKind[];
  evidence: readonly Evidence[];
}

export interface PrerequisiteStanding extends Prerequisite {
  state: 'satisfied' | 'missing' | 'expired';
  /** When it ends or ended; Infinity: never; -Infinity: there is none. */
  until: number;
  remedy: string;
  link: string;
}

const DAY_MS = 86_400_000;

/** How a person stands to everything that is asked, in the order in which it is asked. */
export function prerequisiteStanding(
  asked: readonly Prerequisite[],
  held: HeldEvidence,
  model: string,
  now: number,
): PrerequisiteStanding[] {
  return asked.map((one) => {
    const until = heldUntil(one, held);
    const state = now < until ? 'satisfied' : until === -Infinity ? 'missing' : 'expired';
    const { remedy, link } = PREREQUISITES[one.kind];
    return { ...one, state, until, remedy, link: link.replace('{model}', encodeURIComponent(model)) };
  });
}

/** The gate's figure: when the first of them ends. Infinity where nothing is asked. */
export function prerequisitesUntil(asked: readonly Prerequisite[], held: HeldEvidence): number {
  return asked.reduce((first, one) => Math.min(first, heldUntil(one, held)), Infinity);
}

/** A problem of what is not satisfied, each with the way to it. */
export function refuseUnmetPrerequisites(standing: readonly PrerequisiteStanding[], state?: string): void {
  const unmet = standing.filter((one) => one.state !== 'satisfied');
  if (unmet.length === 0) return;
  throw new Refusal('prerequisite-missing', unmet.map((one) => `${one.kind}: ${one.state}`).join('; '), {
    ...(state !== undefined && { state }),
    prerequisites: unmet.map(shownUnmet),
  });
}

/** As problem documents name it. */
export function shownUnmet({ kind, state, remedy, link }: PrerequisiteStanding) {
  return { kind, state, remedy, link };
}

/** Of several lists that hold for one person, everything, each with the shortest time. */
export function strictestPrerequisites(lists: readonly (readonly Prerequisite[])[]): Prerequisite[] {
  const strictest = new Map<PrerequisiteKind, Prerequisite>();
  for (const { kind, validDays } of lists.flat()) {
    const known = strictest.get(kind);
    const days = Math.min(known?.validDays ?? Infinity, validDays ?? Infinity);
    strictest.set(kind, { kind, validDays: days === Infinity ? null : days });
  }
  return [...strictest.values()];
}

/** The latest end of all evidence. What can be taken away and is not there has none, whatever was. */
function heldUntil({ kind, validDays }: Prerequisite, { present, evidence }: HeldEvidence): number {
  if (PREREQUISITES[kind].lasting && !present.includes(kind)) return -Infinity;
  return evidence
    .filter((one) => one.kind === kind)
    .reduce((latest, { obtainedAt, validUntil }) => {
      const byTerms = validDays === null ? Infinity : obtainedAt + validDays * DAY_MS;
      return Math.max(latest, Math.min(byTerms, validUntil ?? Infinity));
    }, -Infinity);
}
