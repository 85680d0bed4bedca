import { Refusal } from '../refusal.js';
import { decideRequest, type RequestAuthor, type RequestCommand, type RequestFacts } from './decide.js';
import { isFinal, OPEN_STATES, REQUEST_COMMANDS, REQUEST_STATES, TRANSITIONS } from './states.js';

const NOW = 1_800_000_000_000;
const FACTS: RequestFacts = {
  state: 'submitted',
  round: 1,
  appealUntil: null,
  appealed: false,
  answersHash: 'answers-1',
  licenseVersion: 'version-1',
  requiredApprovals: 1,
  approvals: [],
  rejectedBy: null,
  otherReviewers: true,
};
const REVIEWER: RequestAuthor = { account: 'reviewer-1', acting: 'reviewer', own: false };
const APPLICANT: RequestAuthor = { account: 'applicant', acting: 'applicant', own: true };

const decide = (facts: Partial<RequestFacts>, command: RequestCommand, author: RequestAuthor = REVIEWER, now = NOW) => {
  try {
    return decideRequest({ ...FACTS, ...facts }, { reason: 'because', ...command }, author, now).state;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

describe('who may', () => {
  test.each(REQUEST_COMMANDS)('%s is for those whom the table names, from the states that it names', (name) => {
    const { from, by, to } = TRANSITIONS[name];
    for (const state of REQUEST_STATES) {
      for (const acting of ['applicant', 'reviewer', 'portal'] as const) {
        const author = { account: acting, acting, own: acting === 'applicant' };
        const expected = !by.includes(acting) ? 'role-missing' : !from.includes(state) ? 'request-state' : to === 'same' ? state : to;
        expect(decide({ state }, { name }, author)).toBe(expected);
      }
    }
  });

  test('a refusal because of the state names the state', () => {
    expect(() => decideRequest({ ...FACTS, state: 'approved' }, { name: 'approve' }, REVIEWER, NOW)).toThrow(
      expect.objectContaining({ facts: { state: 'approved' } }),
    );
  });

  test.each(['review', 'return', 'approve', 'reject'] as const)('nobody may %s their own request', (name) => {
    expect(decide({}, { name }, { ...REVIEWER, own: true })).toBe('own-request');
  });

  test.each(['return', 'reject'] as const)('%s needs a reason that can be read', (name) => {
    for (const reason of [undefined, '', ' \t\n']) expect(decide({}, { name, reason })).toBe('malformed-request');
  });
});

describe('what was seen', () => {
  test.each([{ answersHash: 'answers-0' }, { licenseVersion: 'version-0' }, { answersHash: 'answers-1', licenseVersion: 'version-0' }])(
    '%j is outdated',
    (seen) => {
      expect(decide({}, { name: 'approve', seen })).toBe('seen-outdated');
    },
  );

  test.each([undefined, {}, { answersHash: 'answers-1' }, { answersHash: 'answers-1', licenseVersion: 'version-1' }])(
    '%j is what stands',
    (seen) => {
      expect(decide({}, { name: 'approve', seen })).toBe('approved');
    },
  );
});

describe('two approvals', () => {
  const two = { requiredApprovals: 2 } as const;

  test('are two accounts: the first leaves the request in review', () => {
    expect(decide(two, { name: 'approve' })).toBe('in-review');
    expect(decide({ ...two, approvals: ['reviewer-2'] }, { name: 'approve' })).toBe('approved');
  });

  test('are not one account twice', () => expect(decide({ ...two, approvals: ['reviewer-1'] }, { name: 'approve' })).toBe('request-state'));
  test('one rejection suffices', () => expect(decide({ ...two, approvals: ['reviewer-2'] }, { name: 'reject' })).toBe('rejected'));
});

describe('an appeal', () => {
  const rejected = { state: 'rejected', appealUntil: NOW } as const;

  test('is in time until its deadline, and not after', () => {
    expect(decide(rejected, { name: 'appeal' }, APPLICANT, NOW)).toBe('appealed');
    expect(decide(rejected, { name: 'appeal' }, APPLICANT, NOW + 1)).toBe('appeal-closed');
  });

  test('is there once', () => expect(decide({ ...rejected, appealed: true }, { name: 'appeal' }, APPLICANT)).toBe('appeal-closed'));
  test('says why', () => expect(decide(rejected, { name: 'appeal', reason: ' ' }, APPLICANT)).toBe('malformed-request'));

  test.each(['approve', 'reject'] as const)('is not decided (%s) by whoever rejected, where there is another', (name) => {
    const appealed = { state: 'appealed', appealed: true, rejectedBy: 'reviewer-1' } as const;
    const outcome = name === 'approve' ? 'approved' : 'rejected';
    for (const state of ['appealed', 'in-review'] as const) {
      expect(decide({ ...appealed, state }, { name })).toBe('appeal-reviewer');
      expect(decide({ ...appealed, state }, { name }, { ...REVIEWER, account: 'reviewer-2' })).toBe(outcome);
      expect(decide({ ...appealed, state, otherReviewers: false }, { name })).toBe(outcome);
    }
  });

  test('a rejection that was not appealed yet binds nobody to another reviewer', () => {
    expect(decide({ rejectedBy: 'reviewer-1', appealed: false }, { name: 'approve' })).toBe('approved');
  });

  test('is not decided by the portal', () => {
    const portal = { account: 'portal', acting: 'portal', own: false } as const;
    for (const name of ['approve', 'reject'] as const)
      expect(decide({ state: 'appealed', appealed: true }, { name }, portal)).toBe('role-missing');
  });
});

describe('states', () => {
  test('the open ones are those from which something else than an appeal goes on', () => {
    const goingOn = REQUEST_STATES.filter((state) =>
      REQUEST_COMMANDS.some((name) => name !== 'appeal' && TRANSITIONS[name].from.includes(state)),
    );
    expect([...OPEN_STATES].toSorted()).toEqual(goingOn.toSorted());
  });

  test('the final ones lead nowhere', () => {
    expect(REQUEST_STATES.filter(isFinal)).toEqual(['approved', 'withdrawn', 'no-longer-needed']);
  });
});
