import { Injectable } from '@nestjs/common';
import type { ReportObservations } from '@paddock/contracts';
import { Refusal, refuseEndedPresentation, type Observation } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { PresentationRecord } from './presentation.entity.js';

const MOST = 500;

/** What a browser says that a person did with a presentation. Kept as its word, and never asked for. */
@Injectable()
export class Observations {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  async record(actor: PersonActor, presentation: string, { observations }: ReportObservations): Promise<number> {
    return this.database.transaction(async (tx) => {
      const record = await tx.findOne(PresentationRecord, {
        where: { id: presentation, accountId: actor.account },
        lock: { mode: 'pessimistic_write' },
      });
      if (!record) throw new Refusal('not-found', 'You were shown no such presentation.');
      refuseEndedPresentation({ state: record.state, expiresAt: record.expiresAt.getTime() }, this.runtime.now().getTime());
      refuseForeignSubjects(record, observations);
      const [{ count }] = (await tx.query<{ count: number }[]>(
        'SELECT count(*)::int AS count FROM presentation_observation WHERE presentation_id = $1',
        [presentation],
      )) as [{ count: number }];
      if (count + observations.length > MOST) throw new Refusal('observation-limit', `At most ${MOST} reports are kept.`);
      for (const { kind, subject, at } of observations)
        await tx.query(
          `INSERT INTO presentation_observation (id, presentation_id, kind, subject, reported_by, browser_at, created_at) VALUES ($1, $2, $3, $4, 'browser', $5, $6)`,
          [uuidv7(), presentation, kind, subject, at, this.runtime.now()],
        );
      return observations.length;
    });
  }
}

/** In the order in which they arrived. */
export async function observationsOf(tx: EntityManager | DataSource, presentation: string): Promise<Observation[]> {
  const rows = await tx.query<{ kind: Observation['kind']; subject: string; browser_at: Date }[]>(
    'SELECT kind, subject, browser_at FROM presentation_observation WHERE presentation_id = $1 ORDER BY id',
    [presentation],
  );
  return rows.map(({ kind, subject, browser_at }) => ({ kind, subject, at: browser_at.toISOString() }));
}

/** Only of what was shown can anything have been done. */
function refuseForeignSubjects({ screen }: PresentationRecord, observations: ReportObservations['observations']): void {
  const documents = new Set(screen.documents.map(({ sha256 }) => sha256));
  const boxes = new Set(screen.attestations.map(({ id }) => id));
  const foreign = observations.findIndex(
    ({ kind, subject }) => !(kind === 'opened' || kind === 'scrolled-to-end' ? documents : boxes).has(subject),
  );
  if (foreign >= 0)
    throw new Refusal('malformed-request', `observations.${foreign}.subject: was not part of what was shown`, {
      fields: [`observations.${foreign}.subject`],
    });
}
