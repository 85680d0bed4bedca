import { Refusal, type Clause, type Ineligibility } from '@paddock/domain';
import type { EntityManager } from 'typeorm';

/** The words of the license that a clause stands for. `version` is the id of a license version. */
export async function clauseWords(tx: EntityManager, version: string, { start, end }: Clause): Promise<string> {
  const [row] = await tx.query<{ words: Buffer }[]>(
    'SELECT substring(d.bytes FROM $2 + 1 FOR $3) AS words FROM license_version v JOIN document d ON d.sha256 = v.body_sha256 WHERE v.id = $1',
    [version, start, end - start],
  );
  return row?.words.toString('utf8').trim() ?? '';
}

/** Tells whoever is not eligible why, in the words of the clause, and whether the licensor may grant other terms. */
export async function ineligible(
  tx: EntityManager,
  version: string,
  { clause, why, outcome }: Ineligibility,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<Refusal> {
  const quote = await clauseWords(tx, version, clause);
  const specialLicense = outcome === 'special-license';
  return new Refusal('ineligible', `${why} The clause: “${quote}”`, { ...facts, clause: { ...clause, quote }, outcome, specialLicense });
}
