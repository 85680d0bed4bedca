import { Injectable } from '@nestjs/common';
import type { CreateWebhook, Paging } from '@paddock/contracts';
import { decideEndpoint, Refusal, type EndpointCommand, type EndpointState } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { refuseWithoutRole, type PersonActor } from '../http/actor.js';
import { page, readCursor } from '../http/cursor.js';
import { reasonNotToAsk } from '../http/guarded-fetch.js';
import { Runtime } from '../http/runtime.js';
import { EventLog } from '../ledger/event-log.js';
import { managedPlaces, mayManage, type WebhookPlace } from './webhook-places.js';
import { WebhookSecrets } from './sending/webhook-secrets.js';

/** How long the secret before the last still signs. */
const OVERLAP_HOURS = 24;

interface WebhookRow {
  id: string;
  url: string;
  publisher_id: string | null;
  model_id: string | null;
  publisher: string | null;
  model: string | null;
  kinds: string[];
  description: string;
  state: EndpointState;
  reason: string | null;
  pending: number;
  failed: number;
  created_at: Date;
  at: string;
}

const WEBHOOKS = `
  SELECT e.id, e.url, e.publisher_id, e.model_id, p.slug AS publisher, m.slug AS model, e.kinds, e.description, e.state, e.reason, e.created_at,
    to_json(e.created_at) #>> '{}' AS at,
    (SELECT count(*)::int FROM webhook_delivery WHERE endpoint_id = e.id AND state = 'pending') AS pending,
    (SELECT count(*)::int FROM webhook_delivery WHERE endpoint_id = e.id AND state = 'failed') AS failed
  FROM webhook_endpoint e LEFT JOIN publisher p ON p.id = e.publisher_id LEFT JOIN model m ON m.id = e.model_id`;

@Injectable()
export class WebhooksService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly secrets: WebhookSecrets,
    private readonly events: EventLog,
  ) {}

  async create(actor: PersonActor, input: CreateWebhook) {
    const url = new URL(input.url);
    url.hash = '';
    const reason = reasonNotToAsk(url, this.runtime.config.PADDOCK_OUTGOING_ALLOW_PRIVATE);
    if (reason) throw new Refusal('address-not-allowed', `The address is refused: ${reason}.`);
    const id = uuidv7();
    return this.database.transaction(async (tx) => {
      const { publisher, model } = await placeOf(tx, actor, input);
      const { secret, sealed, n } = await this.secrets.make(tx, id);
      await tx.query(
        'INSERT INTO webhook_endpoint (id, publisher_id, model_id, url, kinds, description, secret, created_by, key_n) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
        [id, publisher, model, url.href, [...new Set(input.kinds)], input.description, sealed, actor.account, n],
      );
      await this.events.append(actor, { kind: 'webhook-created', subject: id, model, detail: { kinds: input.kinds } }, tx);
      return { ...shown(await this.load(tx, actor, id)), secret };
    });
  }

  async list(actor: PersonActor, query: Paging) {
    const cursor = readCursor(query.cursor);
    const { portal, allPublishers, publishers, models } = managedPlaces(actor.roles);
    const rows = await this.database.query<WebhookRow[]>(
      `${WEBHOOKS} WHERE e.state <> 'ended' AND CASE WHEN e.publisher_id IS NULL THEN $1::boolean
           ELSE $2::boolean OR e.publisher_id = ANY ($3::uuid[]) OR (e.model_id IS NOT NULL AND e.model_id = ANY ($4::uuid[])) END
         AND ($5::timestamptz IS NULL OR (e.created_at, e.id) < ($5, $6::uuid))
       ORDER BY e.created_at DESC, e.id DESC LIMIT $7`,
      [portal, allPublishers, publishers, models, cursor?.at ?? null, cursor?.id ?? null, query.limit + 1],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return { items: items.map(shown), nextCursor };
  }

  async find(actor: PersonActor, id: string) {
    return shown(await this.load(this.database.manager, actor, id));
  }

  command(actor: PersonActor, id: string, command: EndpointCommand) {
    return this.change(actor, id, `webhook-${command}d`, async (tx, row) => {
      const state = decideEndpoint(row.state, command);
      await tx.query('UPDATE webhook_endpoint SET state = $2, reason = NULL WHERE id = $1', [id, state]);
    });
  }

  /** A new secret; receivers have a day to change over, for both sign meanwhile. */
  async rotate(actor: PersonActor, id: string) {
    let secret = '';
    const webhook = await this.change(actor, id, 'webhook-secret-rotated', async (tx) => {
      const made = await this.secrets.make(tx, id);
      secret = made.secret;
      // The generation of the older of the two stays on record: that one is needed until both are sealed anew.
      await tx.query(
        `UPDATE webhook_endpoint SET previous_secret = secret, previous_until = now() + interval '${OVERLAP_HOURS} hours', secret = $2 WHERE id = $1`,
        [id, made.sealed],
      );
    });
    return { ...webhook, secret };
  }

  async end(actor: PersonActor, id: string): Promise<void> {
    await this.change(actor, id, 'webhook-ended', async (tx) => {
      await tx.query(`UPDATE webhook_endpoint SET state = 'ended' WHERE id = $1`, [id]);
      await tx.query(`UPDATE webhook_delivery SET state = 'skipped', lease = NULL WHERE endpoint_id = $1 AND state = 'pending'`, [id]);
    });
  }

  /** The endpoint, for whoever manages it; to others it does not exist, nor once it has ended. */
  async load(tx: EntityManager, actor: PersonActor, id: string, lock = false): Promise<WebhookRow> {
    const [row] = await tx.query<WebhookRow[]>(`${WEBHOOKS} WHERE e.id = $1 AND e.state <> 'ended' ${lock ? 'FOR UPDATE OF e' : ''}`, [id]);
    if (!row || !mayManage(actor.roles, { publisher: row.publisher_id, model: row.model_id }))
      throw new Refusal('not-found', 'You have no such webhook.');
    return row;
  }

  private change(actor: PersonActor, id: string, kind: string, write: (tx: EntityManager, row: WebhookRow) => Promise<unknown>) {
    return this.database.transaction(async (tx) => {
      const row = await this.load(tx, actor, id, true);
      await write(tx, row);
      await this.events.append(actor, { kind, subject: id, model: row.model_id }, tx);
      const [changed] = await tx.query<WebhookRow[]>(`${WEBHOOKS} WHERE e.id = $1`, [id]);
      return shown(changed!);
    });
  }
}

async function placeOf(tx: EntityManager, actor: PersonActor, { publisher, model }: CreateWebhook): Promise<WebhookPlace> {
  if (publisher === undefined && model === undefined) {
    refuseWithoutRole(actor, 'admin');
    return { publisher: null, model: null };
  }
  const [row] = await tx.query<WebhookPlace[]>(
    model === undefined
      ? 'SELECT id AS publisher, NULL::uuid AS model FROM publisher WHERE slug = $1'
      : 'SELECT publisher_id AS publisher, id AS model FROM model WHERE slug = $1',
    [model ?? publisher],
  );
  if (!row || !mayManage(actor.roles, row)) throw new Refusal('not-found', 'You publish nothing of this name.');
  return row;
}

function shown(row: WebhookRow) {
  const { id, url, publisher, model, kinds, description, state, reason, pending, failed, created_at: createdAt } = row;
  return { id, url, publisher, model, kinds, description, state, reason, pending, failed, createdAt };
}
