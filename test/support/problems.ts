import { Problem } from '@paddock/contracts';
import type { RefusalCode } from '@paddock/domain';
import type { Answer } from './person.js';

type Refused = Pick<Answer<unknown>, 'status' | 'headers' | 'text'>;

/** The answer as the problem document that every refusal is; its members are there to be looked at. */
export function problemIn(answer: Refused): Record<string, unknown> & Problem {
  expect({ type: answer.headers.get('content-type'), text: answer.text }).toEqual({
    type: 'application/problem+json',
    text: expect.stringContaining('"code"'),
  });
  const problem = Problem.parse(JSON.parse(answer.text));
  expect(problem.status).toBe(answer.status);
  expect(problem.remedy).not.toBe('');
  expect(problem.requestId).toBe(answer.headers.get('x-request-id'));
  return problem;
}

/** `404 not-found`: what a refusal comes to in short. */
export function refusalIn(answer: Refused): `${number} ${RefusalCode}` {
  const { status, code } = problemIn(answer);
  return `${status} ${code}`;
}

/** The answers' statuses with how often each came, for what is done many times at once. */
export function tally(answers: readonly { status: number }[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
