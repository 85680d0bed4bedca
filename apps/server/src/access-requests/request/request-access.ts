import { Injectable } from '@nestjs/common';
import { Refusal, TRANSITIONS, type RequestAuthor, type RequestCommandName, type RequestFacts } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { mayActFor } from '../../accounts/licensees/licensees.js';
import { mayAs, type PersonActor } from '../../http/actor.js';
import { reviewersOf } from '../review/reviewers.js';
import { AccessRequestRecord, DecisionRecord } from './access-request.entity.js';

export interface LoadedRequest {
  record: AccessRequestRecord;
  facts: RequestFacts;
  author: RequestAuthor;
}

/** Whose request it is, who reviews it, and what the pure decision needs to know of it. */
@Injectable()
export class RequestAccess {
  /** The request, locked until the transaction ends; a 404 to whoever neither made it nor reviews its model. */
  async load(tx: EntityManager, actor: PersonActor, id: string, command: RequestCommandName): Promise<LoadedRequest> {
    const record = await tx.findOne(AccessRequestRecord, { where: { id }, lock: { mode: 'pessimistic_write' } });
    const own = record !== null && (await this.owns(tx, actor, record.applicantId, record.licenseeId));
    const applies = own && TRANSITIONS[command].by.includes('applicant');
    const reviews = record !== null && !applies && (await this.reviews(tx, actor, record.modelId));
    if (!record || (!own && !reviews)) throw new Refusal('not-found', 'There is no such access request.');
    const acting = reviews ? 'reviewer' : 'applicant';
    if (acting === 'reviewer' && actor.via !== 'session')
      throw new Refusal('session-required', 'Staff decide in a session, not by an access token.');
    return { record, facts: await this.facts(tx, record), author: { account: actor.account, acting, own } };
  }

  /** The applicant's, or one of a licensee that the actor acts for; a token that is bound to one licensee sees that one's alone. */
  async owns(tx: EntityManager, actor: PersonActor, applicant: string, licensee: string): Promise<boolean> {
    if (actor.licensee !== null && actor.licensee !== licensee) return false;
    return applicant === actor.account || mayActFor(tx, actor.account, licensee);
  }

  async reviews(tx: EntityManager, actor: PersonActor, model: string): Promise<boolean> {
    const [row] = await tx.query<{ publisher_id: string }[]>('SELECT publisher_id FROM model WHERE id = $1', [model]);
    return row !== undefined && mayAs(actor, 'reviewer', { publisher: row.publisher_id, model });
  }

  async facts(tx: EntityManager, record: AccessRequestRecord): Promise<RequestFacts> {
    const [terms] = await tx.query<{ approvals: 1 | 2 }[]>('SELECT approvals FROM access_terms WHERE id = $1', [record.termsId]);
    const approvals = await tx.findBy(DecisionRecord, {
      requestId: record.id,
      round: record.round,
      outcome: 'approve',
      answersHash: record.answersHash,
    });
    return {
      state: record.state,
      round: record.round,
      appealUntil: record.appealUntil?.getTime() ?? null,
      appealed: record.appealed,
      answersHash: record.answersHash,
      licenseVersion: record.licenseVersionId,
      requiredApprovals: terms!.approvals,
      approvals: approvals.flatMap(({ accountId }) => accountId ?? []),
      ...(await this.lastRejection(tx, record)),
    };
  }

  private async lastRejection(
    tx: EntityManager,
    record: AccessRequestRecord,
  ): Promise<Pick<RequestFacts, 'rejectedBy' | 'otherReviewers'>> {
    const rejection = await tx.findOne(DecisionRecord, {
      where: { requestId: record.id, outcome: 'reject' },
      order: { createdAt: 'DESC' },
    });
    if (!rejection) return { rejectedBy: null, otherReviewers: true };
    const others = (await reviewersOf(tx, record)).filter((account) => account !== rejection.accountId);
    return { rejectedBy: rejection.accountId, otherReviewers: others.length > 0 };
  }
}
