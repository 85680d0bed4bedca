import * as fc from 'fast-check';
import { Refusal } from '../refusal.js';
import { decideRequest, type RequestAuthor, type RequestCommand, type RequestFacts } from './decide.js';
import { REQUEST_COMMANDS, TRANSITIONS, type RequestCommandName, type RequestState } from './states.js';

interface Step {
  command: RequestCommand;
  author: RequestAuthor;
  /** Milliseconds that pass before it. */
  after: number;
}

interface Walk extends RequestFacts {
  now: number;
  appeals: number;
  rejections: string[];
}

const APPEAL_TIME = 10;
const START: Walk = {
  state: 'draft',
  round: 0,
  appealUntil: null,
  appealed: false,
  answersHash: 'a0',
  licenseVersion: 'v',
  requiredApprovals: 2,
  approvals: [],
  rejectedBy: null,
  otherReviewers: true,
  now: 0,
  appeals: 0,
  rejections: [],
};

const author: fc.Arbitrary<RequestAuthor> = fc.constantFrom<RequestAuthor>(
  { account: 'applicant', acting: 'applicant', own: true },
  { account: 'applicant', acting: 'reviewer', own: true },
  { account: 'reviewer-1', acting: 'reviewer', own: false },
  { account: 'reviewer-2', acting: 'reviewer', own: false },
  { account: 'reviewer-3', acting: 'reviewer', own: false },
);
/** What ends a walk early comes seldom. */
const name = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...REQUEST_COMMANDS) },
  { weight: 3, arbitrary: fc.constantFrom<RequestCommandName>('submit', 'approve', 'reject', 'appeal') },
);
const step: fc.Arbitrary<Step> = fc.record({
  command: fc.record({ name, reason: fc.constantFrom('because', 'because', ' ') }),
  author,
  after: fc.constantFrom(0, 1, APPEAL_TIME, APPEAL_TIME + 1),
});

/** What the server keeps of a decision, in short. */
function take(walk: Walk, { command, author: by, after }: Step): Walk {
  const now = walk.now + after;
  const outcome = decideRequest(walk, command, by, now);
  const submitted = command.name === 'submit';
  const rejected = command.name === 'reject';
  return {
    ...walk,
    now,
    state: outcome.state,
    round: outcome.round,
    answersHash: command.name === 'edit' ? `${walk.answersHash}'` : walk.answersHash,
    approvals: submitted ? [] : command.name === 'approve' ? [...walk.approvals, by.account] : walk.approvals,
    appealed: walk.appealed || command.name === 'appeal',
    appealUntil: rejected ? now + APPEAL_TIME : walk.appealUntil,
    appeals: walk.appeals + (command.name === 'appeal' ? 1 : 0),
    rejectedBy: rejected ? by.account : walk.rejectedBy,
    rejections: rejected ? [...walk.rejections, by.account] : walk.rejections,
  };
}

const leadsTo = (from: RequestState): RequestState[] =>
  REQUEST_COMMANDS.filter((name) => TRANSITIONS[name].from.includes(from)).flatMap((name) => {
    const { to } = TRANSITIONS[name];
    return [to === 'same' ? from : to, ...(name === 'approve' ? (['in-review'] as const) : [])];
  });

/** What must hold after every step that was not refused. */
function brokenRules(before: Walk, walk: Walk, { author: by }: Step): string[] {
  const rules: [boolean, string][] = [
    [leadsTo(before.state).includes(walk.state), `${walk.state} does not follow ${before.state}`],
    [!(by.acting === 'reviewer' && by.own), 'somebody decided for themselves'],
    [walk.appeals <= 1, 'appealed twice'],
    [new Set(walk.rejections).size === walk.rejections.length, 'one account rejected twice'],
    [walk.state !== 'approved' || new Set(walk.approvals).size === 2, 'approved without two accounts'],
    [
      walk.state !== 'approved' || !walk.appealed || walk.approvals.at(-1) !== walk.rejections[0],
      'the appeal was decided by whoever had rejected',
    ],
  ];
  return rules.filter(([kept]) => !kept).map(([, fault]) => fault);
}

/** The walk after the step, or as it was where the step is refused. */
function tryStep(walk: Walk, one: Step): Walk {
  try {
    return take(walk, one);
  } catch (error) {
    if (error instanceof Refusal) return walk;
    throw error;
  }
}

test('no sequence of commands leaves the table or breaks a rule of decisions', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }), (steps) => {
      let walk = START;
      for (const one of steps) {
        const before = walk;
        walk = tryStep(before, one);
        expect(walk === before ? [] : brokenRules(before, walk, one)).toEqual([]);
        reached.add(walk.appealed ? `${walk.state} on appeal` : walk.state);
      }
    }),
    { numRuns: 1500, seed: 20_261_122 },
  );
  // A walk that never came anywhere would prove nothing.
  expect([...reached]).toEqual(
    expect.arrayContaining([
      'approved',
      'draft',
      'in-review',
      'rejected',
      'returned',
      'submitted',
      'withdrawn',
      'appealed on appeal',
      'approved on appeal',
      'rejected on appeal',
    ]),
  );
});
