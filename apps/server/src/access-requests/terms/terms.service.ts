import { Injectable } from '@nestjs/common';
import type { PutTerms } from '@paddock/contracts';
import { OPEN_STATES, Refusal, refuseUnfitTerms, type Prerequisite } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { GrantingService } from '../../grants/granting.service.js';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { AgreementsService } from '../../licenses/agreements.service.js';
import { prerequisitesFor } from '../../prerequisites/prerequisites-for-terms.js';
import { RequestLetters } from '../request/request-letters.js';

type NewTerms = PutTerms & { prerequisites: Prerequisite[] };

@Injectable()
export class TermsService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly agreements: AgreementsService,
    private readonly granting: GrantingService,
    private readonly letters: RequestLetters,
    private readonly events: EventLog,
  ) {}

  /** The terms in force, as they were put. */
  async find(actor: PersonActor, slug: string) {
    const [model] = await this.database.query<{ id: string; publisher_id: string }[]>(
      'SELECT id, publisher_id FROM model WHERE slug = $1',
      [slug],
    );
    if (!model) throw new Refusal('not-found', 'There is no such model.');
    refuseWithoutRole(actor, 'publisher', { publisher: model.publisher_id, model: model.id });
    const [terms] = await this.database.query<object[]>(
      `SELECT t.n, t.admission, l.slug AS license, t.approvals, t.grant_days AS "grantDays", f.n AS form, t.prerequisites, 'in-force' AS state
       FROM access_terms t JOIN license l ON l.id = t.license_id LEFT JOIN form_version f ON f.id = t.form_version_id
       WHERE t.model_id = $1 ORDER BY t.n DESC LIMIT 1`,
      [model.id],
    );
    return { model: slug, n: null, ...terms };
  }

  /** Puts the next version of a model's access terms in force. Grants stay under the terms that they were given under. */
  async put(actor: PersonActor, slug: string, input: PutTerms) {
    return this.database.transaction(async (tx) => {
      const [model] = await tx.query<{ id: string; publisher_id: string }[]>(
        'SELECT id, publisher_id FROM model WHERE slug = $1 FOR NO KEY UPDATE',
        [slug],
      );
      if (!model) throw new Refusal('not-found', 'There is no such model.');
      refuseWithoutRole(actor, 'publisher', { publisher: model.publisher_id, model: model.id });
      const [license] = await tx.query<{ id: string }[]>(`SELECT id FROM license WHERE slug = $1 AND kind = 'standard'`, [input.license]);
      if (!license) throw new Refusal('not-found', `There is no license \`${input.license}\`.`);
      const version = await this.agreements.versionInForce(tx, license.id);
      refuseUnfitTerms(input.admission, version.assent);
      const form = await formFor(tx, model.id, input.form);
      const prerequisites = await prerequisitesFor(tx, this.runtime.config, model.id, input);
      const n = await this.insert(tx, model.id, license.id, form?.id ?? null, { ...input, prerequisites });
      await this.granting.publish(tx, actor, model.id, license.id);
      if (input.admission !== 'application') await this.closeRequests(tx, actor, model.id, input.admission);
      await this.events.append(
        actor,
        { kind: 'terms-in-force', subject: model.id, model: model.id, detail: { n, admission: input.admission, license: input.license } },
        tx,
      );
      return { model: slug, n, ...input, form: form?.n ?? null, prerequisites, state: 'in-force' };
    });
  }

  private async insert(tx: EntityManager, model: string, license: string, form: string | null, input: NewTerms): Promise<number> {
    const [row] = await tx.query<{ n: number }[]>(
      `INSERT INTO access_terms (id, model_id, n, admission, license_id, form_version_id, approvals, grant_days, prerequisites)
       SELECT $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5, $6, $7, $8 FROM access_terms WHERE model_id = $2 RETURNING n`,
      [uuidv7(), model, input.admission, license, form, input.approvals, input.grantDays, JSON.stringify(input.prerequisites)],
    );
    return row!.n;
  }

  /** Nobody has to decide any more; each applicant is told what to do instead. */
  private async closeRequests(tx: EntityManager, actor: PersonActor, model: string, admission: string): Promise<void> {
    const [closed] = await tx.query<[{ id: string; applicant_id: string }[], number]>(
      `UPDATE access_request SET state = 'no-longer-needed', updated_at = now()
       WHERE model_id = $1 AND state = ANY ($2) AND (kind <> 'special-license' OR $3) RETURNING id, applicant_id`,
      [model, OPEN_STATES, admission === 'open'],
    );
    const next = admission === 'open' ? 'download' : 'read and accept the terms';
    for (const { id, applicant_id: applicantId } of closed) {
      await this.letters.closed(tx, { applicantId, modelId: model }, next);
      await this.events.append(actor, { kind: 'request-no-longer-needed', subject: id, model, detail: { next } }, tx);
    }
  }
}

/** Terms that do not speak of the form keep the one in force. */
async function formFor(tx: EntityManager, model: string, n: number | null | undefined): Promise<{ id: string; n: number } | undefined> {
  if (n === null) return undefined;
  const [form] = await tx.query<{ id: string; n: number }[]>(
    n === undefined
      ? 'SELECT f.id, f.n FROM access_terms t JOIN form_version f ON f.id = t.form_version_id WHERE t.model_id = $1 AND t.n = (SELECT max(n) FROM access_terms WHERE model_id = $1)'
      : 'SELECT id, n FROM form_version WHERE model_id = $1 AND n = $2',
    n === undefined ? [model] : [model, n],
  );
  if (!form && n !== undefined) throw new Refusal('not-found', `The model has no form ${n}.`);
  return form;
}
