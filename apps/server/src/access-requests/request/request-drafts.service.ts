import { Injectable } from '@nestjs/common';
import type { CreateAccessRequest, EditAccessRequest } from '@paddock/contracts';
import { OPEN_STATES, Refusal, type RequestKind } from '@paddock/domain';
import { canonicalHash } from '@paddock/ledger';
import { DataSource, In, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { resolveLicensee } from '../../accounts/licensees/licensees.js';
import { SealedRecords } from '../../accounts/sealed-records.js';
import { isConflict } from '../../database/failure.js';
import { refuseBlocked } from '../../grants/blocklist/blocklist.js';
import { serializeGrants, termsInForce, termsOfModel, type TermsInForce } from '../../grants/terms-in-force.js';
import { type PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { AgreementsService } from '../../licenses/agreements.service.js';
import { AccessRequestRecord } from './access-request.entity.js';
import { AccessRequestsService } from './access-requests.service.js';
import { refuseUnfitAnswers } from '../eligibility/form-answers.js';
import { refuseGranted, renewedRequest } from '../eligibility/standing-grants.js';

interface Said {
  answers: Record<string, unknown>;
  /** What was done with the weights so far; of renewals. */
  useStatement: string | null;
}

/** What the applicant writes before a request is submitted, or after it came back. */
@Injectable()
export class RequestDrafts {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly agreements: AgreementsService,
    private readonly sealed: SealedRecords,
    private readonly requests: AccessRequestsService,
    private readonly events: EventLog,
  ) {}

  async create(actor: PersonActor, input: CreateAccessRequest): Promise<string> {
    try {
      return await this.database.transaction((tx) => this.createIn(tx, actor, input));
    } catch (error) {
      if (isConflict(error, 'access_request_open'))
        throw new Refusal('request-open', 'One request at a time: an open one stands for this model.');
      throw error;
    }
  }

  /** An edited request answers the form that is asked now. */
  async edit(actor: PersonActor, id: string, { answers, useStatement }: EditAccessRequest): Promise<void> {
    await this.requests.change(actor, id, { name: 'edit' }, async (tx, record) => {
      const terms = await termsOfModel(tx, record.modelId);
      await refuseUnfitAnswers(tx, terms.form_version, answers, 'draft');
      refuseMisplacedStatement(record.kind, useStatement);
      const said = { answers, useStatement: useStatement ?? (await this.statement(tx, record)) };
      await tx.update(AccessRequestRecord, id, {
        termsId: terms.id,
        formVersionId: terms.form_version,
        ...(await this.seal(tx, record.applicantId, said)),
        updatedAt: this.runtime.now(),
      });
      // What was said before is nobody's to read any more.
      await this.sealed.erase(
        tx,
        [record.answersId, record.statementId].filter((replaced) => replaced !== null),
      );
    });
  }

  private async createIn(tx: EntityManager, actor: PersonActor, input: CreateAccessRequest): Promise<string> {
    const terms = await termsInForce(tx, input.model);
    refuseUnneeded(terms.admission, input.kind);
    await refuseBlocked(tx, this.runtime.keys, actor.account, terms.publisher);
    const licensee = await resolveLicensee(tx, actor, input.licensee, () =>
      this.events.append(actor, { kind: 'affiliation-changed', subject: actor.account }, tx),
    );
    await serializeGrants(tx, licensee.id, terms.model);
    await refuseSecond(tx, actor, licensee.id, terms, input.kind);
    const previousId = await this.fitsGrants(tx, licensee.id, terms, input);
    await refuseUnfitAnswers(tx, terms.form_version, input.answers, 'draft');
    const version = await this.agreements.versionInForce(tx, terms.license);
    const id = uuidv7();
    const now = this.runtime.now();
    await tx.insert(AccessRequestRecord, {
      id,
      kind: input.kind,
      applicantId: actor.account,
      licenseeId: licensee.id,
      modelId: terms.model,
      termsId: terms.id,
      formVersionId: terms.form_version,
      ...(await this.seal(tx, actor.account, { answers: input.answers, useStatement: input.useStatement ?? null })),
      licenseVersionId: version.id,
      previousId,
      state: 'draft',
      round: 0,
      appealed: false,
      createdAt: now,
      updatedAt: now,
    });
    await this.events.append(actor, { kind: 'request-drafted', subject: id, model: terms.model, detail: { kind: input.kind } }, tx);
    return id;
  }

  /** Access is asked for where none is held, renewal where there is something to renew. */
  private async fitsGrants(tx: EntityManager, licensee: string, terms: TermsInForce, input: CreateAccessRequest): Promise<string | null> {
    refuseMisplacedStatement(input.kind, input.useStatement);
    if (input.kind === 'renewal') return renewedRequest(tx, licensee, terms.model, input.previous);
    await refuseGranted(tx, licensee, terms.model, input.kind === 'special-license' ? null : terms.license);
    return null;
  }

  /** Reviewers decide on everything that was said, so the hash covers it. */
  private async seal(tx: EntityManager, account: string, { answers, useStatement }: Said) {
    return {
      answersId: await this.sealed.write(tx, account, 'answers', answers),
      statementId: useStatement === null ? null : await this.sealed.write(tx, account, 'statement', { text: useStatement }),
      answersHash: canonicalHash(useStatement === null ? answers : { answers, useStatement }),
    };
  }

  private async statement(tx: EntityManager, { statementId }: AccessRequestRecord): Promise<string | null> {
    const kept = statementId === null ? undefined : await this.sealed.read<{ text: string }>(statementId, tx);
    return kept?.text ?? null;
  }
}

/** A model that opens by acceptance alone knows requests for a special license; an open one, none. */
function refuseUnneeded(admission: TermsInForce['admission'], kind: RequestKind): void {
  if (admission === 'application' || (admission === 'assent' && kind === 'special-license')) return;
  throw new Refusal('request-not-needed', `Admission is \`${admission}\`.`, { admission });
}

function refuseMisplacedStatement(kind: RequestKind, statement: string | undefined): void {
  if (kind !== 'renewal' && statement !== undefined)
    throw new Refusal('malformed-request', 'useStatement: only a renewal carries one', { fields: ['useStatement'] });
}

async function refuseSecond(
  tx: EntityManager,
  actor: PersonActor,
  licensee: string,
  terms: TermsInForce,
  kind: RequestKind,
): Promise<void> {
  const open = await tx.findOneBy(AccessRequestRecord, {
    licenseeId: licensee,
    modelId: terms.model,
    kind: kind,
    state: In([...OPEN_STATES]),
  });
  if (!open) return;
  throw new Refusal(
    'request-open',
    'One request at a time: an open one stands for this model.',
    open.applicantId === actor.account ? { request: open.id, state: open.state } : {},
  );
}
