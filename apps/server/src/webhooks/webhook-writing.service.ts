import { Injectable } from '@nestjs/common';
import { WEBHOOK_KINDS, WEBHOOK_TYPES, webhookPayload, type WebhookKind } from '@paddock/domain';
import type { DataSource, EntityManager } from 'typeorm';
import { Runtime } from '../http/runtime.js';
import { EventLog, type WrittenEvent } from '../ledger/event-log.js';

const WANTED = `
  SELECT e.id, m.slug FROM webhook_endpoint e LEFT JOIN model m ON m.id = $1
  WHERE e.state <> 'ended' AND $2 = ANY (e.kinds)
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
    const endpoints = await tx.query<{ id: string; slug: string | null }[]>(WANTED, [model ?? null, kind]);
    if (endpoints.length === 0) return;
    const fact = { kind: kind as WebhookKind, subject, model: endpoints[0]!.slug, detail: detail ?? {} };
    await tx.query(
      `INSERT INTO webhook_delivery (id, endpoint_id, event_id, subject_id, type, payload) SELECT gen_random_uuid(), endpoint, $2, $3, $4, $5 FROM unnest($1::uuid[]) AS endpoint`,
      [endpoints.map((endpoint) => endpoint.id), id, subject, WEBHOOK_TYPES[fact.kind].type, webhookPayload(fact, this.runtime.now())],
    );
  }
}
