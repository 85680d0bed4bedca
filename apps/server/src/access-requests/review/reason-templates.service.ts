import { Injectable } from '@nestjs/common';
import type { CreateReasonTemplate } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { refuseWithoutRole, rolesAs, type PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';

const TEMPLATES = `
  SELECT t.id, p.slug AS publisher, t.outcome, t.title, t.reason FROM reason_template t JOIN publisher p ON p.id = t.publisher_id WHERE t.ended_at IS NULL`;

/** Reasons that reviewers of a publisher reuse, so that like cases read alike. */
@Injectable()
export class ReasonTemplates {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

  async list(actor: PersonActor) {
    const reviewing = rolesAs(actor, 'reviewer', 'admin');
    const items = await this.database.query<object[]>(
      `${TEMPLATES} AND ($1 OR p.id = ANY ($2::uuid[]) OR EXISTS (SELECT FROM model m WHERE m.publisher_id = p.id AND m.id = ANY ($3::uuid[]))) ORDER BY p.slug, t.outcome, t.title`,
      [
        reviewing.some(({ scope }) => scope === 'portal'),
        reviewing.flatMap(({ publisher }) => publisher ?? []),
        reviewing.flatMap(({ model }) => model ?? []),
      ],
    );
    return { items, nextCursor: null };
  }

  ofModel(tx: EntityManager, model: string): Promise<object[]> {
    return tx.query<object[]>(`${TEMPLATES} AND p.id = (SELECT publisher_id FROM model WHERE id = $1) ORDER BY t.outcome, t.title`, [
      model,
    ]);
  }

  async create(actor: PersonActor, { publisher: slug, outcome, title, reason }: CreateReasonTemplate) {
    return this.database.transaction(async (tx) => {
      const [publisher] = await tx.query<{ id: string }[]>('SELECT id FROM publisher WHERE slug = $1', [slug]);
      if (!publisher) throw new Refusal('not-found', 'There is no such publisher.');
      refuseWithoutRole(actor, 'reviewer', { publisher: publisher.id });
      const id = uuidv7();
      await tx.query('INSERT INTO reason_template (id, publisher_id, outcome, title, reason) VALUES ($1, $2, $3, $4, $5)', [
        id,
        publisher.id,
        outcome,
        title,
        reason,
      ]);
      await this.events.append(actor, { kind: 'reason-kept', subject: id, detail: { publisher: slug, outcome, title } }, tx);
      return { id, publisher: slug, outcome, title, reason };
    });
  }

  async end(actor: PersonActor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [template] = await tx.query<{ publisher_id: string }[]>(
        'SELECT publisher_id FROM reason_template WHERE id = $1 AND ended_at IS NULL FOR UPDATE',
        [id],
      );
      if (!template) throw new Refusal('not-found', 'There is no such reason.');
      refuseWithoutRole(actor, 'reviewer', { publisher: template.publisher_id });
      await tx.query('UPDATE reason_template SET ended_at = now() WHERE id = $1', [id]);
      await this.events.append(actor, { kind: 'reason-ended', subject: id }, tx);
    });
  }
}
