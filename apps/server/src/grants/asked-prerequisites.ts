import { prerequisiteStanding, prerequisitesUntil, type AccessFacts, type Prerequisite, type PrerequisiteStanding } from '@paddock/domain';
import type { DataSource } from 'typeorm';
import { evidenceOfHolders } from '../prerequisites/held-evidence.js';

interface Gathered {
  facts: AccessFacts;
  now: number;
  holder: string | null;
  model: string;
  modelSlug: string;
  asked: Prerequisite[] | null;
  prerequisites: readonly PrerequisiteStanding[];
}

/** Reads evidence where the terms of a grant ask for any. Most ask for nothing: then nothing is read, and nothing waits. */
export async function judgePrerequisites<G extends Gathered>(
  database: DataSource,
  gathered: (G | undefined)[],
): Promise<(G | undefined)[]> {
  const asking = gathered.filter((one): one is G & { asked: Prerequisite[] } => one !== undefined && one.asked !== null);
  if (asking.length === 0) return gathered;
  const held = await evidenceOfHolders(database, asking);
  const judged = new Map<G | undefined, G>(
    asking.map((one, index) => [
      one,
      {
        ...one,
        facts: { ...one.facts, prerequisitesUntil: prerequisitesUntil(one.asked, held[index]!) },
        prerequisites: prerequisiteStanding(one.asked, held[index]!, one.modelSlug, one.now),
      },
    ]),
  );
  return gathered.map((one) => judged.get(one) ?? one);
}
