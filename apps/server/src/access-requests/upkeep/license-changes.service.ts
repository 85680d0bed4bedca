import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { bearingOn, decideRequest, judgeEligibility } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { judgedLicensee } from '../../accounts/licensees/licensees.js';
import { SealedRecords } from '../../accounts/sealed-records.js';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { EventLog, SWEEP } from '../../ledger/event-log.js';
import { AgreementsService } from '../../licenses/agreements.service.js';
import { clauseWords } from '../../licenses/clause-words.js';
import { judgingLicense } from '../eligibility/judging-facts.js';
import { AccessRequestRecord } from '../request/access-request.entity.js';
import { RequestAccess } from '../request/request-access.js';
import { answersOf } from '../request/sealed-answers.js';
import { DecisionsService } from '../review/decisions.service.js';
import { AWAITING } from '../request/awaiting.js';

const AT_ONCE = 50;

interface OutdatedRequest {
  id: string;
  license_id: string;
}

/** Requests that await a decision and were judged by another license version than the one in force. */
const OUTDATED = `
  SELECT q.id, t.license_id FROM access_request q
  JOIN LATERAL (SELECT ${judgingLicense('license_id')} AS license_id FROM access_terms WHERE model_id = q.model_id ORDER BY n DESC LIMIT 1) t ON true
  JOIN LATERAL (SELECT id FROM license_version WHERE license_id = t.license_id AND effective_from <= now() ORDER BY n DESC LIMIT 1) v ON true
  WHERE q.state IN ${AWAITING} AND q.license_version_id <> v.id
  ORDER BY q.submitted_at LIMIT ${AT_ONCE} FOR NO KEY UPDATE OF q SKIP LOCKED`;

/**
 * A license version that comes into force judges open requests again: those that it speaks against go back to their
 * applicants with the clause, their place in the queue kept; the others are shown to reviewers under the new version.
 */
@Injectable()
export class LicenseChanges implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly agreements: AgreementsService,
    private readonly sealed: SealedRecords,
    private readonly access: RequestAccess,
    private readonly decisions: DecisionsService,
    private readonly events: EventLog,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'license-changes', everyMs: 2000, run: () => this.judgeAgain() });
  }

  private judgeAgain(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const requests = await tx.query<OutdatedRequest[]>(OUTDATED);
      for (const request of requests) await this.judge(tx, request);
      return requests.length;
    });
  }

  private async judge(tx: EntityManager, { id, license_id }: OutdatedRequest): Promise<void> {
    const record = await tx.findOneByOrFail(AccessRequestRecord, { id });
    const answers = await answersOf(this.sealed, tx, record);
    const version = await this.agreements.versionInForce(tx, license_id);
    const verdict = bearingOn(record.kind, judgeEligibility(version.clauses, answers, await judgedLicensee(tx, record.licenseeId)));
    await tx.update(AccessRequestRecord, id, { licenseVersionId: version.id });
    if (verdict.outcome === 'eligible') return;
    const rule = `${version.license}, version ${version.n}`;
    const reason = `Version ${version.n} of the license is in force now. ${verdict.why} The clause: “${await clauseWords(tx, version.id, verdict.clause)}”`;
    const facts = await this.access.facts(tx, { ...record, licenseVersionId: version.id });
    const outcome = decideRequest(
      facts,
      { name: 'return', reason },
      { account: rule, acting: 'portal', own: false },
      this.runtime.now().getTime(),
    );
    await this.decisions.record(tx, SWEEP, { ...record, licenseVersionId: version.id }, { name: 'return', reason, rule }, outcome);
    await this.events.append(
      SWEEP,
      { kind: 'request-return', subject: id, model: record.modelId, detail: { from: record.state, to: outcome.state, rule } },
      tx,
    );
  }
}
