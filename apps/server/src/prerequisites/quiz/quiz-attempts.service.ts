import { Injectable } from '@nestjs/common';
import type { AttemptQuiz } from '@paddock/contracts';
import { markQuiz, Refusal, refuseUnfitQuizAnswers } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { writeEvidence } from '../../accounts/sign-in/evidence.js';
import type { PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import { quizToMark } from './quizzes.service.js';

const ATTEMPTS_AN_HOUR = 3;

/** Marks answers. What was answered is not kept, and what is right is told to nobody who has not passed. */
@Injectable()
export class QuizAttempts {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

  async attempt(actor: PersonActor, slug: string, { answers, n }: AttemptQuiz) {
    return this.database.transaction(async (tx) => {
      const quiz = await quizToMark(tx, slug);
      if (n !== undefined && n !== quiz.n) throw new Refusal('quiz-outdated', `Version ${quiz.n} is asked now.`, { n: quiz.n });
      refuseUnfitQuizAnswers(quiz.questions, answers);
      const left = await takeAttempt(tx, actor.account, quiz.model);
      const { passed, wrong } = markQuiz(quiz, answers);
      await tx.query('INSERT INTO quiz_attempt (id, quiz_version_id, model_id, account_id, passed) VALUES ($1, $2, $3, $4, $5)', [
        uuidv7(),
        quiz.id,
        quiz.model,
        actor.account,
        passed,
      ]);
      if (passed) await writeEvidence(tx, actor.account, 'quiz', { model: quiz.model, detail: { quiz: quiz.n } });
      const kind = passed ? 'quiz-passed' : 'quiz-not-passed';
      await this.events.append(actor, { kind, subject: actor.account, model: quiz.model, detail: { n: quiz.n } }, tx);
      if (!passed) return { state: 'not-passed', n: quiz.n, wrong, attemptsLeft: left };
      const explanations = quiz.questions.map(({ id }) => ({ question: id, text: quiz.key[id]!.explanation }));
      return { state: 'passed', n: quiz.n, explanations };
    });
  }
}

/** How many are left after this one. One person's attempts wait for one another, so that none slips past the count. */
async function takeAttempt(tx: EntityManager, account: string, model: string): Promise<number> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`quiz ${account} ${model}`]);
  const rows = await tx.query<{ seconds: number }[]>(
    `SELECT greatest(1, ceil(extract(epoch FROM created_at + interval '1 hour' - now())))::int AS seconds FROM quiz_attempt
     WHERE account_id = $1 AND model_id = $2 AND created_at > now() - interval '1 hour' ORDER BY created_at DESC LIMIT ${ATTEMPTS_AN_HOUR}`,
    [account, model],
  );
  const oldest = rows[ATTEMPTS_AN_HOUR - 1];
  if (oldest)
    throw new Refusal('quiz-attempts', `${ATTEMPTS_AN_HOUR} attempts an hour; try again in ${oldest.seconds} seconds.`, {
      retryAfter: oldest.seconds,
    });
  return ATTEMPTS_AN_HOUR - rows.length - 1;
}
