import { Injectable } from '@nestjs/common';
import type { ListDeletions, StateDeletion } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { licenseesOf } from '../../accounts/licensees/licensees.js';
import { SealedRecords } from '../../accounts/sealed-records.js';
import { rolesAs, type PersonActor } from '../../http/actor.js';
import { page, readCursor } from '../../http/cursor.js';
import { EventLog } from '../../ledger/event-log.js';
import { reviewedModels } from '../review/reviewed-models.js';

interface StatementRow {
  grant_id: string;
  model: string;
  model_id: string;
  licensee_id: string;
  licensee: string | null;
  cause: 'expired' | 'revoked';
  state: string;
  asked_at: Date;
  due_at: Date;
  stated_at: Date | null;
  by: string | null;
  sealed_id: string | null;
  at: string;
}

const STATEMENTS = `
  SELECT * FROM (
    SELECT d.*, m.slug AS model, m.id AS model_id, m.publisher_id, g.licensee_id, coalesce(o.legal_name, lp.name) AS licensee, sp.name AS by, to_json(d.asked_at) #>> '{}' AS at,
      CASE WHEN d.stated_at IS NOT NULL THEN 'stated'
        WHEN EXISTS (SELECT FROM access_grant other WHERE other.licensee_id = g.licensee_id AND other.model_id = g.model_id AND other.ended_at IS NULL AND other.acceptance_id IS NOT NULL
          AND EXISTS (SELECT FROM grant_period WHERE grant_id = other.id AND (valid_until IS NULL OR valid_until > now()))) THEN 'waived'
        WHEN d.due_at < now() THEN 'overdue' ELSE 'outstanding' END AS state
    FROM deletion_statement d JOIN access_grant g ON g.id = d.grant_id JOIN model m ON m.id = g.model_id JOIN licensee k ON k.id = g.licensee_id
    LEFT JOIN organization o ON o.id = k.organization_id LEFT JOIN person lp ON lp.account_id = k.account_id LEFT JOIN person sp ON sp.account_id = d.stated_by) s`;

/** What licensees state once a grant has ended, and what of it is outstanding. */
@Injectable()
export class DeletionStatements {
  constructor(
    private readonly database: DataSource,
    private readonly sealed: SealedRecords,
    private readonly events: EventLog,
  ) {}

  async list(actor: PersonActor, query: ListDeletions) {
    const cursor = readCursor(query.cursor);
    const review = query.scope === 'review';
    if (review && actor.via !== 'session') throw new Refusal('session-required', 'What is outstanding is for reviewers in a session.');
    const values: unknown[] = [query.state ?? null, query.model ?? null, cursor?.at ?? null, cursor?.id ?? null, query.limit + 1];
    const mine = async () => `s.licensee_id = ANY ($${values.push(await licenseesOf(this.database, actor))}::uuid[])`;
    const scope = review
      ? reviewedModels(rolesAs(actor, 'reviewer', 'admin'), { publisher: 's.publisher_id', model: 's.model_id' }, values)
      : await mine();
    const rows = await this.database.query<StatementRow[]>(
      `${STATEMENTS} WHERE ($1::text IS NULL OR s.state = $1) AND ($2::text IS NULL OR s.model = $2) AND ($3::timestamptz IS NULL OR (s.asked_at, s.grant_id) < ($3, $4::uuid))
         AND ${scope} ORDER BY s.asked_at DESC, s.grant_id DESC LIMIT $5`,
      values,
    );
    const { items, nextCursor } = page(rows, query.limit, ({ at, grant_id: id }) => ({ at, id }));
    return { items: await Promise.all(items.map((row) => this.shown(row))), nextCursor };
  }

  /** Stated once, by whoever acts for the licensee. */
  async state(actor: PersonActor, grant: string, { statement }: StateDeletion) {
    await this.database.transaction(async (tx) => {
      await this.refuseUnlessAsked(tx, actor, grant);
      const sealedId = await this.sealed.write(tx, actor.account, 'statement', { text: statement ?? '' });
      await tx.query('UPDATE deletion_statement SET stated_at = now(), stated_by = $2, sealed_id = $3 WHERE grant_id = $1', [
        grant,
        actor.account,
        sealedId,
      ]);
      await this.events.append(actor, { kind: 'deletion-stated', subject: grant }, tx);
    });
    const [row] = await this.database.query<StatementRow[]>(`${STATEMENTS} WHERE s.grant_id = $1`, [grant]);
    return this.shown(row!);
  }

  private async refuseUnlessAsked(tx: EntityManager, actor: PersonActor, grant: string): Promise<void> {
    const [row] = await tx.query<{ licensee_id: string; stated_at: Date | null; asked: boolean }[]>(
      `SELECT g.licensee_id, d.stated_at, d.grant_id IS NOT NULL AS asked FROM access_grant g LEFT JOIN deletion_statement d ON d.grant_id = g.id
       WHERE g.id = $1 AND NOT g.is_public FOR NO KEY UPDATE OF g`,
      [grant],
    );
    if (!row || !(await licenseesOf(tx, actor)).includes(row.licensee_id)) throw new Refusal('not-found', 'You have no such grant.');
    if (!row.asked) throw new Refusal('deletion-not-asked', 'The grant has not ended, or it ended a moment ago.');
    if (row.stated_at) throw new Refusal('deletion-not-asked', `It was stated on ${row.stated_at.toISOString()}.`, { state: 'stated' });
  }

  private async shown(row: StatementRow) {
    const text = row.sealed_id === null ? null : ((await this.sealed.read<{ text: string }>(row.sealed_id))?.text ?? null);
    return {
      grant: row.grant_id,
      model: row.model,
      licensee: row.licensee,
      cause: row.cause,
      state: row.state,
      askedAt: row.asked_at,
      dueAt: row.due_at,
      statedAt: row.stated_at,
      by: row.by,
      statement: text,
    };
  }
}
