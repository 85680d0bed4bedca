import { MAX_QUESTIONS, PREREQUISITE_KINDS, REFEREE_STATES } from '@paddock/domain';
import { z } from 'zod';
import { Email, Id, Instant, requiredText, text } from './fields.js';
import { FieldId, Option } from './forms.js';

const Kind = z.enum(PREREQUISITE_KINDS);
const unique = (values: readonly unknown[]) => new Set(values).size === values.length;

export const Prerequisite = z.strictObject({
  kind: Kind,
  validDays: z.int().min(1).max(3650).nullable().default(null).describe('How long evidence counts; null: for ever'),
});
export const Prerequisites = z
  .array(Prerequisite)
  .max(PREREQUISITE_KINDS.length)
  .refine((asked) => unique(asked.map(({ kind }) => kind)), 'must name each kind once');

export const PrerequisiteShown = Prerequisite.extend({
  meaning: z.string(),
  state: z.enum(['asked', 'satisfied', 'missing', 'expired']).describe('asked: to strangers, of whom nothing is known'),
  until: Instant.nullable().describe('When it ends or ended; null: never, or there is none'),
  remedy: z.string(),
  url: z.string(),
});

/** What reviewers see of an applicant; what a referee wrote is for them alone. */
export const PrerequisiteReviewed = PrerequisiteShown.pick({ kind: true, state: true, until: true });
export const RefereeReviewed = z.strictObject({ domain: z.string(), relation: z.string().nullable(), at: Instant });

const Question = z.strictObject({
  id: FieldId,
  text: requiredText(2000),
  options: z.array(Option).min(2).max(20),
  several: z.boolean().default(false).describe('Whether more than one option may be right'),
});
const Pass = z.number().gt(0).max(1);
const KeyedQuestion = Question.extend({
  answers: z.array(requiredText(100)).min(1).max(20),
  explanation: text(2000).default('').describe('Shown to those who passed'),
});
export const CreateQuiz = z.strictObject({
  questions: z.array(KeyedQuestion).min(1).max(MAX_QUESTIONS),
  pass: Pass.default(1).describe('The share of right answers that passes'),
});
export type CreateQuiz = z.infer<typeof CreateQuiz>;
const base = { model: z.string(), n: z.int(), state: z.enum(['in-force', 'replaced']), pass: Pass, createdAt: Instant };
export const Quiz = z.strictObject({ ...base, questions: z.array(Question) });
export const KeyedQuiz = z.strictObject({ ...base, questions: z.array(KeyedQuestion) });

export const AttemptQuiz = z.strictObject({
  answers: z
    .record(FieldId, z.union([text(100), z.array(text(100)).max(20)]))
    .refine((answers) => Object.keys(answers).length <= MAX_QUESTIONS, `must not exceed ${MAX_QUESTIONS} answers`),
  n: z.int().min(1).optional().describe('The version that was read; refused where it is not asked any more'),
});
export type AttemptQuiz = z.infer<typeof AttemptQuiz>;
export const QuizAttempt = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('passed'),
    n: z.int(),
    explanations: z.array(z.strictObject({ question: z.string(), text: z.string() })),
  }),
  z.strictObject({
    state: z.literal('not-passed'),
    n: z.int(),
    wrong: z.array(z.string()).describe('Ids of the questions to read up on; what is right is not said'),
    attemptsLeft: z.int().describe('Within the hour'),
  }),
]);

/** One line, so that it can stand in a mail. */
const Line = (max: number) => requiredText(max).regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'must be one line');
export const NameReferee = z.strictObject({ email: Email, name: Line(100) });
export type NameReferee = z.infer<typeof NameReferee>;
export const Referee = z.strictObject({
  id: Id,
  model: z.string(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  state: z.enum(REFEREE_STATES),
  mails: z.int().describe('How many mails went to them'),
  createdAt: Instant,
  expiresAt: Instant,
});

const Token = text(200).min(1);
export const RefereeToken = z.strictObject({ token: Token });
export type RefereeToken = z.infer<typeof RefereeToken>;
export const Inquiry = z.strictObject({
  state: z.literal('waiting'),
  applicant: z.string(),
  model: z.string(),
  title: z.string(),
  publisher: z.string(),
  referee: z.string(),
  expiresAt: Instant,
});
export const AnswerInquiry = z.discriminatedUnion('confirmed', [
  z.strictObject({
    token: Token,
    confirmed: z.literal(true),
    relation: Line(300).describe('How the referee knows the applicant; reviewers read it'),
  }),
  z.strictObject({ token: Token, confirmed: z.literal(false), relation: text(300).optional() }),
]);
export type AnswerInquiry = z.infer<typeof AnswerInquiry>;
export const InquiryAnswered = z.strictObject({ state: z.enum(['confirmed', 'declined']) });
