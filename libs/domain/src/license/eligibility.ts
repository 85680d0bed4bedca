import type { Clause } from './clause.js';

/** The answers that clauses speak of. A form may ask more; what is not asked is not judged. */
export interface EligibilityAnswers {
  monthlyActiveUsers?: unknown;
  country?: unknown;
  intendedUses?: unknown;
}

export type Eligibility = { eligible: true } | { eligible: false; clause: Clause; why: string; specialLicense: boolean };

/** The first clause that the answers, or the country that the licensee declared, run against, in the order of the license. */
export function judgeEligibility(
  clauses: readonly Clause[],
  answers: EligibilityAnswers,
  licenseeCountry: string | null = null,
): Eligibility {
  for (const clause of clauses) {
    const why = conflict(clause, answers, licenseeCountry);
    if (why) return { eligible: false, clause, why, specialLicense: clause.kind === 'monthly-active-users' };
  }
  return { eligible: true };
}

function conflict(clause: Clause, answers: EligibilityAnswers, licenseeCountry: string | null): string | undefined {
  switch (clause.kind) {
    case 'monthly-active-users': {
      const { threshold } = clause.parameters;
      const users = numberIn(answers.monthlyActiveUsers);
      return users !== undefined && typeof threshold === 'number' && users > threshold
        ? `Above ${threshold} monthly active users a special license is needed.`
        : undefined;
    }
    case 'prohibited-country': {
      const country = [answers.country, licenseeCountry].find((one) => typeof one === 'string' && listed(clause.parameters.countries, one));
      return country === undefined ? undefined : `The license is not given to ${String(country)}.`;
    }
    case 'prohibited-use': {
      const uses: unknown[] = [answers.intendedUses].flat();
      const forbidden = uses.find((use) => listed(clause.parameters.uses, use));
      return forbidden === undefined ? undefined : `The license forbids the use \`${String(forbidden)}\`.`;
    }
    default:
      return undefined;
  }
}

/** Answers come as people and programs write them: another spelling is no way around a clause. */
function numberIn(answer: unknown): number | undefined {
  const number = typeof answer === 'string' && answer.trim() !== '' ? Number(answer.replaceAll(/[\s_,']/g, '')) : answer;
  return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
}

const folded = (word: unknown) => (typeof word === 'string' ? word.trim().toLowerCase() : word);

function listed(list: unknown, item: unknown): boolean {
  return Array.isArray(list) && list.some((one) => folded(one) === folded(item));
}
