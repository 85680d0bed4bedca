import { TRANSITIONS, type RequestState } from '@paddock/domain';
import { ACCESS } from '../../../words/access.js';

const { status: said } = ACCESS;

const STEPS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** A time as people tell it: in the largest unit of which there are two, or one. */
export function duration(seconds: number): string {
  const [unit, length] = STEPS.find(([, each]) => seconds >= 2 * each) ?? STEPS.find(([, each]) => seconds >= each) ?? STEPS[2];
  return said.duration[unit](Math.max(1, Math.round(seconds / length)));
}

interface Queue {
  position: number;
  wait: { median: number; p90: number; decisions: number } | null;
}

export function standing({ position, wait }: Queue): { position: string; wait: string } {
  return {
    position: position === 1 ? said.first : said.before(position - 1),
    wait: wait === null ? said.waitUnknown : said.waitKnown(wait.decisions, duration(wait.median), duration(wait.p90)),
  };
}

interface Request {
  state: RequestState;
  appealUntil: string | null;
  decisions: readonly { outcome: string }[];
}

/** What the applicant can do now, by the domain's table; a second rejection is one of an appeal, of which there is one. */
export function commandsFor(request: Request, now: number): string[] {
  const closed =
    request.decisions.filter(({ outcome }) => outcome === 'reject').length > 1 ||
    (request.appealUntil !== null && now > Date.parse(request.appealUntil));
  return Object.entries(TRANSITIONS)
    .filter(([name, { from, by }]) => from.includes(request.state) && by.includes('applicant') && !(name === 'appeal' && closed))
    .map(([name]) => name);
}
