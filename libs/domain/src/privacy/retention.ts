interface RetentionKind {
  /** Where nobody has set another rule. */
  days: number;
  /** Whether a publisher may have a rule of their own. */
  perPublisher: boolean;
  /** What is erased, and since when its days are counted. */
  meaning: string;
}

/** What is kept for a time, by kind of record. docs/generated/privacy.md is printed from it. */
export const RETENTION_KINDS = {
  'sealed-minimum': {
    days: 3650,
    perPublisher: true,
    meaning:
      'Typed name, address and user agent of an acceptance whose signer was erased; from the end of the licensee’s last grant for the model.',
  },
  'rejected-answers': {
    days: 365,
    perPublisher: false,
    meaning: 'Answers of requests that were rejected, withdrawn or no longer needed; from their last change.',
  },
  drafts: { days: 180, perPublisher: false, meaning: 'Answers of drafts, which are withdrawn; from their last change.' },
  'expired-presentations': {
    days: 90,
    perPublisher: false,
    meaning: 'Answers given for a presentation that nobody accepted or declined; from its expiry.',
  },
  'ended-referees': {
    days: 365,
    perPublisher: false,
    meaning: 'Name, address and words of a referee; from the answer or the end of the inquiry.',
  },
  'mail-bodies': {
    days: 365,
    perPublisher: false,
    meaning: 'Address, subject and text of letters that wait for nothing; from their writing.',
  },
  'sign-in-origins': { days: 90, perPublisher: false, meaning: 'Address and user agent of a sign-in; from the sign-in.' },
} as const satisfies Readonly<Record<string, RetentionKind>>;

export type RetentionKindName = keyof typeof RETENTION_KINDS;
export const RETENTION_KIND_NAMES = Object.keys(RETENTION_KINDS) as [RetentionKindName, ...RetentionKindName[]];
