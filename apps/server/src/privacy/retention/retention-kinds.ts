import type { RetentionKindName } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import type { SealedRecords } from '../../accounts/sealed-records.js';
import { emptyLetters } from '../emptied-letters.js';

/** Of the sealed minimum the steps of an erasure take care. */
export type SweptKind = Exclude<RetentionKindName, 'sealed-minimum'>;

interface SweptRecords {
  /** Rows (id, at, account, licensee, publisher) that are past `$1` days. */
  due: string;
  /** Returns how many rows it erased. */
  erase(tx: EntityManager, ids: readonly string[], sealed: SealedRecords): Promise<number>;
}

const PAST = 'now() - make_interval(days => $1::int)';

/** What is due of each kind, and what is done to it. */
export const SWEPT_RECORDS: Readonly<Record<SweptKind, SweptRecords>> = {
  'rejected-answers': {
    due: `SELECT s.id, r.updated_at AS at, s.account_id AS account, r.licensee_id AS licensee, m.publisher_id AS publisher
      FROM access_request r JOIN model m ON m.id = r.model_id JOIN sealed_record s ON s.id IN (r.answers_id, r.statement_id) AND s.erased_at IS NULL
      WHERE r.state IN ('rejected', 'withdrawn', 'no-longer-needed') AND r.updated_at <= ${PAST} AND (r.appeal_until IS NULL OR r.appeal_until < now())`,
    erase: (tx, ids, sealed) => sealed.erase(tx, ids),
  },
  drafts: {
    due: `SELECT r.id, r.updated_at AS at, r.applicant_id AS account, r.licensee_id AS licensee, m.publisher_id AS publisher
      FROM access_request r JOIN model m ON m.id = r.model_id WHERE r.state = 'draft' AND r.updated_at <= ${PAST}`,
    erase: async (tx, ids, sealed) => {
      const [drafts] = await tx.query<[{ answers_id: string | null; statement_id: string | null }[], number]>(
        `UPDATE access_request SET state = 'withdrawn', updated_at = now() WHERE id = ANY ($1::uuid[]) AND state = 'draft' RETURNING answers_id, statement_id`,
        [ids],
      );
      await sealed.erase(
        tx,
        drafts.flatMap(({ answers_id: answers, statement_id: statement }) => [answers, statement].filter((one) => one !== null)),
      );
      return drafts.length;
    },
  },
  'expired-presentations': {
    due: `SELECT s.id, p.expires_at AS at, p.account_id AS account, p.licensee_id AS licensee, m.publisher_id AS publisher
      FROM presentation p JOIN model m ON m.id = p.model_id JOIN sealed_record s ON s.id = p.answers_id AND s.erased_at IS NULL
      WHERE p.state NOT IN ('accepted', 'declined') AND p.expires_at <= ${PAST}`,
    erase: (tx, ids, sealed) => sealed.erase(tx, ids),
  },
  'ended-referees': {
    due: `SELECT r.id, coalesce(r.answered_at, r.withdrawn_at, r.expires_at) AS at, r.account_id AS account, NULL::uuid AS licensee, m.publisher_id AS publisher
      FROM referee r JOIN model m ON m.id = r.model_id JOIN sealed_record s ON s.id = r.sealed_id AND s.erased_at IS NULL
      WHERE coalesce(r.answered_at, r.withdrawn_at, r.expires_at) <= ${PAST}`,
    erase: async (tx, ids, sealed) => {
      const [referees] = await tx.query<[{ sealed_id: string; answer_id: string | null }[], number]>(
        `UPDATE referee SET domain = '', withdrawn_at = CASE WHEN answered_at IS NULL THEN coalesce(withdrawn_at, now()) END
         WHERE id = ANY ($1::uuid[]) RETURNING sealed_id, answer_id`,
        [ids],
      );
      await sealed.erase(
        tx,
        referees.flatMap(({ sealed_id: address, answer_id: answer }) => [address, answer].filter((one) => one !== null)),
      );
      return referees.length;
    },
  },
  'mail-bodies': {
    due: `SELECT id, created_at AS at, account_id AS account, NULL::uuid AS licensee, NULL::uuid AS publisher FROM mail
      WHERE erased_at IS NULL AND state NOT IN ('held', 'queued', 'sending') AND created_at <= ${PAST}`,
    erase: (tx, ids) => emptyLetters(tx, 'id = ANY ($1::uuid[])', [ids]),
  },
  'sign-in-origins': {
    due: `SELECT id, created_at AS at, account_id AS account, NULL::uuid AS licensee, NULL::uuid AS publisher FROM session
      WHERE origin IS NOT NULL AND created_at <= ${PAST}`,
    erase: async (tx, ids) => {
      const [, emptied] = await tx.query<[unknown[], number]>('UPDATE session SET origin = NULL WHERE id = ANY ($1::uuid[])', [ids]);
      return emptied;
    },
  },
};
export const SWEPT_KINDS = Object.keys(SWEPT_RECORDS) as SweptKind[];

/** The same rows with whether a legal hold keeps them: on the account, a licensee or the publisher that they are of. */
export function dueRows(kind: SweptKind): string {
  return `SELECT d.*, EXISTS (SELECT FROM legal_hold h WHERE h.lifted_at IS NULL AND (h.subject_id IN (d.account, d.licensee, d.publisher)
      OR h.subject_id IN (SELECT k.id FROM licensee k WHERE k.account_id = d.account))) AS held
    FROM (${SWEPT_RECORDS[kind].due}) d`;
}
