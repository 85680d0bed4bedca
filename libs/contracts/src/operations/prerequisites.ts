import { listOf } from '../fields.js';
import * as wire from '../prerequisites.js';
import { get, post, remove, type Operation } from './operation.js';

/** What models ask of people, quizzes on licenses, and referees. */
export const PREREQUISITES_OPERATIONS: readonly Operation[] = [
  get(
    '/api/v1/models/{model}/prerequisites',
    'What the model asks for and, signed in, how one stands to it',
    'anyone',
    listOf(wire.PrerequisiteShown),
  ),
  post('/api/v1/models/{model}/quizzes', 'Compose the next version of a model’s quiz', 'publish', wire.CreateQuiz, wire.KeyedQuiz),
  get('/api/v1/models/{model}/quizzes', 'Every version of a model’s quiz, with what is right', 'publish', listOf(wire.KeyedQuiz)),
  get('/api/v1/models/{model}/quiz', 'The quiz that is asked now, without what is right', 'anyone', wire.Quiz),
  post('/api/v1/models/{model}/quiz/attempts', 'Answer the quiz', 'person', wire.AttemptQuiz, wire.QuizAttempt),
  post('/api/v1/models/{model}/referees', 'Name a referee, who is asked by mail', 'person', wire.NameReferee, wire.Referee),
  get('/api/v1/models/{model}/referees', 'The referees whom one named', 'person', listOf(wire.Referee)),
  post('/api/v1/referees/{id}/resend', 'Send the mail again, with a new link', 'person', undefined, wire.Referee, 200),
  remove('/api/v1/referees/{id}', 'Withdraw an inquiry', 'person'),
  post('/api/v1/referees/inquiry', 'What a referee is asked, by the mailed link', 'anyone', wire.RefereeToken, wire.Inquiry, 200),
  post('/api/v1/referees/confirm', 'A referee’s answer, once', 'anyone', wire.AnswerInquiry, wire.InquiryAnswered, 200),
];
