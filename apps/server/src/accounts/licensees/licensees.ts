import type { LicenseeInput } from '@paddock/contracts';
import { Refusal, type JudgedLicensee } from '@paddock/domain';
import type { DataSource, EntityManager } from 'typeorm';
import type { HolderActor, PersonActor } from '../../http/actor.js';

export interface Licensee {
  id: string;
  kind: 'individual' | 'organization';
}

const ACTS_FOR = `
  SELECT l.id, CASE WHEN l.account_id IS NULL THEN 'organization' ELSE 'individual' END AS kind FROM licensee l
  LEFT JOIN membership m ON m.organization_id = l.organization_id AND m.account_id = $1 AND m.valid_until IS NULL
  WHERE (l.account_id = $1 OR m.id IS NOT NULL)`;

/** Whether the account may act for the licensee: it is theirs, or their organization's. */
export async function mayActFor(tx: EntityManager | DataSource, account: string, licensee: string): Promise<boolean> {
  const rows: unknown[] = await tx.query(`${ACTS_FOR} AND l.id = $2`, [account, licensee]);
  return rows.length > 0;
}

/** Every licensee that the actor acts for; a seat, or a token that is bound to one, sees that one only. */
export async function licenseesOf(tx: EntityManager | DataSource, actor: HolderActor): Promise<string[]> {
  if (actor.seat !== null) return [actor.licensee];
  const rows = await tx.query<Licensee[]>(ACTS_FOR, [actor.account]);
  return rows.map(({ id }) => id).filter((id) => actor.licensee === null || id === actor.licensee);
}

/**
 * The licensee that the input names; a person's legal name and country are kept as their search fields. Another country than
 * the one declared before is told to `moved`: what a person is granted, they were granted as what they said they were.
 */
export async function resolveLicensee(
  tx: EntityManager,
  actor: PersonActor,
  input: LicenseeInput,
  moved: () => Promise<void>,
): Promise<Licensee> {
  if (input.kind === 'individual') await declare(tx, actor.account, input, moved);
  const [licensee] =
    input.kind === 'individual'
      ? await tx.query<Licensee[]>(`SELECT id, 'individual' AS kind FROM licensee WHERE account_id = $1`, [actor.account])
      : await tx.query<Licensee[]>(`${ACTS_FOR} AND l.organization_id = $2`, [actor.account, input.id]);
  if (!licensee || (actor.licensee !== null && actor.licensee !== licensee.id))
    throw new Refusal('not-found', 'You act for no such licensee.');
  return licensee;
}

async function declare(
  tx: EntityManager,
  account: string,
  { legalName, country }: Extract<LicenseeInput, { kind: 'individual' }>,
  moved: () => Promise<void>,
): Promise<void> {
  const [before] = await tx.query<{ country: string | null }[]>('SELECT country FROM person WHERE account_id = $1 FOR NO KEY UPDATE', [
    account,
  ]);
  await tx.query('UPDATE person SET name = $2, country = $3 WHERE account_id = $1', [account, legalName, country]);
  if (before?.country && before.country !== country) await moved();
}

/** What a licensee is, and the country that it declared: what clauses judge besides the answers. */
export async function judgedLicensee(tx: EntityManager, licensee: string): Promise<JudgedLicensee> {
  const [row] = await tx.query<JudgedLicensee[]>(
    `SELECT CASE WHEN k.account_id IS NULL THEN 'organization' ELSE 'individual' END AS kind, coalesce(o.country, p.country) AS country
     FROM licensee k LEFT JOIN organization o ON o.id = k.organization_id LEFT JOIN person p ON p.account_id = k.account_id WHERE k.id = $1`,
    [licensee],
  );
  return row!;
}
