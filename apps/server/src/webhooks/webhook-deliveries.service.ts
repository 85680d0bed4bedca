import { Injectable } from '@nestjs/common';
import type { ListDeliveries } from '@paddock/contracts';
import { decideDelivery, Refusal, type DeliveryCommand, type DeliveryState } from '@paddock/domain';
import { DataSource } from 'typeorm';
import type { PersonActor } from '../http/actor.js';
import { page, readCursor } from '../http/cursor.js';
import { EventLog } from '../ledger/event-log.js';
import { messageId } from './sending/webhook-attempt.js';
import { WebhooksService } from './webhooks.service.js';

interface DeliveryRow {
  id: string;
  event_id: string;
  type: string;
  subject_id: string;
  state: DeliveryState;
  attempts: number;
  due_at: Date;
  last_attempt_at: Date | null;
  last_status: number | null;
  last_answer: string | null;
  reason: string | null;
  created_at: Date;
  at: string;
}

const COLUMNS = `id, event_id, type, subject_id, state, attempts, due_at, last_attempt_at, last_status, last_answer, reason, created_at, to_json(created_at) #>> '{}' AS at`;

/** What was sent to an endpoint, and sending it again. */
@Injectable()
export class WebhookDeliveries {
  constructor(
    private readonly database: DataSource,
    private readonly webhooks: WebhooksService,
    private readonly events: EventLog,
  ) {}

  async list(actor: PersonActor, endpoint: string, query: ListDeliveries) {
    await this.webhooks.load(this.database.manager, actor, endpoint);
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<DeliveryRow[]>(
      `SELECT ${COLUMNS} FROM webhook_delivery WHERE endpoint_id = $1 AND ($2::text IS NULL OR state = $2)
         AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid)) ORDER BY created_at DESC, id DESC LIMIT $5`,
      [endpoint, query.state ?? null, cursor?.at ?? null, cursor?.id ?? null, query.limit + 1],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return { items: items.map(shown), nextCursor };
  }

  async command(actor: PersonActor, endpoint: string, id: string, command: DeliveryCommand) {
    return this.database.transaction(async (tx) => {
      await this.webhooks.load(tx, actor, endpoint);
      const [row] = await tx.query<{ state: DeliveryState }[]>(
        'SELECT state FROM webhook_delivery WHERE id = $1 AND endpoint_id = $2 FOR UPDATE',
        [id, endpoint],
      );
      if (!row) throw new Refusal('not-found', 'This webhook has no such delivery.');
      const state = decideDelivery(row.state, command);
      const [rows] = await tx.query<[DeliveryRow[], number]>(
        `UPDATE webhook_delivery SET state = $2, due_at = now(), attempts = CASE WHEN $2 = 'pending' THEN 0 ELSE attempts END, lease = NULL WHERE id = $1 RETURNING ${COLUMNS}`,
        [id, state],
      );
      await this.events.append(actor, { kind: `webhook-${command}`, subject: endpoint, detail: { delivery: id } }, tx);
      return shown(rows[0]!);
    });
  }

  /** All that were given up since a time, in their order. */
  async replayFailed(actor: PersonActor, endpoint: string, since: string) {
    return this.database.transaction(async (tx) => {
      const { state } = await this.webhooks.load(tx, actor, endpoint);
      const [, replayed] = await tx.query<[unknown[], number]>(
        `UPDATE webhook_delivery SET state = 'pending', attempts = 0, due_at = now(), lease = NULL WHERE endpoint_id = $1 AND state = 'failed' AND created_at >= $2`,
        [endpoint, since],
      );
      await this.events.append(actor, { kind: 'webhook-replay', subject: endpoint, detail: { since, replayed } }, tx);
      return { replayed, state };
    });
  }
}

function shown(row: DeliveryRow) {
  return {
    id: row.id,
    messageId: messageId(row.event_id),
    type: row.type,
    subject: row.subject_id,
    state: row.state,
    attempts: row.attempts,
    dueAt: row.state === 'pending' ? row.due_at : null,
    lastAttemptAt: row.last_attempt_at,
    lastStatus: row.last_status,
    lastAnswer: row.last_answer,
    reason: row.reason,
    createdAt: row.created_at,
  };
}
