export const REQUEST_STATES = [
  'draft',
  'submitted',
  'in-review',
  'returned',
  'approved',
  'rejected',
  'appealed',
  'withdrawn',
  'no-longer-needed',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** What a request asks for, and whose decision it is: reviewers decide on access; other terms are the licensor's to give. */
export const REQUEST_KINDS = {
  access: { decidedBy: 'reviewer', meaning: 'Access under the license as it is.' },
  renewal: { decidedBy: 'reviewer', meaning: 'A further period of a grant.' },
  'special-license': { decidedBy: 'publisher', meaning: 'Terms of its own from the licensor, for whom the license is not given.' },
} as const satisfies Record<string, { decidedBy: 'reviewer' | 'publisher'; meaning: string }>;
export type RequestKind = keyof typeof REQUEST_KINDS;

export const REQUEST_COMMANDS = [
  'edit',
  'submit',
  'withdraw',
  'review',
  'assign',
  'return',
  'approve',
  'reject',
  'appeal',
  'close',
] as const;
export type RequestCommandName = (typeof REQUEST_COMMANDS)[number];

/** Who sends a command: the applicant, a reviewer of the model, or the portal itself (rules, changed terms). */
export type RequestActor = 'applicant' | 'reviewer' | 'portal';

export interface Transition {
  from: readonly RequestState[];
  /** `same`: the command changes what the request holds, not where it stands. */
  to: RequestState | 'same';
  by: readonly RequestActor[];
  /** The person on the other side reads why. */
  reason: 'required' | 'optional' | 'none';
  meaning: string;
}

const awaitingDecision = ['submitted', 'in-review', 'appealed'] as const;

/** The whole state machine. Return, approve and reject imply the review. docs/generated/access-requests.md is printed from it. */
export const TRANSITIONS: Readonly<Record<RequestCommandName, Transition>> = {
  edit: { from: ['draft', 'returned'], to: 'same', by: ['applicant'], reason: 'none', meaning: 'The applicant changes the answers.' },
  submit: {
    from: ['draft', 'returned'],
    to: 'submitted',
    by: ['applicant'],
    reason: 'none',
    meaning: 'The answers are frozen and enter the queue.',
  },
  withdraw: {
    from: ['draft', 'submitted', 'in-review', 'returned', 'appealed'],
    to: 'withdrawn',
    by: ['applicant'],
    reason: 'optional',
    meaning: 'The applicant takes the request back.',
  },
  review: {
    from: ['submitted', 'appealed'],
    to: 'in-review',
    by: ['reviewer', 'portal'],
    reason: 'none',
    meaning: 'A reviewer takes the request up.',
  },
  assign: {
    from: awaitingDecision,
    to: 'same',
    by: ['reviewer', 'portal'],
    reason: 'none',
    meaning: 'The request goes to one reviewer of the model, or back to all of them.',
  },
  return: {
    from: awaitingDecision,
    to: 'returned',
    by: ['reviewer', 'portal'],
    reason: 'required',
    meaning: 'The applicant is asked to correct the answers; the place in the queue is kept.',
  },
  approve: {
    from: awaitingDecision,
    to: 'approved',
    by: ['reviewer', 'portal'],
    reason: 'optional',
    meaning: 'A grant awaits the acceptance of the agreement.',
  },
  reject: {
    from: awaitingDecision,
    to: 'rejected',
    by: ['reviewer', 'portal'],
    reason: 'required',
    meaning: 'The applicant reads why and may appeal once.',
  },
  appeal: { from: ['rejected'], to: 'appealed', by: ['applicant'], reason: 'required', meaning: 'Another person looks at the rejection.' },
  close: {
    from: ['draft', 'submitted', 'in-review', 'returned', 'appealed'],
    to: 'no-longer-needed',
    by: ['portal'],
    reason: 'required',
    meaning: 'The terms changed so that no request is needed.',
  },
};

/** States in which nobody can do anything any more. */
export function isFinal(state: RequestState): boolean {
  return !Object.values(TRANSITIONS).some((transition) => transition.from.includes(state));
}

/** States in which a person's decision is awaited: these count in the queue. */
export const AWAITING_STATES: readonly RequestState[] = awaitingDecision;

/** States that count as the one open request of a licensee. */
export const OPEN_STATES: readonly RequestState[] = ['draft', 'submitted', 'in-review', 'returned', 'appealed'];
