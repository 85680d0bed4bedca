import { keptMinimum, RETENTION_KINDS, type KeptWhy } from '@paddock/domain';
import type { DataSource, EntityManager } from 'typeorm';

/** An acceptance whose sealed minimum is there. */
export interface KeptAcceptanceRow {
  acceptance: string;
  account: string;
  licensee: string;
  sealed: string;
  model: string;
  publisher: string;
  /** null: no date can be told. */
  until: Date | null;
  why: KeptWhy;
  /** The same if no hold stood in the way. */
  due: Date | null;
  acceptedAt: Date;
}

interface Row extends Omit<KeptAcceptanceRow, 'until' | 'why' | 'due' | 'acceptedAt'> {
  acceptedAt: number;
  grantsEnd: number | null;
  ruled: boolean;
  days: number | null;
  held: boolean;
}

const KEPT = `
  SELECT a.id AS acceptance, a.signer_id AS account, a.licensee_id AS licensee, a.sealed_id AS sealed, m.slug AS model, pub.slug AS publisher,
    extract(epoch FROM a.created_at)::float8 * 1000 AS "acceptedAt", rule.kind IS NOT NULL AS ruled, rule.days,
    (SELECT max(extract(epoch FROM CASE WHEN a.licensee_id = ANY ($2::uuid[]) THEN now() ELSE coalesce(g.ended_at,
       (SELECT max(coalesce(p.valid_until, 'infinity')) FROM grant_period p WHERE p.grant_id = g.id), g.pending_until, g.created_at) END))::float8 * 1000
     FROM access_grant g WHERE g.licensee_id = a.licensee_id AND g.model_id = a.model_id) AS "grantsEnd",
    EXISTS (SELECT FROM legal_hold h WHERE h.lifted_at IS NULL AND h.subject_id IN (a.signer_id, a.licensee_id, m.publisher_id)) AS held
  FROM acceptance a JOIN sealed_record s ON s.id = a.sealed_id AND s.erased_at IS NULL
    JOIN model m ON m.id = a.model_id JOIN publisher pub ON pub.id = m.publisher_id
    LEFT JOIN LATERAL (SELECT kind, days FROM retention_rule r WHERE r.kind = 'sealed-minimum' AND (r.publisher_id = m.publisher_id OR r.publisher_id IS NULL)
                       ORDER BY r.publisher_id NULLS LAST LIMIT 1) rule ON true
  WHERE a.signer_id = ANY ($1::uuid[]) ORDER BY a.created_at, a.id`;

interface Supposed {
  /** Licensees to be told as if their grants ended now. */
  ending?: readonly string[];
  /** As if this were every publisher's period. */
  days?: number | null | undefined;
}

/** What is kept of these signers' acceptances, and until when. */
export async function keptAcceptances(
  tx: EntityManager | DataSource,
  accounts: readonly string[],
  supposed: Supposed = {},
): Promise<KeptAcceptanceRow[]> {
  const rows = await tx.query<Row[]>(KEPT, [accounts, supposed.ending ?? []]);
  return rows.map(({ acceptedAt, grantsEnd, ruled, days, held, ...row }) => {
    const inForce = ruled ? days : RETENTION_KINDS['sealed-minimum'].days;
    const facts = { acceptedAt, grantsEnd: grantsEnd ?? undefined, retentionDays: supposed.days === undefined ? inForce : supposed.days };
    const { until, why } = keptMinimum({ ...facts, held });
    return {
      ...row,
      until: dateOf(until),
      why,
      due: dateOf(keptMinimum({ ...facts, held: false }).until),
      acceptedAt: new Date(acceptedAt),
    };
  });
}

const dateOf = (time: number | null) => (time === null ? null : new Date(time));

/** As it is told: without the id of what is sealed. */
export function shownKept({ acceptance, model, publisher, licensee, until, why }: KeptAcceptanceRow) {
  return { acceptance, model, publisher, licensee, until, why };
}
