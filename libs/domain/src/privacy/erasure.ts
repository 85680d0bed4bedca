/** The states of an erasure, in the one order in which they follow. docs/generated/privacy.md is printed from it. */
export const ERASURE_STATES = {
  requested: 'Asked for, and nothing of it done: as a database knows it that was restored from before. It begins at once.',
  ended: 'Grants, links, tokens, sessions, roles and memberships have ended. A letter says so and is on its way.',
  'minimum-kept': 'Address, name and all else are destroyed; typed names are kept sealed until a period ends or a hold is lifted.',
  erased: 'The key is destroyed. What the ledger holds still verifies; whose it was can no longer be told by anybody.',
} as const;
export type ErasureState = keyof typeof ERASURE_STATES;

/** What an erasure ends or destroys, as the person reads it beforehand. */
export const ERASURE_PARTS = {
  grants: 'Grants end, and with them links, passkeys and torrents.',
  requests: 'Open access requests are withdrawn.',
  memberships: 'Memberships of organizations end; service seats pass on to the longest-serving officer.',
  organizations: 'Organizations of which nobody else is a member end, with their seats, requests and grants.',
  roles: 'Staff roles end.',
  tokens: 'Access tokens end.',
  sessions: 'Sessions end, and all ways to sign in are removed.',
  letters: 'Mail to or about the person is emptied.',
  sealed: 'Answers, statements, notes and referees are destroyed.',
} as const;
export type ErasurePart = keyof typeof ERASURE_PARTS;
export const ERASURE_PART_NAMES = Object.keys(ERASURE_PARTS) as ErasurePart[];

const DAY_MS = 86_400_000;

/** What a typed name is kept for. Times in milliseconds since the epoch. */
export interface KeptAcceptance {
  acceptedAt: number;
  /** End of the licensee's last grant for the model, Infinity while one goes on; undefined without any. */
  grantsEnd: number | undefined;
  /** null: kept without end. */
  retentionDays: number | null;
  held: boolean;
}

export type KeptWhy = 'legal-hold' | 'grant' | 'retention';

/**
 * Until when the sealed minimum of an acceptance is kept, and why: while a grant rests on it and the publisher's retention
 * period after that, and as long as a hold says so. `until` is null where no date can be told.
 */
export function keptMinimum({ acceptedAt, grantsEnd, retentionDays, held }: KeptAcceptance): { until: number | null; why: KeptWhy } {
  const from = Math.max(acceptedAt, grantsEnd ?? acceptedAt);
  const until = retentionDays === null || from === Infinity ? null : from + retentionDays * DAY_MS;
  if (held) return { until: null, why: 'legal-hold' };
  return { until, why: from === Infinity ? 'grant' : 'retention' };
}
