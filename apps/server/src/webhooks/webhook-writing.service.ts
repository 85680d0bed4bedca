import { Injectable } from '@nestjs/common';
import { WEBHOOK_KINDS, WEBHOOK_TYPES, webhookPayload, type WebhookKind } from '@paddock/domain';
import type { DataSource, EntityManager } from 'typeorm';
import { Runtime } from '../http/runtime.js';
import { EventLog, type WrittenEvent } from '../ledger/event-log.js';

const WRITE = `
  INSERT INTO webhook_delivery (id, endpoint_id, event_id, subject_id, type, payload)
  SELECT gen_random_uuid(), e.id, $1, $2, $3, $4 FROM webhook_endpoint e LEFT JOIN model m ON m.id = $5
  WHERE e.state <> 'ended' AND $6 = ANY (e.kinds)
    AND CASE WHEN e.model_id IS NOT NULL THEN e.model_id = m.id WHEN e.publisher_id IS NOT NULL THEN e.publisher_id = m.publisher_id ELSE true END`;

/** Writes a delivery for each endpoint that wants an event, in the event's own transaction. */
@Injectable()
export class WebhookWriting {
  constructor(
    events: EventLog,
    private readonly runtime: Runtime,
  ) {
    events.subscribe(WEBHOOK_KINDS, (tx, event) => this.write(tx, event));
  }

  private async write(tx: EntityManager | DataSource, { id, kind, subject, model, detail }: WrittenEvent): Promise<void> {
    if (!subject) return;
    const [row] = model ? await tx.query<{ slug: string }[]>('SELECT slug FROM model WHERE id = $1', [model]) : [];
    const fact = { kind: kind as WebhookKind, subject, model: row?.slug ?? null, detail: detail ?? {} };
    const payload = webhookPayload(fact, this.runtime.now());
    await tx.query(WRITE, [id, subject, WEBHOOK_TYPES[fact.kind].type, payload, model ?? null, kind]);
  }
}
