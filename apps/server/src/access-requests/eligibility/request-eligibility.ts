import { Injectable } from '@nestjs/common';
import { bearingOn, judgeEligibility, Refusal, type Answers, type RequestCommandName } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { SealedRecords } from '../../accounts/sealed-records.js';
import { refuseBlocked } from '../../grants/blocklist/blocklist.js';
import type { TermsInForce } from '../../grants/terms-in-force.js';
import { Runtime } from '../../http/runtime.js';
import { ineligible } from '../../licenses/clause-words.js';
import { PrerequisitesService } from '../../prerequisites/prerequisites.service.js';
import type { AccessRequestRecord } from '../request/access-request.entity.js';
import { answersOf } from '../request/sealed-answers.js';
import { refuseUnfitAnswers } from './form-answers.js';
import type { JudgingFacts } from './judging-facts.js';
import { refuseStandingGrant, renewedRequest } from './standing-grants.js';

/** Judges the sealed answers: at submit against the form and the prerequisites that are asked, and always against the clauses of the license version in force. */
@Injectable()
export class RequestEligibility {
  constructor(
    private readonly sealed: SealedRecords,
    private readonly prerequisites: PrerequisitesService,
    private readonly runtime: Runtime,
  ) {}

  /** Returns the license version that the answers were judged against, or refuses. */
  async refuse(tx: EntityManager, record: AccessRequestRecord, facts: JudgingFacts, command: RequestCommandName): Promise<string> {
    const { terms, version, licensee } = facts;
    if (record.kind === 'renewal') await renewedRequest(tx, record.licenseeId, record.modelId);
    else refuseStandingGrant(facts.standingGrant);
    const answers = await answersOf(this.sealed, tx, record);
    if (command === 'submit') {
      await refuseBlocked(tx, this.runtime.keys, record.applicantId, terms.publisher);
      refuseMissingStatement(record);
      await refuseUnfitForm(tx, record, terms, answers);
      await this.prerequisites.refuseUnmet(tx, record.applicantId, terms, record.state);
    }
    if (!version) throw new Refusal('not-found', 'No version of this license is in force yet.');
    const verdict = bearingOn(record.kind, judgeEligibility(version.clauses, answers, licensee));
    if (verdict.outcome !== 'eligible') throw await ineligible(tx, version.id, verdict, { state: record.state });
    return version.id;
  }
}

async function refuseUnfitForm(tx: EntityManager, record: AccessRequestRecord, terms: TermsInForce, answers: Answers): Promise<void> {
  if (record.formVersionId !== terms.form_version)
    throw new Refusal('form-outdated', 'The publisher asks another form now than the one that these answers are for.', {
      state: record.state,
      form: `/api/v1/models/${terms.model_slug}/form`,
    });
  await refuseUnfitAnswers(tx, record.formVersionId, answers, 'complete');
}

function refuseMissingStatement({ kind, statementId, state }: AccessRequestRecord): void {
  if (kind === 'renewal' && statementId === null)
    throw new Refusal('answers-unfit', 'useStatement: say what was done with the weights so far', {
      state,
      faults: [{ field: 'useStatement', why: 'must be answered' }],
      fields: ['useStatement'],
    });
}
