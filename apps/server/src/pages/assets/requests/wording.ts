// Where a request stands, in words.
import type { RequestState, Transition } from '@paddock/domain';

interface Words {
  is: string;
  /** What happens next, and whose turn it is. */
  next: string;
}

export const STATES: Readonly<Record<RequestState, Words>> = {
  draft: { is: 'Not sent yet', next: 'It is your turn: finish the answers and send them.' },
  submitted: { is: 'Sent', next: 'A reviewer will read your answers. You are told by mail when there is a decision.' },
  'in-review': { is: 'In review', next: 'A reviewer is reading your answers. You are told by mail when there is a decision.' },
  returned: {
    is: 'Returned for correction',
    next: 'It is your turn: read why, correct the answers and send them again. Your place in the queue is kept.',
  },
  approved: { is: 'Approved', next: 'The downloads open once the agreement is accepted.' },
  rejected: { is: 'Rejected', next: 'Read why. You may appeal once, or send a new request.' },
  appealed: { is: 'Appealed', next: 'Somebody else will look at your request again. You are told by mail when there is a decision.' },
  withdrawn: { is: 'Withdrawn', next: 'Nothing more happens. You may send a new request.' },
  'no-longer-needed': { is: 'No longer needed', next: 'The model opens without a request now: look at its page.' },
};

export const OUTCOMES = { approve: 'Approval given', reject: 'Rejected', return: 'Returned for correction' } as const;

const STEPS: readonly [string, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** A time as people tell it: in the largest unit of which there are two, or one. */
export function duration(seconds: number): string {
  const [unit, length] = STEPS.find(([, each]) => seconds >= 2 * each) ?? STEPS.find(([, each]) => seconds >= each) ?? ['minute', 60];
  const count = Math.max(1, Math.round(seconds / length));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

interface Standing {
  position: number;
  wait: { median: number; p90: number; decisions: number } | null;
}

export function standing({ position, wait }: Standing): { position: string; wait: string } {
  const place = position === 1 ? 'Yours is the next to be decided' : `${position - 1} before yours`;
  if (wait === null) return { position: place, wait: 'Not known yet' };
  return {
    position: place,
    wait: `Half of the last ${wait.decisions} decisions came within ${duration(wait.median)}, nine of ten within ${duration(wait.p90)}`,
  };
}

interface Request {
  state: RequestState;
  appealUntil: string | null;
  decisions: readonly { outcome: string }[];
}
type Commands = Readonly<Record<string, Pick<Transition, 'from' | 'by'>>>;

/** What the applicant can do now. `commands` is the domain's table; a second rejection is one of an appeal, of which there is one. */
export function commandsFor(request: Request, commands: Commands, now: number): string[] {
  const closed =
    request.decisions.filter(({ outcome }) => outcome === 'reject').length > 1 ||
    (request.appealUntil !== null && now > Date.parse(request.appealUntil));
  return Object.entries(commands)
    .filter(([name, { from, by }]) => from.includes(request.state) && by.includes('applicant') && !(name === 'appeal' && closed))
    .map(([name]) => name);
}
