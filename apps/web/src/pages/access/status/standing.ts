import { TRANSITIONS, type RequestState } from '@paddock/domain';
import { duration } from '../../../elements/duration.js';
import { ACCESS } from '../../../words/access.js';

const { status: said } = ACCESS;

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
