import { Injectable } from '@nestjs/common';
import type { CreateQuiz } from '@paddock/contracts';
import { Refusal, refuseUnfitQuiz, type Quiz, type QuizQuestion } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';

interface QuizRow {
  id: string;
  model_id: string;
  n: number;
  questions: QuizQuestion[];
  pass: number;
  created_at: Date;
  in_force: boolean;
}
type KeyedRow = QuizRow & { answer_key: Quiz['key'] };

/** The key is read by whoever marks, and shown to the publisher; everything else leaves it where it is. */
const versions = (key: '' | 'q.answer_key,') => `
  SELECT q.id, q.model_id, q.n, q.questions, ${key} q.pass, q.created_at, q.n = (SELECT max(n) FROM quiz_version WHERE model_id = q.model_id) AS in_force
  FROM quiz_version q JOIN model m ON m.id = q.model_id WHERE m.slug = $1 ORDER BY q.n DESC`;

/** Quizzes on a model's license. A version never changes; the newest is the one that is asked. */
@Injectable()
export class QuizzesService {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

  async compose(actor: PersonActor, slug: string, { questions: keyed, pass }: CreateQuiz) {
    const questions = keyed.map(({ id, text, options, several }) => ({ id, text, options, several }));
    const key = Object.fromEntries(keyed.map(({ id, answers, explanation }) => [id, { answers, explanation }]));
    refuseUnfitQuiz({ questions, key, pass });
    return this.database.transaction(async (tx) => {
      const model = await publishedBy(tx, actor, slug, 'FOR NO KEY UPDATE');
      const [row] = await tx.query<KeyedRow[]>(
        `INSERT INTO quiz_version (id, model_id, n, questions, answer_key, pass, created_by)
         SELECT $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5, $6 FROM quiz_version WHERE model_id = $2 RETURNING *, true AS in_force`,
        [uuidv7(), model, JSON.stringify(questions), JSON.stringify(key), pass, actor.account],
      );
      await this.events.append(actor, { kind: 'quiz-composed', subject: model, model, detail: { n: row!.n } }, tx);
      return withKey(slug, row!);
    });
  }

  async list(actor: PersonActor, slug: string) {
    await publishedBy(this.database.manager, actor, slug);
    const rows = await this.database.query<KeyedRow[]>(versions('q.answer_key,'), [slug]);
    return { items: rows.map((row) => withKey(slug, row)), nextCursor: null };
  }

  async inForce(slug: string) {
    const [row] = await this.database.query<QuizRow[]>(`${versions('')} LIMIT 1`, [slug]);
    if (!row) throw new Refusal('not-found', 'This model has no quiz.');
    return { ...shown(slug, row), questions: row.questions };
  }
}

/** With what is right, to mark answers by. */
export async function quizToMark(tx: EntityManager, slug: string): Promise<Quiz & { id: string; n: number; model: string }> {
  const [row] = await tx.query<KeyedRow[]>(`${versions('q.answer_key,')} LIMIT 1`, [slug]);
  if (!row) throw new Refusal('not-found', 'This model has no quiz.');
  return { id: row.id, n: row.n, model: row.model_id, questions: row.questions, key: row.answer_key, pass: row.pass };
}

function shown(model: string, { n, pass, created_at, in_force }: QuizRow) {
  return { model, n, state: in_force ? 'in-force' : 'replaced', pass, createdAt: created_at };
}

function withKey(model: string, row: KeyedRow) {
  return { ...shown(model, row), questions: row.questions.map((question) => ({ ...question, ...row.answer_key[question.id] })) };
}

async function publishedBy(tx: EntityManager, actor: PersonActor, slug: string, lock = ''): Promise<string> {
  const [model] = await tx.query<{ id: string; publisher_id: string }[]>(`SELECT id, publisher_id FROM model WHERE slug = $1 ${lock}`, [
    slug,
  ]);
  if (!model) throw new Refusal('not-found', 'There is no such model.');
  refuseWithoutRole(actor, 'publisher', { publisher: model.publisher_id, model: model.id });
  return model.id;
}
