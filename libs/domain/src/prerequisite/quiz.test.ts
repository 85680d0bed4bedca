import * as fc from 'fast-check';
import { markQuiz, refuseUnfitQuiz, refuseUnfitQuizAnswers, type Quiz, type QuizAnswers } from './quiz.js';

const VALUES = ['a', 'b', 'c', 'd'];
const options = VALUES.map((value) => ({ value, label: value }));

/** Quizzes that can be composed, with ids that objects have of their own among them. */
const quizzes: fc.Arbitrary<Quiz> = fc
  .uniqueArray(fc.constantFrom('q1', 'q2', 'q3', 'constructor', 'toString'), { minLength: 1 })
  .chain((ids) =>
    fc.record({
      keys: fc.tuple(...ids.map(() => fc.subarray(VALUES, { minLength: 1 }))),
      pass: fc.double({ min: 0.01, max: 1, noNaN: true }),
      ids: fc.constant(ids),
    }),
  )
  .map(({ ids, keys, pass }) => ({
    questions: ids.map((id, index) => ({ id, text: id, options, several: keys[index]!.length > 1 })),
    key: Object.fromEntries(ids.map((id, index) => [id, { answers: keys[index]!, explanation: '' }])),
    pass,
  }));

const right = ({ questions, key }: Quiz): QuizAnswers => Object.fromEntries(questions.map(({ id }) => [id, key[id]!.answers]));

describe('marking a quiz', () => {
  test('all right passes, whatever share is asked; in any order, and one answer with or without a list', () => {
    fc.assert(
      fc.property(quizzes, (quiz) => {
        expect(() => refuseUnfitQuiz(quiz)).not.toThrow();
        const answers = Object.fromEntries(
          Object.entries(right(quiz)).map(([id, given]) => [id, given.length === 1 ? given[0]! : [...given].toReversed()]),
        );
        expect(() => refuseUnfitQuizAnswers(quiz.questions, answers)).not.toThrow();
        expect(markQuiz(quiz, answers)).toEqual({ passed: true, wrong: [] });
      }),
    );
  });

  test('names exactly what differs, and passes by the share of the rest', () => {
    fc.assert(
      fc.property(quizzes, fc.array(fc.subarray(VALUES), { minLength: 5, maxLength: 5 }), (quiz, given) => {
        const answers = Object.fromEntries(quiz.questions.map(({ id }, index) => [id, given[index]!]));
        const wrong = quiz.questions.filter(({ id }) => `${[...answers[id]!].sort()}` !== `${[...quiz.key[id]!.answers].sort()}`);
        const { passed, wrong: named } = markQuiz(quiz, answers);
        expect(named).toEqual(wrong.map(({ id }) => id));
        expect(passed).toBe((quiz.questions.length - wrong.length) / quiz.questions.length >= quiz.pass - 1e-9);
      }),
    );
  });

  test('no answers are wrong ones, and all options at once answer nothing', () => {
    fc.assert(
      fc.property(quizzes, (quiz) => {
        expect(markQuiz(quiz, {}).wrong).toHaveLength(quiz.questions.length);
        const everything = Object.fromEntries(quiz.questions.map(({ id }) => [id, VALUES]));
        expect(markQuiz(quiz, everything).wrong).toEqual(
          quiz.questions.filter(({ id }) => quiz.key[id]!.answers.length < 4).map(({ id }) => id),
        );
      }),
    );
  });

  test('two thirds of three are two right answers', () => {
    const questions = ['x', 'y', 'z'].map((id) => ({ id, text: id, options, several: false }));
    const quiz = {
      questions,
      key: Object.fromEntries(['x', 'y', 'z'].map((id) => [id, { answers: ['a'], explanation: '' }])),
      pass: 2 / 3,
    };
    expect(markQuiz(quiz, { x: 'a', y: 'a' }).passed).toBe(true);
    expect(markQuiz(quiz, { x: 'a' }).passed).toBe(false);
  });
});
