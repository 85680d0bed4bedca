/** Whom a clause can name: what a licensee is, and, where a form asks `licenseeKind`, in which sector. */
export const LICENSEE_KINDS = ['individual', 'organization', 'academic', 'nonprofit', 'government', 'commercial'] as const;
export type LicenseeKind = (typeof LICENSEE_KINDS)[number];

/** What becomes of an applicant whom a clause speaks against: the licensor may grant other terms, or will not. */
export const CLAUSE_ROUTES = ['special-license', 'refused'] as const;
export type ClauseRoute = (typeof CLAUSE_ROUTES)[number];

interface ClauseRule {
  meaning: string;
  /** Of a clause that answers are judged by, unless its parameter `otherwise` says another; null: it binds without being judged. */
  otherwise: ClauseRoute | null;
}

/** The kinds of clause that rules can act on. Each instance quotes the bytes of the license body that it stands for. */
export const CLAUSE_KINDS = {
  'monthly-active-users': {
    meaning: 'Above this many monthly active users, in the month before the reference date, a special license is needed.',
    otherwise: 'special-license',
  },
  'no-model-improvement': { meaning: 'Outputs must not be used to improve other models than the exceptions.', otherwise: 'refused' },
  'field-of-use': { meaning: 'Uses that the license is given for, or is not.', otherwise: 'refused' },
  territories: { meaning: 'Countries to which the license is given, or is not.', otherwise: 'refused' },
  'licensee-kinds': { meaning: 'Whom the license is given to.', otherwise: 'special-license' },
  'prohibited-use': { meaning: 'Uses that the license forbids.', otherwise: 'refused' },
  'prohibited-country': { meaning: 'Countries to which the license is not given.', otherwise: 'refused' },
  attribution: { meaning: 'A notice that must accompany what is passed on.', otherwise: null },
  'flow-down': { meaning: 'Terms that bind those to whom derivatives are passed on.', otherwise: null },
  redistribution: { meaning: 'What may be passed on, and how.', otherwise: null },
  term: { meaning: 'How long the license lasts, and what outlives it.', otherwise: null },
  'incorporated-policy': { meaning: 'A policy that binds through the license.', otherwise: null },
} as const satisfies Record<string, ClauseRule>;
export type ClauseKind = keyof typeof CLAUSE_KINDS;

export interface Clause {
  kind: ClauseKind;
  parameters: Readonly<Record<string, unknown>>;
  /** Byte offsets into the body of the license version: start inclusive, end exclusive. */
  start: number;
  end: number;
}
