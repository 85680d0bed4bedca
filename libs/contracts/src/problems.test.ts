import { Refusal, REFUSALS, type RefusalCode } from '@paddock/domain';
import { Problem, PROBLEM_STATUS, problemOf } from './problems.js';

const CODES = Object.keys(REFUSALS) as RefusalCode[];
const CONTEXT = { publicUrl: 'https://portal.example', requestId: 'request-1' };

describe('problem documents', () => {
  test.each(CODES)('%s is a failure with a title and a way on', (code) => {
    expect(PROBLEM_STATUS[code]).toBeGreaterThanOrEqual(400);
    expect(PROBLEM_STATUS[code]).toBeLessThan(600);
    const problem = Problem.parse(problemOf(code, 'Because.', {}, CONTEXT));
    expect(problem.title).toMatch(/^\S.+[^.]$/);
    expect(problem.remedy).toMatch(/^[A-Z].+\.$/);
    expect(problem.remedy).toBe(new Refusal(code, 'Because.').remedy);
    const { link } = REFUSALS[code];
    expect(problem.remedyUrl).toBe(link === null ? undefined : `${CONTEXT.publicUrl}${link}`);
  });

  test('only what is our own fault is a server error', () => {
    expect(CODES.filter((code) => PROBLEM_STATUS[code] >= 500).toSorted()).toEqual(['internal-error', 'storage-full', 'unavailable']);
  });

  test('facts become members and never change what a problem says of itself', () => {
    const facts = {
      state: 'withdrawn',
      status: 200,
      code: 'not-found',
      remedy: 'none',
      requestId: 'another',
      type: 'about:blank',
      title: '',
      detail: '',
    };
    expect(problemOf('request-state', 'It is withdrawn.', facts, CONTEXT)).toEqual({
      state: 'withdrawn',
      type: 'https://portal.example/problems/request-state',
      title: REFUSALS['request-state'].title,
      status: 409,
      code: 'request-state',
      detail: 'It is withdrawn.',
      remedy: REFUSALS['request-state'].remedy,
      remedyUrl: 'https://portal.example/access-requests',
      requestId: 'request-1',
    });
  });

  test('a fact cannot name the place of the remedy either', () => {
    expect(problemOf('own-request', 'It is yours.', { remedyUrl: 'https://elsewhere.example' }, CONTEXT)).not.toHaveProperty('remedyUrl');
  });
});
