import { Refusal, type Admission, type Prerequisite } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { variedBy } from './special-licenses.js';

export interface TermsInForce {
  id: string;
  model: string;
  model_slug: string;
  publisher: string;
  admission: Admission;
  license: string;
  form_version: string | null;
  prerequisites: Prerequisite[];
  approvals: 1 | 2;
  grant_days: number | null;
}

/** The terms of models; the caller says of which, and takes the latest. */
export const TERMS = `SELECT t.id, m.id AS model, m.slug AS model_slug, m.publisher_id AS publisher, t.admission, t.license_id AS license, t.form_version_id AS form_version, t.prerequisites, t.approvals, t.grant_days
  FROM model m JOIN access_terms t ON t.model_id = m.id`;

/** The access terms of the model with this slug that hold now. */
export async function termsInForce(tx: EntityManager, model: string): Promise<TermsInForce> {
  const [terms] = await tx.query<TermsInForce[]>(`${TERMS} WHERE m.slug = $1 ORDER BY t.n DESC LIMIT 1`, [model]);
  if (!terms) throw new Refusal('not-found', 'There is no such model, or it has no access terms yet.');
  return terms;
}

/** Of a model that has terms, for somebody holds something under them. */
export async function termsOfModel(tx: EntityManager, model: string): Promise<TermsInForce> {
  const [terms] = await tx.query<TermsInForce[]>(`${TERMS} WHERE m.id = $1 ORDER BY t.n DESC LIMIT 1`, [model]);
  return terms!;
}

/**
 * The license that this licensee would be shown now: the special one that was given to them instead of the release's, else
 * the release's own, else that of the grant which they hold (other terms leave it under its own), else that of the terms.
 */
const LICENSE_TO_SHOW = `
  WITH standing AS (
    SELECT g.license_id, g.created_at, ${variedBy('g.license_id')} AS varies FROM access_grant g WHERE licensee_id = $1 AND model_id = $2 AND ended_at IS NULL
      AND (CASE WHEN acceptance_id IS NULL THEN pending_until > now() ELSE EXISTS (SELECT FROM grant_period WHERE grant_id = g.id AND (valid_until IS NULL OR valid_until > now())) END)),
  own AS (SELECT (SELECT license_id FROM release WHERE id = $4) AS license)
  SELECT coalesce(
    (SELECT license_id FROM standing, own WHERE varies IS NOT NULL AND (own.license IS NULL OR varies = own.license) ORDER BY created_at DESC LIMIT 1),
    (SELECT license FROM own),
    (SELECT license_id FROM standing ORDER BY license_id = $3 DESC, created_at DESC LIMIT 1), $3) AS license`;

export async function licenseToShow(tx: EntityManager, terms: TermsInForce, licensee: string, release: string | null): Promise<string> {
  const [row] = await tx.query<{ license: string }[]>(LICENSE_TO_SHOW, [licensee, terms.model, terms.license, release]);
  return row!.license;
}

/** How long a grant lasts: as the terms say, but no longer than the version in force of its license. null: without end. */
export async function daysOf(tx: EntityManager, terms: TermsInForce, license: string): Promise<number | null> {
  const [row] = await tx.query<{ days: number | null }[]>(
    `SELECT min((c.parameters ->> 'days')::int) AS days FROM clause c WHERE c.kind = 'term' AND c.license_version_id = (
       SELECT id FROM license_version WHERE license_id = $1 AND effective_from <= now() ORDER BY n DESC LIMIT 1)`,
    [license],
  );
  const days = [terms.grant_days, row!.days].filter((one) => one !== null);
  return days.length === 0 ? null : Math.min(...days);
}

/** Whether the licensee has an accepted grant that has not ended. */
export async function holdsGrant(tx: EntityManager, licensee: string, model: string, license: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `SELECT 1 FROM access_grant g WHERE licensee_id = $1 AND model_id = $2 AND license_id = $3 AND ended_at IS NULL AND acceptance_id IS NOT NULL
       AND EXISTS (SELECT FROM grant_period WHERE grant_id = g.id AND (valid_until IS NULL OR valid_until > now()))`,
    [licensee, model, license],
  );
  return rows.length > 0;
}

/** Whom staff shut out, acceptance alone does not let in again, be it of a license or of a special one instead: only a new approval does. */
export async function refuseRevoked(tx: EntityManager, licensee: string, model: string, license: string): Promise<void> {
  const [latest] = await tx.query<{ id: string; ended_by: string | null; end_reason: string }[]>(
    `SELECT id, ended_by, end_reason FROM access_grant g WHERE licensee_id = $1 AND model_id = $2 AND $3 IN (license_id, ${variedBy('g.license_id')})
     ORDER BY created_at DESC LIMIT 1`,
    [licensee, model, license],
  );
  if (latest?.ended_by)
    throw new Refusal('grant-revoked', `The last grant for this was revoked: ${latest.end_reason}`, { grant: latest.id });
}

/** One licensee's grants for one model change one after the other, whoever changes them. */
export async function serializeGrants(tx: EntityManager, licensee: string, model: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`grant ${licensee} ${model}`]);
}
