import { Injectable } from '@nestjs/common';
import { decideRequest, evaluateRules, Refusal, type RequestState, type RuleFacts, type Verdict } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { SealedRecords } from '../../accounts/sealed-records.js';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog, type Origin } from '../../ledger/event-log.js';
import { AccessRequestRecord } from '../request/access-request.entity.js';
import { RequestAccess } from '../request/request-access.js';
import { answersOf } from '../request/sealed-answers.js';
import { RequestLetters } from '../request/request-letters.js';
import { DecisionsService } from '../review/decisions.service.js';
import { ReviewerLetters } from '../review/reviewer-letters.js';
import { isReviewerOf } from '../review/reviewers.js';
import { rulesInForce } from './rule-versions.js';
import { trustOf } from './trust.js';

/** What becomes of a request as it arrives: the model's rules decide it, or send it to a person. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly runtime: Runtime,
    private readonly access: RequestAccess,
    private readonly decisions: DecisionsService,
    private readonly letters: RequestLetters,
    private readonly reviewers: ReviewerLetters,
    private readonly sealed: SealedRecords,
    private readonly events: EventLog,
  ) {}

  /** In the transaction of the submission. Whatever goes wrong with a rule, the request is submitted and goes to a person. */
  async receive(tx: EntityManager, submitter: PersonActor, id: string): Promise<RequestState> {
    const record = await tx.findOneByOrFail(AccessRequestRecord, { id });
    const state = await this.byRules(tx, submitter, record);
    if (state === 'submitted') await this.tell(tx, id);
    return state;
  }

  /** Both sides: the applicant that it has arrived, the reviewers that it waits for them. */
  private async tell(tx: EntityManager, id: string): Promise<void> {
    const record = await tx.findOneByOrFail(AccessRequestRecord, { id });
    const { state, round, assignedTo } = record;
    await this.letters.write(tx, record, { name: 'submit' }, { state, round, awaitsApproval: false });
    await this.reviewers.tell(tx, record, {
      subject: round > 1 ? 'A corrected request waits for you' : 'A request waits for you',
      body: 'Somebody asks for access to a model that you review.',
      link: { label: 'Review it', path: `/review/${id}` },
      assignedTo,
    });
  }

  private async byRules(tx: EntityManager, submitter: PersonActor, record: AccessRequestRecord): Promise<RequestState> {
    // No rule stands for a person who hears an appeal, or for the licensor who gives terms of their own.
    const forPeople = record.appealed || record.kind === 'special-license';
    const rules = forPeople ? undefined : await rulesInForce(tx, record.modelId);
    if (!rules) return record.state;
    const portal: Origin = { account: null, requestId: submitter.requestId };
    const { requiredApprovals } = await this.access.facts(tx, record);
    const verdict = evaluateRules(rules.rules, await this.factsOf(tx, record), requiredApprovals);
    try {
      return await tx.transaction((nested) => this.carryOut(nested, portal, record, verdict, `rules ${rules.n}`));
    } catch (error) {
      if (!(error instanceof Refusal)) this.runtime.logger.error({ requestId: submitter.requestId, error });
      const fault = error instanceof Refusal ? error.code : 'internal-error';
      await this.sendToPerson(tx, portal, record, { ...verdict, decision: 'person', fault }, `rules ${rules.n}`);
      return record.state;
    }
  }

  private async factsOf(tx: EntityManager, record: AccessRequestRecord): Promise<RuleFacts> {
    const answers = await answersOf(this.sealed, tx, record);
    return { answers, trust: { ...(await trustOf(tx, [record.id])).get(record.id) } };
  }

  private async carryOut(
    tx: EntityManager,
    portal: Origin,
    record: AccessRequestRecord,
    verdict: Verdict,
    version: string,
  ): Promise<RequestState> {
    if (verdict.decision === 'person') {
      await this.sendToPerson(tx, portal, record, verdict, version);
      return record.state;
    }
    const rule = `${version}, ${verdict.rule}`;
    const command = { name: verdict.decision, reason: verdict.reason };
    const outcome = decideRequest(
      await this.access.facts(tx, record),
      command,
      { account: rule, acting: 'portal', own: false },
      this.runtime.now().getTime(),
    );
    await this.events.append(
      portal,
      {
        kind: `request-${verdict.decision}`,
        subject: record.id,
        model: record.modelId,
        detail: { from: record.state, to: outcome.state, rule },
      },
      tx,
    );
    await this.decisions.record(tx, portal, record, { ...command, rule }, outcome);
    return outcome.state;
  }

  private async sendToPerson(
    tx: EntityManager,
    portal: Origin,
    record: AccessRequestRecord,
    { rule, assign, fault }: Extract<Verdict, { decision: 'person' }>,
    version: string,
  ): Promise<void> {
    if (rule === null) return;
    const reviewer = assign !== undefined && (await isReviewerOf(tx, assign, record)) ? assign : null;
    if (reviewer) await tx.update(AccessRequestRecord, record.id, { assignedTo: reviewer });
    await this.events.append(
      portal,
      {
        kind: fault === undefined ? 'request-routed' : 'rule-fault',
        subject: record.id,
        model: record.modelId,
        detail: { rule: `${version}, ${rule}`, fault },
      },
      tx,
    );
  }
}
