import type { RequestKind } from '../access-request/states.js';
import { CLAUSE_KINDS, CLAUSE_ROUTES, type Clause, type ClauseKind, type ClauseRoute } from './clause.js';

/** The answers that clauses speak of. A form may ask more; what is not asked is not judged. */
export interface EligibilityAnswers {
  /** In the calendar month before the clause's reference date, or before the day of the answer. */
  monthlyActiveUsers?: unknown;
  country?: unknown;
  intendedUses?: unknown;
  /** The models that outputs would improve. */
  improvesModels?: unknown;
  /** One of LICENSEE_KINDS. */
  licenseeKind?: unknown;
}

/** Whoever would be bound, as they declared themselves. */
export interface JudgedLicensee {
  kind: 'individual' | 'organization';
  country: string | null;
}

export type Eligibility = { outcome: 'eligible' } | { outcome: ClauseRoute; clause: Clause; why: string };
export type Ineligibility = Exclude<Eligibility, { outcome: 'eligible' }>;

/**
 * How the answers, and what the licensee declared, stand to the clauses: the first clause that refuses them, else the first
 * beyond which a special license is needed, in the order of the license.
 */
export function judgeEligibility(
  clauses: readonly Clause[],
  answers: EligibilityAnswers,
  licensee: JudgedLicensee | null = null,
): Eligibility {
  const found = clauses.flatMap((clause): Ineligibility[] => {
    const why = CONFLICTS[clause.kind]?.(clause.parameters, answers, licensee);
    return why ? [{ outcome: routeOf(clause), clause, why }] : [];
  });
  return found.find(({ outcome }) => outcome === 'refused') ?? found[0] ?? ELIGIBLE;
}

const ELIGIBLE: Eligibility = { outcome: 'eligible' };

/** The verdict as it bears on a request: whoever asks for a special license asks for just what such clauses hold back. */
export function bearingOn(kind: RequestKind, verdict: Eligibility): Eligibility {
  return kind === 'special-license' && verdict.outcome === 'special-license' ? ELIGIBLE : verdict;
}

type Parameters = Clause['parameters'];
type Conflict = (parameters: Parameters, answers: EligibilityAnswers, licensee: JudgedLicensee | null) => string | undefined;

/** Why a clause speaks against the answers; nothing where it does not. Kinds that are missing here bind without being judged. */
const CONFLICTS: Partial<Record<ClauseKind, Conflict>> = {
  'monthly-active-users': ({ threshold, referenceDate }, { monthlyActiveUsers }) => {
    const users = numberIn(monthlyActiveUsers);
    if (users === undefined || typeof threshold !== 'number' || users <= threshold) return undefined;
    const month = typeof referenceDate === 'string' ? ` in the calendar month before ${referenceDate}` : '';
    return `Above ${threshold} monthly active users${month} a special license is needed.`;
  },
  'no-model-improvement': ({ exceptions }, { improvesModels }) => {
    const model = wordsIn(improvesModels).find((one) => !listed(exceptions, one));
    return model === undefined ? undefined : `The license does not let outputs improve the model \`${model}\`.`;
  },
  'field-of-use': ({ allowed, excluded }, { intendedUses }) => {
    const uses = wordsIn(intendedUses);
    const forbidden = uses.find((use) => listed(excluded, use));
    if (forbidden !== undefined) return `The license excludes the use \`${forbidden}\`.`;
    const beyond = Array.isArray(allowed) ? uses.find((use) => !listed(allowed, use)) : undefined;
    return beyond === undefined ? undefined : `The license is not given for the use \`${beyond}\`.`;
  },
  territories: ({ allowed, excluded }, answers, licensee) => {
    const countries = countriesOf(answers, licensee);
    const outside = countries.find((country) => listed(excluded, country) || (Array.isArray(allowed) && !listed(allowed, country)));
    return outside === undefined ? undefined : `The license is not given in ${outside}.`;
  },
  'licensee-kinds': ({ allowed }, { licenseeKind }, licensee) => {
    if (!Array.isArray(allowed)) return undefined;
    const [said] = wordsIn(licenseeKind);
    const kinds = [said, licensee?.kind].filter((kind) => kind !== undefined);
    // A sector that nobody asked for is not judged: `allowed` may name it.
    const asked = said !== undefined || !allowed.some((one) => folded(one) !== 'individual' && folded(one) !== 'organization');
    return kinds.length === 0 || !asked || kinds.some((kind) => listed(allowed, kind))
      ? undefined
      : `The license is given to ${allowed.join(', ')}, not to this licensee: ${kinds.join(', ')}.`;
  },
  'prohibited-use': ({ uses }, { intendedUses }) => {
    const forbidden = wordsIn(intendedUses).find((use) => listed(uses, use));
    return forbidden === undefined ? undefined : `The license forbids the use \`${forbidden}\`.`;
  },
  'prohibited-country': ({ countries }, answers, licensee) => {
    const country = countriesOf(answers, licensee).find((one) => listed(countries, one));
    return country === undefined ? undefined : `The license is not given to ${country}.`;
  },
};

function routeOf({ kind, parameters }: Clause): ClauseRoute {
  return CLAUSE_ROUTES.find((route) => route === parameters['otherwise']) ?? CLAUSE_KINDS[kind].otherwise ?? 'refused';
}

function countriesOf({ country }: EligibilityAnswers, licensee: JudgedLicensee | null): string[] {
  return [country, licensee?.country].filter((one): one is string => typeof one === 'string' && one.trim() !== '');
}

/** Answers come as people and programs write them: another spelling is no way around a clause. */
function numberIn(answer: unknown): number | undefined {
  const number = typeof answer === 'string' && answer.trim() !== '' ? Number(answer.replaceAll(/[\s_,']/g, '')) : answer;
  return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
}

function wordsIn(answer: unknown): string[] {
  return [answer].flat().filter((word): word is string => typeof word === 'string' && word.trim() !== '');
}

const folded = (word: unknown) => (typeof word === 'string' ? word.trim().toLowerCase() : word);

function listed(list: unknown, item: unknown): boolean {
  return Array.isArray(list) && list.some((one) => folded(one) === folded(item));
}
