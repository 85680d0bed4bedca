import { Refusal, type Admission, type Prerequisite, type PrerequisiteKind } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import type { Config } from '../config.js';

/** Terms that do not speak of prerequisites keep those in force; a model that opens to everyone asks nobody. */
export async function prerequisitesFor(
  tx: EntityManager,
  config: Config,
  model: string,
  { admission, prerequisites: asked }: { admission: Admission; prerequisites?: Prerequisite[] | undefined },
): Promise<Prerequisite[]> {
  if (asked === undefined) return admission === 'open' ? [] : inForce(tx, model);
  const asks = (kind: PrerequisiteKind) => asked.some((one) => one.kind === kind);
  if (admission === 'open' && asked.length > 0)
    throw new Refusal('prerequisites-unfit', 'Admission is `open`: whoever downloads is nobody who could be asked.');
  if (asks('orcid') && !config.PADDOCK_OIDC_PROVIDERS.some(({ kind }) => kind === 'orcid'))
    throw new Refusal('prerequisites-unfit', 'orcid: nobody can link one here, for the portal has no provider of kind `orcid`.');
  if (asks('quiz') && !(await hasQuiz(tx, model)))
    throw new Refusal('prerequisites-unfit', 'quiz: the model has none yet; compose it first.');
  return asked;
}

async function inForce(tx: EntityManager, model: string): Promise<Prerequisite[]> {
  const [terms] = await tx.query<{ prerequisites: Prerequisite[] }[]>(
    'SELECT prerequisites FROM access_terms WHERE model_id = $1 ORDER BY n DESC LIMIT 1',
    [model],
  );
  return terms?.prerequisites ?? [];
}

async function hasQuiz(tx: EntityManager, model: string): Promise<boolean> {
  return (await tx.query<unknown[]>('SELECT 1 FROM quiz_version WHERE model_id = $1 LIMIT 1', [model])).length > 0;
}
