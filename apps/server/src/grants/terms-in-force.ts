import { Refusal, type Admission } from '@paddock/domain';
import type { EntityManager } from 'typeorm';

export interface TermsInForce {
  id: string;
  model: string;
  model_slug: string;
  publisher: string;
  admission: Admission;
  license: string;
  form_version: string | null;
  approvals: 1 | 2;
  grant_days: number | null;
}

/** The access terms of a model that hold now. */
export async function termsInForce(tx: EntityManager, model: string): Promise<TermsInForce> {
  const [terms] = await tx.query<TermsInForce[]>(
    `SELECT t.id, m.id AS model, m.slug AS model_slug, m.publisher_id AS publisher, t.admission, t.license_id AS license, t.form_version_id AS form_version, t.approvals, t.grant_days
     FROM model m JOIN access_terms t ON t.model_id = m.id WHERE m.slug = $1 ORDER BY t.n DESC LIMIT 1`,
    [model],
  );
  if (!terms) throw new Refusal('not-found', 'There is no such model, or it has no access terms yet.');
  return terms;
}

/** One licensee's grants for one model change one after the other, whoever changes them. */
export async function serializeGrants(tx: EntityManager, licensee: string, model: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`grant ${licensee} ${model}`]);
}
