import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { webhookDelay, type DeliveryState } from '@paddock/domain';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, type EntityManager } from 'typeorm';
import { guardedFetch, type GuardedFetch } from '../../http/guarded-fetch.js';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { EventLog } from '../../ledger/event-log.js';
import type { OpenSpan } from '../../telemetry/tracing.js';
import { attemptWebhook, messageId, type WebhookAnswer } from './webhook-attempt.js';
import { WebhookMetrics } from './webhook-metrics.js';
import { WebhookSecrets, type SealedSecrets } from './webhook-secrets.js';

const EVERY_MS = 500;
const TIMEOUT_MS = 15_000;
/** Longer than an attempt lasts: nobody else takes what is under way, and a killed process's work is taken soon. */
const LEASE_S = 30;
const AT_ONCE = 40;
/** Of one endpoint, in all processes together: a slow receiver leaves room for the others. */
const AT_ONCE_PER_ENDPOINT = 8;
const GONE = 410;

interface LeasedDelivery extends SealedSecrets {
  delivery: string;
  event_id: string;
  url: string;
  payload: string;
  attempts: number;
  lease: string;
}

/**
 * What is due, of each subject the first only: what comes later in the same request or grant waits until it is done with.
 * An endpoint gives at most its share, less what is under way.
 */
const TAKE = `
  WITH due AS (
    SELECT d.id FROM webhook_endpoint e CROSS JOIN LATERAL (
      SELECT d.id FROM webhook_delivery d WHERE d.endpoint_id = e.id AND d.state = 'pending' AND d.due_at <= now()
        AND NOT EXISTS (SELECT FROM webhook_delivery earlier WHERE earlier.endpoint_id = e.id AND earlier.subject_id = d.subject_id AND earlier.state = 'pending' AND earlier.n < d.n)
      ORDER BY d.due_at, d.n FOR UPDATE SKIP LOCKED
      LIMIT greatest(0, ${AT_ONCE_PER_ENDPOINT} - (SELECT count(*) FROM webhook_delivery busy WHERE busy.endpoint_id = e.id AND busy.state = 'pending' AND busy.lease IS NOT NULL AND busy.due_at > now()))
    ) d WHERE e.state = 'active' LIMIT $2
  )
  UPDATE webhook_delivery d SET lease = $1, attempts = d.attempts + 1, last_attempt_at = now(), due_at = now() + make_interval(secs => ${LEASE_S})
  FROM webhook_endpoint e WHERE d.id IN (SELECT id FROM due) AND e.id = d.endpoint_id
  RETURNING d.id AS delivery, d.event_id, d.payload, d.attempts, d.lease, e.id, e.url, e.secret, e.previous_secret, e.previous_until`;

@Injectable()
export class WebhookSending implements OnApplicationBootstrap {
  private readonly fetch: GuardedFetch;

  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly sweeps: Sweeps,
    private readonly secrets: WebhookSecrets,
    private readonly events: EventLog,
    private readonly metrics: WebhookMetrics,
  ) {
    this.fetch = guardedFetch({ allowPrivate: runtime.config.PADDOCK_OUTGOING_ALLOW_PRIVATE, timeoutMs: TIMEOUT_MS });
  }

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'webhooks', everyMs: EVERY_MS, run: () => this.sendDue() });
  }

  /** Until nothing is under way: what one answer frees is taken at once, and nobody waits for a slow receiver. */
  private async sendDue(): Promise<number> {
    const underWay = new Set<Promise<void>>();
    let done = 0;
    do {
      const taken = this.runtime.stopping ? [] : await this.take(AT_ONCE - underWay.size);
      for (const delivery of taken) {
        const attempt = this.attempt(delivery)
          .catch((error: unknown) => this.runtime.logger.warn({ delivery: delivery.delivery, error }))
          .finally(() => underWay.delete(attempt));
        underWay.add(attempt);
      }
      done += taken.length;
      if (underWay.size > 0) await Promise.race([...underWay, sleep(EVERY_MS)]);
    } while (underWay.size > 0);
    return done;
  }

  private async take(places: number): Promise<LeasedDelivery[]> {
    if (places === 0) return [];
    const [rows] = await this.database.query<[LeasedDelivery[], number]>(TAKE, [randomUUID(), places]);
    return rows;
  }

  private attempt(delivery: LeasedDelivery): Promise<void> {
    const attributes = { 'paddock.delivery': delivery.delivery, 'paddock.attempt': delivery.attempts };
    return this.runtime.tracing.traced('webhook attempt', 'producer', attributes, (span) => this.send(delivery, span));
  }

  private async send(delivery: LeasedDelivery, span: OpenSpan): Promise<void> {
    const headers = {
      ...(await this.secrets.headers(delivery, messageId(delivery.event_id), delivery.payload)),
      ...this.runtime.tracing.headers(),
    };
    const answer = await attemptWebhook(this.fetch, delivery.url, headers, delivery.payload, this.runtime.closing);
    if (answer.status !== null) span.set({ 'http.response.status_code': answer.status });
    if (!answer.ok) span.fail('not received');
    await this.settle(delivery, answer);
    this.metrics.attempts.inc({ outcome: answer.ok ? 'delivered' : 'failed' });
    this.runtime.logger.info({ delivery: delivery.delivery, attempt: delivery.attempts, status: answer.status });
  }

  private async settle({ delivery, id, lease, attempts }: LeasedDelivery, { ok, status, answer, reason }: WebhookAnswer): Promise<void> {
    const delay = webhookDelay(attempts, Math.random());
    const gone = status === GONE;
    // Who is gone has not refused this one message: it waits until somebody resumes the endpoint.
    const state: DeliveryState = ok ? 'delivered' : delay === undefined && !gone ? 'failed' : 'pending';
    await this.database.transaction(async (tx) => {
      await tx.query(
        `UPDATE webhook_delivery SET state = $3, last_status = $4, last_answer = $5, reason = $6, due_at = now() + make_interval(secs => $7), lease = NULL WHERE id = $1 AND lease = $2`,
        [delivery, lease, state, status, answer, reason, gone ? 0 : (delay ?? 0)],
      );
      if (gone) await this.pause(tx, id);
    });
  }

  private async pause(tx: EntityManager, endpoint: string): Promise<void> {
    const [, paused] = await tx.query<[unknown[], number]>(
      `UPDATE webhook_endpoint SET state = 'paused', reason = 'The receiver answered 410 Gone.' WHERE id = $1 AND state = 'active'`,
      [endpoint],
    );
    if (paused > 0) await this.events.append({ account: null, requestId: 'webhooks' }, { kind: 'webhook-paused', subject: endpoint }, tx);
  }
}
