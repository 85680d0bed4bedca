import { faultsOf, Refusal, type Answers } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { formVersion } from '../terms/forms.service.js';

/** Without a form the answers are free: clauses and rules read those that they know. */
export async function refuseUnfitAnswers(
  tx: EntityManager,
  form: string | null,
  answers: Answers,
  stage: 'draft' | 'complete',
): Promise<void> {
  const version = await formVersion(tx, form);
  const faults = version ? faultsOf(version.fields, answers, stage) : [];
  if (faults.length > 0)
    throw new Refusal('answers-unfit', faults.map(({ field, why }) => `${field}: ${why}`).join('; '), {
      faults,
      fields: faults.map(({ field }) => field),
    });
}
