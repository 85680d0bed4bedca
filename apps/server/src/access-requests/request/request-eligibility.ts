import { Injectable } from '@nestjs/common';
import { judgeEligibility, Refusal, type Answers, type RequestCommandName } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { countryOf } from '../../accounts/licensees/licensees.js';
import { SealedRecords } from '../../accounts/sealed-records.js';
import { refuseBlocked } from '../../grants/blocklist/blocklist.js';
import type { TermsInForce } from '../../grants/terms-in-force.js';
import { AgreementsService } from '../../licenses/agreements.service.js';
import type { AccessRequestRecord } from './access-request.entity.js';
import { refuseUnfitAnswers } from './form-answers.js';
import { refuseGranted, renewedRequest } from './standing-grants.js';

/** Judges the sealed answers: at submit against the form that is asked, and always against the clauses of the license version in force. */
@Injectable()
export class RequestEligibility {
  constructor(
    private readonly agreements: AgreementsService,
    private readonly sealed: SealedRecords,
  ) {}

  /** Returns the license version that the answers were judged against, or refuses. */
  async refuse(tx: EntityManager, record: AccessRequestRecord, terms: TermsInForce, command: RequestCommandName): Promise<string> {
    if (record.kind === 'renewal') await renewedRequest(tx, record.licenseeId, record.modelId);
    else await refuseGranted(tx, record.licenseeId, record.modelId, terms.license);
    const answers = record.answersId === null ? {} : ((await this.sealed.read<Record<string, unknown>>(record.answersId, tx)) ?? {});
    if (command === 'submit') {
      await refuseBlocked(tx, record.applicantId, terms.publisher);
      refuseMissingStatement(record);
      await refuseUnfitForm(tx, record, terms, answers);
    }
    const version = await this.agreements.versionInForce(tx, terms.license);
    const verdict = judgeEligibility(version.clauses, answers, await countryOf(tx, record.licenseeId));
    if (!verdict.eligible)
      throw new Refusal('ineligible', verdict.why, { state: record.state, clause: verdict.clause, specialLicense: verdict.specialLicense });
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
