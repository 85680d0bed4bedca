import type { RequestState } from '@paddock/domain';

interface Words {
  is: string;
  /** What happens next, and whose turn it is. */
  next: string;
}
const STATES: Readonly<Record<RequestState, Words>> = {
  draft: { is: 'Not sent yet', next: 'It is your turn: finish the answers and send them.' },
  submitted: { is: 'Sent', next: 'A reviewer will read your answers. You get a mail when there is a decision.' },
  'in-review': { is: 'In review', next: 'A reviewer is reading your answers. You get a mail when there is a decision.' },
  returned: {
    is: 'Returned for correction',
    next: 'It is your turn: read why, correct the answers and send them again. Your place in the queue is kept.',
  },
  approved: { is: 'Approved', next: 'The decision is made; nothing more happens to this request.' },
  rejected: { is: 'Rejected', next: 'Read why below. You may appeal once, or send a new request.' },
  appealed: { is: 'Appealed', next: 'Somebody else will look at your request again. You get a mail when there is a decision.' },
  withdrawn: { is: 'Withdrawn', next: 'Nothing more happens. You may send a new request.' },
  'no-longer-needed': { is: 'No longer needed', next: 'The model opens without a request now: look at its page.' },
};

/** Where requests stand. */
export const STATUS = {
  listTitle: 'My requests',
  listLead: 'Every request for access that you have written or sent.',
  none: 'You have asked for nothing yet. A request begins at the page of a model.',
  models: 'See the models',
  model: 'Model',
  kind: 'Asked for',
  forWhom: 'For',
  state: 'State',
  since: 'Since',
  kinds: { access: 'Access', renewal: 'Renewal', 'special-license': 'A special license' } as Record<string, string>,
  states: STATES,
  title: { access: 'Access request for', renewal: 'Renewal for', 'special-license': 'Request for a special license for' } as Record<
    string,
    string
  >,
  acceptFirst: 'The downloads open once the agreement is accepted.',
  sent: 'Your request is on its way',
  sentNext: 'This page shows where it stands, at any time. You need not do anything until a mail comes.',
  reviewIt: 'Review this request',
  position: 'Place in the queue',
  first: 'Yours is the next to be decided',
  before: (count: number) => `${count} before yours`,
  wait: 'Usual wait',
  waitUnknown: 'Not known yet',
  waitKnown: (decisions: number, median: string, p90: string) =>
    `Half of the last ${decisions} decisions came within ${median}, nine of ten within ${p90}`,
  toDownloads: 'To the downloads',
  accept: 'Read and accept the agreement',
  renew: 'Renew',
  endsOn: (day: string) => `Your access ends on ${day}.`,
  grantEnded: 'Your access has ended.',
  seeGrant: 'See your access',
  notYours: 'The grant is not yours to use.',
  correct: 'Correct and send again',
  goOn: 'Go on with it',
  again: 'Send a new request',
  appeal: 'Appeal',
  appealText: (until: string) => `You can appeal once, until ${until}. Another person decides, wherever there is another.`,
  appealLabel: 'Why should it be looked at again?',
  appealSend: 'Send the appeal',
  withdraw: 'Withdraw the request',
  withdrawText: 'This cannot be undone; you may send a new request.',
  withdrawLabel: 'Why you withdraw it (may stay empty)',
  withdrawSend: 'Withdraw it',
  keep: 'Keep it as it is',
  happened: 'What happened',
  begun: 'Begun',
  handedIn: 'Sent',
  outcomes: { approve: 'Approved', reject: 'Rejected', return: 'Returned for correction' },
  round: (round: number) => `round ${round}`,
  expected: 'Next',
  awaited: {
    draft: 'You send it',
    returned: 'You correct it',
    submitted: 'A decision',
    'in-review': 'A decision',
    appealed: 'A decision',
  } as Partial<Record<RequestState, string>>,
  useSoFar: 'Use so far',
  answers: 'What you answered',
  licensee: 'Asked for',
};
