import { Injectable } from '@nestjs/common';
import {
  Refusal,
  REQUEST_KINDS,
  TRANSITIONS,
  type RequestAuthor,
  type RequestCommandName,
  type RequestFacts,
  type RequestKind,
} from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { mayActFor } from '../../accounts/licensees/licensees.js';
import { prepared } from '../../database/prepared.js';
import { mayAs, type PersonActor } from '../../http/actor.js';
import { reviewersOf } from '../review/reviewers.js';
import { AccessRequestRecord } from './access-request.entity.js';

export interface LoadedRequest {
  record: AccessRequestRecord;
  facts: RequestFacts;
  author: RequestAuthor;
}

/** Whose request it is, and what decisions were made on it; read once its row is locked. */
const SURROUNDINGS = `
  SELECT m.publisher_id AS publisher, t.approvals AS needed, rejection.id IS NOT NULL AS rejected, rejection.account_id AS "rejectedBy",
    q.applicant_id = $2 OR EXISTS (
      SELECT FROM licensee k LEFT JOIN membership s ON s.organization_id = k.organization_id AND s.account_id = $2 AND s.valid_until IS NULL
      WHERE k.id = q.licensee_id AND (k.account_id = $2 OR s.id IS NOT NULL)) AS own,
    ARRAY(SELECT DISTINCT account_id FROM decision d WHERE d.request_id = q.id AND d.round = q.round AND d.outcome = 'approve' AND d.answers_hash = q.answers_hash AND account_id IS NOT NULL) AS approvals
  FROM access_request q JOIN model m ON m.id = q.model_id JOIN access_terms t ON t.id = q.terms_id
  LEFT JOIN LATERAL (SELECT id, account_id FROM decision WHERE request_id = q.id AND outcome = 'reject' ORDER BY created_at DESC LIMIT 1) rejection ON true
  WHERE q.id = $1`;

interface Surroundings {
  publisher: string;
  needed: 1 | 2;
  rejected: boolean;
  rejectedBy: string | null;
  own: boolean;
  approvals: string[];
}

/** Whose request it is, who reviews it, and what the pure decision needs to know of it. */
@Injectable()
export class RequestAccess {
  /** The request, locked until the transaction ends; a 404 to whoever neither made it nor reviews its model. */
  async load(tx: EntityManager, actor: PersonActor, id: string, command: RequestCommandName): Promise<LoadedRequest> {
    const record = await tx.findOne(AccessRequestRecord, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!record) throw new Refusal('not-found', 'There is no such access request.');
    const around = await surroundings(tx, id, actor.account);
    const own = around.own && (actor.licensee === null || actor.licensee === record.licenseeId);
    const applies = own && TRANSITIONS[command].by.includes('applicant');
    const reviews = !applies && mayAs(actor, REQUEST_KINDS[record.kind].decidedBy, { publisher: around.publisher, model: record.modelId });
    if (!own && !reviews) throw new Refusal('not-found', 'There is no such access request.');
    const acting = reviews ? 'reviewer' : 'applicant';
    if (acting === 'reviewer' && actor.via !== 'session')
      throw new Refusal('session-required', 'Staff decide in a session, not by an access token.');
    return { record, facts: await factsOf(tx, record, around), author: { account: actor.account, acting, own } };
  }

  /** The applicant's, or one of a licensee that the actor acts for; a token that is bound to one licensee sees that one's alone. */
  async owns(tx: EntityManager, actor: PersonActor, applicant: string, licensee: string): Promise<boolean> {
    if (actor.licensee !== null && actor.licensee !== licensee) return false;
    return applicant === actor.account || mayActFor(tx, actor.account, licensee);
  }

  async reviews(tx: EntityManager, actor: PersonActor, model: string, kind: RequestKind): Promise<boolean> {
    const [row] = await tx.query<{ publisher_id: string }[]>('SELECT publisher_id FROM model WHERE id = $1', [model]);
    return row !== undefined && mayAs(actor, REQUEST_KINDS[kind].decidedBy, { publisher: row.publisher_id, model });
  }

  async facts(tx: EntityManager, record: AccessRequestRecord): Promise<RequestFacts> {
    return factsOf(tx, record, await surroundings(tx, record.id, null));
  }
}

/** One statement, for a bulk decision makes thousands, and each is a round trip. */
async function surroundings(tx: EntityManager, id: string, account: string | null): Promise<Surroundings> {
  const [row] = await prepared<Surroundings>(tx, 'request-surroundings', SURROUNDINGS, [id, account]);
  return row!;
}

async function factsOf(tx: EntityManager, record: AccessRequestRecord, around: Surroundings): Promise<RequestFacts> {
  return {
    state: record.state,
    round: record.round,
    appealUntil: record.appealUntil?.getTime() ?? null,
    appealed: record.appealed,
    answersHash: record.answersHash,
    licenseVersion: record.licenseVersionId,
    requiredApprovals: around.needed,
    approvals: around.approvals,
    rejectedBy: around.rejectedBy,
    otherReviewers: !around.rejected || (await reviewersOf(tx, record)).some((account) => account !== around.rejectedBy),
  };
}
