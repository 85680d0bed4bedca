import { Refusal } from '../refusal.js';

export interface QuizQuestion {
  id: string;
  text: string;
  options: readonly { value: string; label: string }[];
  /** Whether more than one option may be right. */
  several: boolean;
}

/** What is right, by question; kept apart from what is asked, and shown to its publisher alone. */
export interface QuizKey {
  answers: readonly string[];
  explanation: string;
}

export interface Quiz {
  questions: readonly QuizQuestion[];
  key: Readonly<Record<string, QuizKey>>;
  /** The share of right answers that passes, above 0 and at most 1. */
  pass: number;
}

export type QuizAnswers = Readonly<Record<string, string | readonly string[]>>;

export interface QuizMark {
  passed: boolean;
  /** Ids of the questions that were answered wrongly or not at all. */
  wrong: string[];
}

export const MAX_QUESTIONS = 50;

/** Refuses a quiz that nobody could pass, or that says two things at once. */
export function refuseUnfitQuiz({ questions, key }: Quiz): void {
  const faults = questions.flatMap((question, index) => faultsOfQuestion(question, key[question.id]!, questions.slice(0, index)));
  if (faults.length > 0) throw new Refusal('quiz-unfit', faults.join('; '), { faults });
}

function faultsOfQuestion({ id, options, several }: QuizQuestion, { answers }: QuizKey, before: readonly QuizQuestion[]): string[] {
  const values = new Set(options.map(({ value }) => value));
  return [
    before.some((earlier) => earlier.id === id) && 'there is an earlier question of this name',
    values.size < options.length && 'an option stands twice',
    !answers.every((answer) => values.has(answer)) && 'an answer is none of the options',
    new Set(answers).size < answers.length && 'an answer stands twice',
    !several && answers.length !== 1 && 'one answer must be right, unless `several` is true',
  ]
    .filter((fault): fault is string => typeof fault === 'string')
    .map((fault) => `${id}: ${fault}`);
}

/** Refuses answers to what was not asked. It looks at the questions alone, so it says nothing of what is right. */
export function refuseUnfitQuizAnswers(questions: readonly QuizQuestion[], answers: QuizAnswers): void {
  const faults = Object.entries(answers).flatMap(([field, answer]) => {
    const question = questions.find(({ id }) => id === field);
    if (!question) return { field, why: 'the quiz asks nothing of this name' };
    const offered = new Set(question.options.map(({ value }) => value));
    return [answer].flat().every((value) => offered.has(value)) ? [] : { field, why: 'is none of its options' };
  });
  if (faults.length > 0)
    throw new Refusal('answers-unfit', faults.map(({ field, why }) => `${field}: ${why}`).join('; '), {
      faults,
      fields: faults.map(({ field }) => field),
    });
}

/** Looks at every option of every question, right or wrong: how long it takes tells nothing of the answers. */
export function markQuiz({ questions, key, pass }: Quiz, answers: QuizAnswers): QuizMark {
  const wrong = questions.filter(({ id, options }) => {
    const given = new Set<string>(Object.hasOwn(answers, id) ? [answers[id]!].flat() : []);
    const right = new Set(key[id]!.answers);
    return options.reduce((amiss, { value }) => amiss + Number(given.has(value) !== right.has(value)), 0) > 0;
  });
  return { passed: questions.length - wrong.length >= pass * questions.length - 1e-9, wrong: wrong.map(({ id }) => id) };
}
