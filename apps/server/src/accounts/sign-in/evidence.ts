import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

/** A fact about a person that models may ask for, as of now. Never changed afterwards. */
export async function writeEvidence(tx: EntityManager, account: string, kind: 'orcid' | 'second-factor'): Promise<void> {
  await tx.query('INSERT INTO prerequisite_evidence (id, account_id, kind, obtained_at) VALUES ($1, $2, $3, now())', [
    uuidv7(),
    account,
    kind,
  ]);
}
