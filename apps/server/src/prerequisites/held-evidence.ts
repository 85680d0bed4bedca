import type { Evidence, HeldEvidence } from '@paddock/domain';
import type { DataSource, EntityManager } from 'typeorm';
import { prepared } from '../database/prepared.js';

interface HeldRow {
  turn: number;
  evidence: (Evidence & { here: boolean })[];
}

/** Evidence of the account `a`: rows that nothing changes, and (`here`) what is there now of what can be taken away. Times in milliseconds. */
const COLUMNS = `asked.turn::int4, coalesce((
  SELECT json_agg(json_build_object('kind', kind, 'here', here,
    'obtainedAt', extract(epoch FROM obtained_at) * 1000, 'validUntil', extract(epoch FROM valid_until) * 1000))
  FROM (
    SELECT kind, here, valid_until, max(obtained_at) AS obtained_at FROM (
      SELECT kind, false AS here, obtained_at, valid_until FROM prerequisite_evidence WHERE account_id = a.id AND (model_id IS NULL OR model_id = asked.model)
      UNION ALL SELECT 'email', true, a.verified_at, NULL WHERE a.verified_at IS NOT NULL
      UNION ALL SELECT 'orcid', true, created_at, NULL FROM identity WHERE account_id = a.id AND kind = 'orcid'
      UNION ALL SELECT 'second-factor', true, confirmed_at, NULL FROM totp WHERE account_id = a.id AND confirmed_at IS NOT NULL
      UNION ALL SELECT 'second-factor', true, created_at, NULL FROM webauthn_credential WHERE account_id = a.id
    ) found GROUP BY kind, here, valid_until
  ) latest), '[]'::json) AS evidence`;

const BY_ACCOUNT = `
  SELECT ${COLUMNS} FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS asked (account, model, turn) JOIN account a ON a.id = asked.account`;

/** A seat's is that of its custodian, who answers for it. */
const BY_HOLDER = `
  SELECT ${COLUMNS} FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS asked (holder, model, turn) JOIN holder h ON h.id = asked.holder
  LEFT JOIN service_seat s ON s.id = h.seat_id LEFT JOIN membership c ON c.id = s.custodian_id
  JOIN account a ON a.id = coalesce(h.account_id, c.account_id)`;

const NOTHING: HeldEvidence = { present: [], evidence: [] };

export async function heldEvidence(tx: EntityManager | DataSource, account: string, model: string): Promise<HeldEvidence> {
  const rows = await tx.query<HeldRow[]>(BY_ACCOUNT, [[account], [model]]);
  return held(rows[0]);
}

/** For the gate, of several holders at once and in their order. */
export async function evidenceOfHolders(
  database: DataSource,
  asked: readonly { holder: string | null; model: string }[],
): Promise<HeldEvidence[]> {
  const rows = await prepared<HeldRow>(database, 'evidence-of-holders', BY_HOLDER, [
    asked.map(({ holder }) => holder),
    asked.map(({ model }) => model),
  ]);
  return asked.map((_, index) => held(rows.find(({ turn }) => turn === index + 1)));
}

function held(row: HeldRow | undefined): HeldEvidence {
  if (!row) return NOTHING;
  return { present: row.evidence.filter(({ here }) => here).map(({ kind }) => kind), evidence: row.evidence };
}
