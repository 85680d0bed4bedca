import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ListGrantReviews } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { mayAs, rolesAs, type PersonActor } from '../../http/actor.js';
import { page, readCursor } from '../../http/cursor.js';
import { EventLog, type WrittenEvent } from '../../ledger/event-log.js';
import { ReviewerLetters } from '../review/reviewer-letters.js';
import { reviewedModels } from '../review/reviewed-models.js';

const CAUSES = ['email-changed', 'affiliation-changed'] as const;

interface ReviewRow {
  id: string;
  grant_id: string;
  model: string;
  model_id: string;
  publisher_id: string;
  licensee: string | null;
  cause: (typeof CAUSES)[number];
  opened_at: Date;
  closed_at: Date | null;
  by: string | null;
  note: string | null;
  at: string;
}

const REVIEWS = `
  SELECT r.*, m.slug AS model, m.id AS model_id, m.publisher_id, lp.name AS licensee, cp.name AS by, to_json(r.opened_at) #>> '{}' AS at
  FROM grant_review r JOIN access_grant g ON g.id = r.grant_id JOIN model m ON m.id = g.model_id JOIN licensee k ON k.id = g.licensee_id
  LEFT JOIN person lp ON lp.account_id = k.account_id LEFT JOIN person cp ON cp.account_id = r.closed_by`;

/** Grants were given on facts. When a person's address or affiliation changes, reviewers look at their grants again. */
@Injectable()
export class GrantReviews implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly letters: ReviewerLetters,
    private readonly events: EventLog,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(CAUSES, (tx, event) => this.open(tx as EntityManager, event));
  }

  async list(actor: PersonActor, query: ListGrantReviews) {
    const cursor = readCursor(query.cursor);
    const values: unknown[] = [query.state ?? null, query.model ?? null, cursor?.at ?? null, cursor?.id ?? null, query.limit + 1];
    const rows = await this.database.query<ReviewRow[]>(
      `${REVIEWS} WHERE ($1::text IS NULL OR ($1 = 'open') = (r.closed_at IS NULL)) AND ($2::text IS NULL OR m.slug = $2)
         AND ($3::timestamptz IS NULL OR (r.opened_at, r.id) < ($3, $4::uuid)) AND ${reviewedModels(rolesAs(actor, 'reviewer', 'admin'), { publisher: 'm.publisher_id', model: 'm.id' }, values)} ORDER BY r.opened_at DESC, r.id DESC LIMIT $5`,
      values,
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return { items: items.map(shown), nextCursor };
  }

  async close(actor: PersonActor, id: string, note: string) {
    return this.database.transaction(async (tx) => {
      const [review] = await tx.query<ReviewRow[]>(`${REVIEWS} WHERE r.id = $1 FOR NO KEY UPDATE OF r`, [id]);
      if (!review || !mayAs(actor, 'reviewer', { publisher: review.publisher_id, model: review.model_id }))
        throw new Refusal('not-found', 'There is no such review.');
      if (review.closed_at) throw new Refusal('grant-state', 'This look was closed already.', { state: 'closed' });
      await tx.query('UPDATE grant_review SET closed_at = now(), closed_by = $2, note = $3 WHERE id = $1', [id, actor.account, note]);
      await this.events.append(actor, { kind: 'review-closed', subject: review.grant_id, model: review.model_id }, tx);
      const [closed] = await tx.query<ReviewRow[]>(`${REVIEWS} WHERE r.id = $1`, [id]);
      return shown(closed!);
    });
  }

  private async open(tx: EntityManager, { kind, subject }: WrittenEvent): Promise<void> {
    const grants = await tx.query<{ id: string; model_id: string; model: string; licensee_id: string }[]>(
      `SELECT g.id, m.id AS model_id, m.slug AS model, g.licensee_id FROM licensee k JOIN access_grant g ON g.licensee_id = k.id JOIN model m ON m.id = g.model_id
       WHERE k.account_id = $1 AND g.ended_at IS NULL AND g.acceptance_id IS NOT NULL
         AND EXISTS (SELECT FROM grant_period WHERE grant_id = g.id AND (valid_until IS NULL OR valid_until > now()))`,
      [subject],
    );
    for (const grant of grants) {
      const opened = await tx.query<unknown[]>(
        'INSERT INTO grant_review (id, grant_id, cause) VALUES ($1, $2, $3) ON CONFLICT (grant_id, cause) WHERE closed_at IS NULL DO NOTHING RETURNING id',
        [uuidv7(), grant.id, kind],
      );
      if (opened.length === 0) continue;
      await this.letters.tell(
        tx,
        { kind: 'access', modelId: grant.model_id, applicantId: subject!, licenseeId: grant.licensee_id },
        {
          subject: `A licensee of ${grant.model} has changed`,
          body: `The ${kind === 'email-changed' ? 'e-mail address' : 'affiliation'} of somebody who holds a grant has changed since it was given. Look whether it should stand.`,
          link: { label: 'Look at it', path: '/grant-reviews' },
        },
      );
    }
  }
}

function shown({ id, grant_id, model, licensee, cause, opened_at, closed_at, by, note }: ReviewRow) {
  return {
    id,
    grant: grant_id,
    model,
    licensee,
    cause,
    state: closed_at ? 'closed' : 'open',
    openedAt: opened_at,
    closedAt: closed_at,
    by,
    note,
  };
}
