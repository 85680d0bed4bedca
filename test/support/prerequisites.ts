import { publishModel } from './licenses.js';
import type { Answer, Person } from './person.js';
import type { PortalUnderTest } from './portal-under-test.js';

export const QUIZ = {
  pass: 0.5,
  questions: [
    {
      id: 'users',
      text: 'From how many monthly users on is a license of its own needed?',
      options: [
        { value: 'any', label: 'Any' },
        { value: 'many', label: 'Over 700 million' },
      ],
      answers: ['many'],
      explanation: 'The clause on scale names the secret-number.',
    },
    {
      id: 'uses',
      text: 'What is forbidden?',
      several: true,
      options: [
        { value: 'weapons', label: 'Weapons' },
        { value: 'teaching', label: 'Teaching' },
        { value: 'fraud', label: 'Fraud' },
      ],
      answers: ['weapons', 'fraud'],
      explanation: 'The acceptable-use policy lists the secret-list.',
    },
  ],
};
export const RIGHT = { users: 'many', uses: ['fraud', 'weapons'] };
export const WRONG = { users: 'any', uses: ['weapons', 'teaching'] };

let models = 0;

/** A published model with a quiz whose terms ask for these; returns its name. */
export async function modelAsking(
  its: PortalUnderTest,
  prerequisites: readonly object[],
  admission: 'assent' | 'application' = 'application',
): Promise<string> {
  const model = `asking-${(models += 1)}`;
  await publishModel(its.admin, model, admission);
  await its.admin.post(`/models/${model}/quizzes`, QUIZ);
  const answer = await its.admin.post(`/models/${model}/terms`, { admission, license: `${model}-license`, prerequisites });
  if (answer.status !== 201) throw new Error(`no terms: ${answer.text}`);
  return model;
}

/** A draft of that person's own. */
export async function draftFor(person: Person, model: string): Promise<string> {
  const licensee = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
  const { body } = await person.post<{ id: string }>('/access-requests', { model, licensee, answers: {} });
  return body.id;
}

export async function standingOf(person: Person, model: string): Promise<Record<string, string>> {
  const { body } = await person.get<{ items: { kind: string; state: string }[] }>(`/models/${model}/prerequisites`);
  return Object.fromEntries(body.items.map(({ kind, state }) => [kind, state]));
}

/** The secret of the newest link that was mailed to the referee. */
export async function inquiryMailed(its: PortalUnderTest, email: string): Promise<string> {
  const [mail] = await its.database.query<{ body: string }>(
    'SELECT body FROM mail WHERE recipient = $1 ORDER BY created_at DESC, id DESC LIMIT 1',
    [email],
  );
  return /referee#token=(\S+)/.exec(mail!.body)![1]!;
}

export function nameReferee(person: Person, model: string, email: string, name = 'Charles Babbage'): Promise<Answer<{ id: string }>> {
  return person.post<{ id: string }>(`/models/${model}/referees`, { email, name });
}
