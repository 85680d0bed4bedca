import { Injectable } from '@nestjs/common';
import type { CreateAccessRequest, RequestCommandBody } from '@paddock/contracts';
import { decideRequest, OPEN_STATES, Refusal, type RequestCommandName, type RequestOutcome, type RequestState } from '@paddock/domain';
import { canonicalHash } from '@paddock/ledger';
import { DataSource, In, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { resolveLicensee } from '../../accounts/licensees/licensees.js';
import { SealedRecords } from '../../accounts/sealed-records.js';
import { isConflict } from '../../database/failure.js';
import { refuseBlocked } from '../../grants/blocklist/blocklist.js';
import { serializeGrants, termsInForce, termsOfModel } from '../../grants/terms-in-force.js';
import { type PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { AgreementsService } from '../../licenses/agreements.service.js';
import { AccessRequestRecord } from './access-request.entity.js';
import { Arrivals } from '../rules/arrivals.service.js';
import { DecisionsService } from '../review/decisions.service.js';
import { refuseUnfitAnswers } from './form-answers.js';
import { RequestAccess } from './request-access.js';

@Injectable()
export class AccessRequestsService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly agreements: AgreementsService,
    private readonly sealed: SealedRecords,
    private readonly decisions: DecisionsService,
    private readonly arrivals: Arrivals,
    private readonly access: RequestAccess,
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
  async edit(actor: PersonActor, id: string, answers: Record<string, unknown>): Promise<void> {
    await this.change(actor, id, { name: 'edit' }, async (tx, record) => {
      const terms = await termsOfModel(tx, record.modelId);
      await refuseUnfitAnswers(tx, terms.form_version, answers, 'draft');
      const answersId = await this.sealed.write(tx, actor.account, 'answers', answers);
      await tx.update(AccessRequestRecord, id, {
        termsId: terms.id,
        formVersionId: terms.form_version,
        answersId,
        answersHash: canonicalHash(answers),
        updatedAt: this.runtime.now(),
      });
    });
  }

  /** Runs one command of the table: loads, decides purely, writes state, decision, ledger entry and event together. */
  async command(actor: PersonActor, id: string, name: RequestCommandName, body: RequestCommandBody): Promise<RequestState> {
    return this.change(actor, id, { name, ...body }, async (tx, record, outcome) => {
      await this.decisions.record(tx, actor, record, { name, ...body }, outcome);
      return name === 'submit' ? this.arrivals.receive(tx, actor, id) : outcome.state;
    });
  }

  private async createIn(tx: EntityManager, actor: PersonActor, input: CreateAccessRequest): Promise<string> {
    const terms = await termsInForce(tx, input.model);
    if (terms.admission !== 'application')
      throw new Refusal('request-not-needed', `Admission is \`${terms.admission}\`.`, { admission: terms.admission });
    await refuseBlocked(tx, actor.account, terms.publisher);
    const licensee = await resolveLicensee(tx, actor, input.licensee);
    await serializeGrants(tx, licensee.id, terms.model);
    const open = await tx.findOneBy(AccessRequestRecord, {
      licenseeId: licensee.id,
      modelId: terms.model,
      kind: input.kind,
      state: In([...OPEN_STATES]),
    });
    if (open)
      throw new Refusal(
        'request-open',
        'One request at a time: an open one stands for this model.',
        open.applicantId === actor.account ? { request: open.id, state: open.state } : {},
      );
    await this.access.refuseGranted(tx, licensee.id, terms.model, terms.license);
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
      answersId: await this.sealed.write(tx, actor.account, 'answers', input.answers),
      answersHash: canonicalHash(input.answers),
      licenseVersionId: version.id,
      state: 'draft',
      round: 0,
      appealed: false,
      createdAt: now,
      updatedAt: now,
    });
    await this.events.append(actor, { kind: 'request-drafted', subject: id, model: terms.model }, tx);
    return id;
  }

  /** Loads and locks the request, decides purely, lets `write` keep what the command brings about, and records the event. */
  async change(
    actor: PersonActor,
    id: string,
    command: { name: RequestCommandName } & RequestCommandBody,
    write: (tx: EntityManager, record: AccessRequestRecord, outcome: RequestOutcome) => Promise<RequestState | void>,
  ): Promise<RequestState> {
    return this.database.transaction(async (tx) => {
      const { record, facts, author } = await this.access.load(tx, actor, id, command.name);
      const outcome = decideRequest(facts, command, author, this.runtime.now().getTime());
      const state = (await write(tx, record, outcome)) ?? outcome.state;
      await this.events.append(
        actor,
        { kind: `request-${command.name}`, subject: id, model: record.modelId, detail: { from: record.state, to: outcome.state } },
        tx,
      );
      return state;
    });
  }
}
