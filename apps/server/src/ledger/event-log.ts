import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { prepared } from '../database/prepared.js';
import type { Actor } from '../http/actor.js';

export interface PaddockEvent {
  kind: string;
  /** What the event is about: a request, grant, link, release, account. */
  subject?: string | null;
  model?: string | null;
  holder?: string | null;
  /** Of a refusal. */
  code?: string;
  /** Plain facts without personal data. */
  detail?: Record<string, unknown>;
}

/** An event as it was written. */
export interface WrittenEvent extends PaddockEvent {
  id: string;
}

/** Runs in the transaction of the event: what it writes stands and falls with the fact. */
export type EventListener = (tx: EntityManager | DataSource, event: WrittenEvent) => Promise<void>;

/** Who brought an event about, in which request. */
export type Origin = Pick<Actor, 'account' | 'requestId'> & Partial<Pick<Actor, 'seat'>>;

/** What the portal does by itself as time passes. */
export const SWEEP: Origin = { account: null, requestId: 'sweep' };

const INSERT = `INSERT INTO event (id, kind, request_id, actor_id, holder_id, subject_id, model_id, code, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

/** Who did what, when, in which request. Append-only. */
@Injectable()
export class EventLog {
  private readonly listeners = new Map<string, EventListener[]>();

  constructor(private readonly database: DataSource) {}

  /** For features further up that act on what others record, such as webhooks. */
  subscribe(kinds: Iterable<string>, listener: EventListener): void {
    for (const kind of kinds) this.listeners.set(kind, [...(this.listeners.get(kind) ?? []), listener]);
  }

  /** In the fact's own transaction; alone only for what changes nothing else (a refusal, a download). */
  async append(origin: Origin, event: PaddockEvent, tx: EntityManager | DataSource = this.database): Promise<void> {
    const { kind, holder, subject, model, code, detail } = event;
    const id = uuidv7();
    await prepared(tx, 'event', INSERT, [
      id,
      kind,
      origin.requestId,
      origin.account ?? origin.seat ?? null,
      holder ?? null,
      subject ?? null,
      model ?? null,
      code ?? null,
      detail ?? {},
    ]);
    for (const listener of this.listeners.get(kind) ?? []) await listener(tx, { ...event, id });
  }
}
