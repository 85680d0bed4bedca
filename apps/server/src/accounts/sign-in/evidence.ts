import type { PrerequisiteKind } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

/** A fact about a person that models may ask for, as of now. Never changed afterwards. */
export async function writeEvidence(
  tx: EntityManager,
  account: string,
  kind: PrerequisiteKind,
  { model = null, detail = {} }: { model?: string | null; detail?: object } = {},
): Promise<void> {
  await tx.query(
    'INSERT INTO prerequisite_evidence (id, account_id, kind, obtained_at, model_id, detail) VALUES ($1, $2, $3, now(), $4, $5)',
    [uuidv7(), account, kind, model, JSON.stringify(detail)],
  );
}

/** Of what is proved again and again, as people sign in: once a day is enough. */
export async function renewEvidence(tx: EntityManager, account: string, kind: 'orcid' | 'second-factor'): Promise<void> {
  await tx.query(
    `INSERT INTO prerequisite_evidence (id, account_id, kind, obtained_at) SELECT $1, $2, $3, now()
     WHERE NOT EXISTS (SELECT FROM prerequisite_evidence WHERE account_id = $2 AND kind = $3 AND obtained_at > now() - interval '1 day')`,
    [uuidv7(), account, kind],
  );
}
