import { setTimeout } from 'node:timers/promises';
import { ageRow, portalUnderTest } from '../support/portal-under-test.js';
import { draftFor, modelAsking, QUIZ, RIGHT, standingOf, WRONG } from '../support/prerequisites.js';
import { problemIn, refusalIn, tally } from '../support/problems.js';
import { Person } from '../support/person.js';

describe('the quiz on the license', () => {
  const its = portalUnderTest({ PADDOCK_LOG_LEVEL: 'debug' });

  test('a request waits until it is passed; which questions were wrong is told, what is right is not', async () => {
    const model = await modelAsking(its, [{ kind: 'quiz' }]);
    const ada = await its.person();
    const request = await draftFor(ada, model);
    expect(problemIn(await ada.post(`/access-requests/${request}/submit`))).toMatchObject({
      status: 403,
      code: 'prerequisite-missing',
      state: 'draft',
      prerequisites: [{ kind: 'quiz', state: 'missing', link: `/models/${model}/prerequisites` }],
    });
    const failed = await ada.post(`/models/${model}/quiz/attempts`, { answers: WRONG });
    expect(failed.body).toEqual({ state: 'not-passed', n: 1, wrong: ['users', 'uses'], attemptsLeft: 2 });
    expect(await standingOf(ada, model)).toEqual({ quiz: 'missing' });
    const half = await ada.post(`/models/${model}/quiz/attempts`, { answers: { users: 'many' } });
    expect(half.body).toMatchObject({ state: 'passed', explanations: [{ question: 'users' }, { question: 'uses' }] });
    expect((await ada.post(`/access-requests/${request}/submit`)).body).toMatchObject({ state: 'submitted' });
    expect((await its.admin.get(`/access-requests/${request}/review`)).body).toMatchObject({
      prerequisites: [{ kind: 'quiz', state: 'satisfied', until: null }],
      hints: { quiz: true, referee: false },
    });
    expect(
      await its.database.query(
        `SELECT detail FROM prerequisite_evidence WHERE kind = 'quiz' AND model_id = (SELECT id FROM model WHERE slug = $1)`,
        [model],
      ),
    ).toEqual([{ detail: { quiz: 1 } }]);
  });

  test('a pass is of one model and one person', async () => {
    const [one, other] = [await modelAsking(its, [{ kind: 'quiz' }]), await modelAsking(its, [{ kind: 'quiz' }])];
    const [ada, eve] = [await its.person(), await its.person()];
    await ada.post(`/models/${one}/quiz/attempts`, { answers: RIGHT });
    expect([await standingOf(ada, one), await standingOf(ada, other), await standingOf(eve, one)]).toEqual([
      { quiz: 'satisfied' },
      { quiz: 'missing' },
      { quiz: 'missing' },
    ]);
  });

  test('three attempts an hour, however many come at once; later there are more', async () => {
    const model = await modelAsking(its, [{ kind: 'quiz' }]);
    const ada = await its.person();
    const attempt = (answers: object = WRONG) => ada.post(`/models/${model}/quiz/attempts`, { answers });
    expect(tally(await Promise.all(Array.from({ length: 12 }, () => attempt())))).toEqual({ 201: 3, 429: 9 });
    const refused = await attempt(RIGHT);
    expect(problemIn(refused)).toMatchObject({ status: 429, code: 'quiz-attempts' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3500);
    await ageRow(
      its.database,
      'quiz_attempt',
      `created_at = created_at - interval '61 minutes'`,
      `model_id = (SELECT id FROM model WHERE slug = '${model}')`,
    );
    expect((await attempt(RIGHT)).body).toMatchObject({ state: 'passed' });
  });

  test('answers that are none are refused, take no attempt, and say nothing of what is right', async () => {
    const model = await modelAsking(its, [{ kind: 'quiz' }]);
    const ada = await its.person();
    for (const answers of [{ nothing: 'many' }, { users: 'few' }, { users: ['many', 'few'] }])
      expect(refusalIn(await ada.post(`/models/${model}/quiz/attempts`, { answers }))).toBe('422 answers-unfit');
    for (const answers of [{ users: 7 }, { users: { value: 'many' } }, { __proto__x: 'a' }, [], null])
      expect(refusalIn(await ada.post(`/models/${model}/quiz/attempts`, { answers }))).toBe('400 malformed-request');
    expect((await ada.post(`/models/${model}/quiz/attempts`, { answers: {} })).body).toMatchObject({
      state: 'not-passed',
      attemptsLeft: 2,
    });
    // All options at once are no answer to a question that has one.
    expect(
      (await ada.post(`/models/${model}/quiz/attempts`, { answers: { users: ['any', 'many'], uses: ['weapons', 'teaching', 'fraud'] } }))
        .body,
    ).toMatchObject({
      wrong: ['users', 'uses'],
    });
  });

  test('a new version is asked at once; answers for the one before are refused, and passes stay', async () => {
    const model = await modelAsking(its, [{ kind: 'quiz' }]);
    const [ada, ben] = [await its.person(), await its.person()];
    await ada.post(`/models/${model}/quiz/attempts`, { answers: RIGHT, n: 1 });
    expect((await its.admin.post(`/models/${model}/quizzes`, { ...QUIZ, questions: [QUIZ.questions[0]] })).body).toMatchObject({
      n: 2,
      state: 'in-force',
    });
    expect(problemIn(await ben.post(`/models/${model}/quiz/attempts`, { answers: RIGHT, n: 1 }))).toMatchObject({
      status: 409,
      code: 'quiz-outdated',
      n: 2,
    });
    expect((await ben.post(`/models/${model}/quiz/attempts`, { answers: { users: 'many' }, n: 2 })).body).toMatchObject({
      state: 'passed',
    });
    expect(await standingOf(ada, model)).toEqual({ quiz: 'satisfied' });
    expect((await its.admin.get<{ items: object[] }>(`/models/${model}/quizzes`)).body.items).toMatchObject([
      { n: 2, state: 'in-force' },
      { n: 1, state: 'replaced', questions: [{ answers: ['many'] }, {}] },
    ]);
  });

  test('what is right is shown to the publisher alone: not in the quiz, a problem, an event or a line of the log', async () => {
    const model = await modelAsking(its, [{ kind: 'quiz' }]);
    const ada = await its.person();
    expect(refusalIn(await ada.get(`/models/${model}/quizzes`))).toBe('403 role-missing');
    expect(refusalIn(await ada.post(`/models/${model}/quizzes`, QUIZ))).toBe('403 role-missing');
    const shown = await new Person(its.url).get(`/models/${model}/quiz`);
    expect(shown.body).toMatchObject({
      questions: [
        { id: 'users', several: false },
        { id: 'uses', several: true },
      ],
    });
    const failed = await ada.post(`/models/${model}/quiz/attempts`, { answers: WRONG });
    for (const text of [shown.text, failed.text]) expect(text).not.toMatch(/secret-|answers|explanation/);
    await ada.post(`/models/${model}/quiz/attempts`, { answers: RIGHT });
    await setTimeout(100);
    const events = await its.database.query<{ detail: object }>(`SELECT detail FROM event WHERE kind LIKE 'quiz%'`);
    expect(events.length).toBeGreaterThan(2);
    expect(JSON.stringify(events)).not.toMatch(/secret-|weapons|many/);
    expect(its.portal.output()).not.toMatch(/secret-(?:number|list)|teaching/);
  });

  test.each<[string, object, string]>([
    ['without a right answer', { answers: [] }, '400 malformed-request'],
    ['whose answer is no option', { answers: ['few'] }, '422 quiz-unfit'],
    ['with two answers where one is asked', { answers: ['any', 'many'] }, '422 quiz-unfit'],
    [
      'with an option twice',
      {
        options: [
          { value: 'many', label: 'A' },
          { value: 'many', label: 'B' },
        ],
      },
      '422 quiz-unfit',
    ],
    ['of a name that objects have', { id: '__proto__' }, '400 malformed-request'],
    ['with one option', { options: [{ value: 'many', label: 'A' }] }, '400 malformed-request'],
  ])('a question %s is refused', async (_, change, refusal) => {
    const question = { ...QUIZ.questions[0], ...change };
    expect(refusalIn(await its.admin.post('/models/demo-llama/quizzes', { questions: [question] }))).toBe(refusal);
    expect(refusalIn(await its.admin.post('/models/demo-llama/quizzes', { questions: [QUIZ.questions[0], QUIZ.questions[0]] }))).toBe(
      '422 quiz-unfit',
    );
    expect(refusalIn(await its.admin.get('/models/demo-llama/quiz'))).toBe('404 not-found');
  });
});
