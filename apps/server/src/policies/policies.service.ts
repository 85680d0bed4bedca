import { Injectable } from '@nestjs/common';
import type { ChangePolicy, CreatePolicy } from '@paddock/contracts';
import { nextCapture, Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { isConflict } from '../database/failure.js';
import { mayAs, refuseWithoutRole, type PersonActor } from '../http/actor.js';
import { Runtime } from '../http/runtime.js';
import { EventLog } from '../ledger/event-log.js';
import { PolicyReading } from './policy-reading.service.js';
import { KeptTexts } from './snapshots/kept-text.service.js';

const DEFAULT_SCHEDULE = 'daily';

/** Adds policies and changes how they are captured. Texts are never changed: they follow one another. */
@Injectable()
export class PoliciesService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly reading: PolicyReading,
    private readonly texts: KeptTexts,
    private readonly events: EventLog,
  ) {}

  /** A text that is kept here is in force at once; a source is captured when it is asked for, or by its schedule. */
  async create(actor: PersonActor, input: CreatePolicy) {
    const { slug, title, sourceUrl, text, standingRule } = input;
    const schedule = sourceUrl === undefined ? null : (input.schedule ?? DEFAULT_SCHEDULE);
    const now = this.runtime.now();
    try {
      await this.database.transaction(async (tx) => {
        const publisher = await publisherFor(tx, actor, input.publisher);
        const id = uuidv7();
        await tx.query(
          `INSERT INTO policy (id, publisher_id, slug, title, source_url, schedule, standing_rule, next_capture_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [id, publisher, slug, title, sourceUrl ?? null, schedule, standingRule, schedule && nextCapture(schedule, now), now],
        );
        await this.events.append(
          actor,
          { kind: 'policy-created', subject: id, detail: { policy: slug, sourceUrl: sourceUrl ?? null } },
          tx,
        );
        if (text !== undefined)
          await this.texts.insert(tx, actor, { id, slug, title }, text, { effectiveFrom: now, reacceptFrom: null }, now);
      });
    } catch (error) {
      if (isConflict(error)) throw new Refusal('slug-taken', `A policy \`${slug}\` exists already.`);
      throw error;
    }
    return this.reading.find(slug);
  }

  async change(actor: PersonActor, slug: string, input: ChangePolicy) {
    await this.database.transaction(async (tx) => {
      const policy = await this.reading.row(slug, tx);
      refuseWithoutRole(actor, 'publisher', { publisher: policy.publisher_id });
      if (policy.source_url === null && Object.keys(input).some((field) => field !== 'title'))
        throw new Refusal('policy-kept', 'Its text is kept here: it has neither source nor schedule.');
      const schedule = input.schedule ?? policy.schedule;
      await tx.query(
        `UPDATE policy SET title = $2, source_url = $3, schedule = $4, standing_rule = $5,
           next_capture_at = CASE WHEN $6 THEN $7::timestamptz ELSE next_capture_at END WHERE id = $1`,
        [
          policy.id,
          input.title ?? policy.title,
          input.sourceUrl ?? policy.source_url,
          schedule,
          input.standingRule === undefined ? policy.standing_rule : input.standingRule,
          input.schedule !== undefined,
          schedule && nextCapture(schedule, this.runtime.now()),
        ],
      );
      await this.events.append(actor, { kind: 'policy-changed', subject: policy.id, detail: { policy: slug, ...input } }, tx);
    });
    return this.reading.find(slug);
  }
}

/** The publisher named, or the only one that the actor publishes for. */
async function publisherFor(tx: EntityManager, actor: PersonActor, slug: string | undefined): Promise<string> {
  const publishers = await tx.query<{ id: string }[]>('SELECT id FROM publisher WHERE $1::text IS NULL OR slug = $1 ORDER BY slug', [
    slug ?? null,
  ]);
  if (slug !== undefined && publishers.length === 0) throw new Refusal('not-found', 'There is no such publisher.');
  const fitting = publishers.filter(({ id }) => mayAs(actor, 'publisher', { publisher: id }));
  if (fitting.length === 0) throw new Refusal('role-missing', 'This needs the role `publisher` here.');
  if (fitting.length > 1) throw new Refusal('malformed-request', 'publisher: you publish for several; name one', { fields: ['publisher'] });
  return fitting[0]!.id;
}
