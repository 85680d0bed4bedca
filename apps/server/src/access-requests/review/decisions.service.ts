import { Injectable } from '@nestjs/common';
import type { RequestCommandBody } from '@paddock/contracts';
import type { RequestCommandName, RequestOutcome } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { GrantingService } from '../../grants/granting.service.js';
import { specialLicenseFor } from '../../grants/special-licenses.js';
import { serializeGrants, type TermsInForce } from '../../grants/terms-in-force.js';
import { Runtime } from '../../http/runtime.js';
import type { Origin } from '../../ledger/event-log.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import { AccessRequestRecord, DecisionRecord } from '../request/access-request.entity.js';
import { judgingFacts } from '../eligibility/judging-facts.js';
import { RequestEligibility } from '../eligibility/request-eligibility.js';
import { RequestLetters } from '../request/request-letters.js';

const APPEAL_DAYS = 30;
const DECISIONS = ['approve', 'reject', 'return'] as const;

/** `rule` names the rule that decided, with its version; without it the actor did. */
type Command = { name: RequestCommandName; rule?: string } & RequestCommandBody;

/** Writes what a command brings about. A decision, its grant, ledger entry and letter stand in one transaction. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly runtime: Runtime,
    private readonly eligibility: RequestEligibility,
    private readonly granting: GrantingService,
    private readonly ledger: LedgerService,
    private readonly letters: RequestLetters,
  ) {}

  async record(tx: EntityManager, actor: Origin, record: AccessRequestRecord, command: Command, outcome: RequestOutcome): Promise<void> {
    const now = this.runtime.now();
    const judged = await judgingFacts(tx, record.id);
    const { terms } = judged;
    const licenseVersionId =
      command.name === 'submit' || outcome.state === 'approved'
        ? await this.eligibility.refuse(tx, record, judged, command.name)
        : record.licenseVersionId;
    await tx.update(AccessRequestRecord, record.id, {
      state: outcome.state,
      round: outcome.round,
      licenseVersionId,
      updatedAt: now,
      ...(command.name === 'submit' && { termsId: terms.id, submittedAt: record.submittedAt ?? now }),
      ...(command.name === 'review' && { assignedTo: actor.account }),
      ...(command.name === 'appeal' && { appealed: true, assignedTo: null }),
      ...(command.name === 'reject' && { appealUntil: new Date(now.getTime() + APPEAL_DAYS * 86_400_000) }),
    });
    const decision = DECISIONS.find((name) => name === command.name);
    const decided = decision && (await this.decide(tx, actor, { ...record, licenseVersionId }, decision, command));
    const renewed = decided && outcome.state === 'approved' ? await this.grant(tx, actor, record, terms, decided) : false;
    if (renewed) await this.letters.renewed(tx, record);
    // What is told of a submission depends on what becomes of it.
    else if (command.name !== 'submit') await this.letters.write(tx, record, command, outcome);
  }

  private async decide(
    tx: EntityManager,
    actor: Origin,
    record: AccessRequestRecord,
    outcome: (typeof DECISIONS)[number],
    { reason, rule }: Command,
  ): Promise<string> {
    const id = uuidv7();
    const { answersHash, licenseVersionId, round } = record;
    const createdAt = this.runtime.now();
    await tx.insert(DecisionRecord, {
      id,
      requestId: record.id,
      round,
      outcome,
      accountId: rule === undefined ? actor.account : null,
      ruleVersion: rule ?? null,
      reason: reason ?? null,
      answersHash,
      licenseVersionId,
      createdAt,
    });
    await this.ledger.append(tx, 'decision', id, createdAt, {
      request: record.id,
      outcome,
      by: rule ?? actor.account,
      reason: reason ?? null,
      answersHash,
      licenseVersion: licenseVersionId,
    });
    return id;
  }

  /** Whether a period was added to the grant that stands; else a new one waits for the acceptance. */
  private async grant(
    tx: EntityManager,
    actor: Origin,
    record: AccessRequestRecord,
    terms: TermsInForce,
    decision: string,
  ): Promise<boolean> {
    await serializeGrants(tx, record.licenseeId, record.modelId);
    const renewed = record.kind === 'renewal' && (await this.granting.renew(tx, actor, terms, record.licenseeId, record.id, decision));
    if (renewed) return true;
    const license = record.kind === 'special-license' ? await specialLicenseFor(tx, record.licenseeId, terms.license) : terms.license;
    await this.granting.openPending(tx, actor, { ...terms, license }, record.licenseeId, record.id);
    return false;
  }
}
