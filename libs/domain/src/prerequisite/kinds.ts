interface KindRule {
  meaning: string;
  /** What the person does to obtain or renew it. */
  remedy: string;
  /** Where, relative to the portal; `{model}` stands for the model's name. */
  link: string;
  /** Can be taken away again: besides evidence it asks for what is there now. */
  lasting: boolean;
}

/** What access terms can ask of a person, each with an expiry of its own or none. */
export const PREREQUISITES = {
  email: {
    meaning: 'The e-mail address of the account is confirmed.',
    remedy: 'Open the link in the mail that confirms your address; the page sends it again.',
    link: '/verify-email',
    lasting: true,
  },
  orcid: {
    meaning: 'An ORCID iD is linked to the account, proved by signing in there.',
    remedy: 'Link your ORCID iD, or sign in with it again.',
    link: '/security',
    lasting: true,
  },
  'second-factor': {
    meaning: 'The account has a second factor.',
    remedy: 'Set up a second factor, or sign in with the one that you have.',
    link: '/security',
    lasting: true,
  },
  quiz: {
    meaning: 'The person passed the model’s quiz on its license.',
    remedy: 'Read the license and pass the quiz.',
    link: '/models/{model}/prerequisites',
    lasting: false,
  },
  referee: {
    meaning: 'Somebody whom the person named confirmed by mail that they know them.',
    remedy: 'Name a referee and wait until they confirm.',
    link: '/models/{model}/prerequisites',
    lasting: false,
  },
} as const satisfies Readonly<Record<string, KindRule>>;

export type PrerequisiteKind = keyof typeof PREREQUISITES;
export const PREREQUISITE_KINDS = Object.keys(PREREQUISITES) as PrerequisiteKind[];

/** One thing that terms ask for. */
export interface Prerequisite {
  kind: PrerequisiteKind;
  /** How long evidence of it counts; null: for ever. */
  validDays: number | null;
}
