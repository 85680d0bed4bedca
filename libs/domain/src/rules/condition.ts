/** What rules may look at. Answers are what was said; everything under `trust` was verified. */
export interface RuleFacts {
  answers: Readonly<Record<string, unknown>>;
  trust: Readonly<Record<string, string | number | boolean | null>>;
}

export const TRUST_FACTS = {
  mailDomain: 'text: the domain of the verified e-mail address',
  institutionalMail: 'true where that domain is a university’s, or a verified one of an organization',
  orcid: 'true where an ORCID iD is linked, proved by signing in there',
  quiz: 'true where the applicant passed the model’s quiz, and it has not expired',
  referee: 'true where a referee confirmed by mail that they know the applicant, and it has not expired',
  earlierGrants: 'number: grants that the licensee accepted before, and that were not revoked',
  revokedGrants: 'number: grants that were revoked',
  outstandingDeletions: 'number: ended grants of the licensee for which the deletion statement is overdue or outstanding',
  organizationRequests: 'number: other requests from the same organization or institutional domain',
} as const;

export const OPERATORS = {
  present: 'there is an answer',
  equals: 'is exactly this',
  'one-of': 'is one of these',
  includes: 'lists this (several choices)',
  'at-least': 'is this number or more',
  'at-most': 'is this number or less',
  'under-domain': 'is this domain, or lies below it',
} as const;
export type Operator = keyof typeof OPERATORS;

type Scalar = string | number | boolean;

export type Condition =
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition }
  | { fact: string; is: Operator; value?: Scalar | readonly Scalar[] | undefined };

/** A rule met something that it was not made for: the request goes to a person. */
export class RuleFault extends Error {
  override readonly name = 'RuleFault';
}

/** Whether the condition holds. What was not answered satisfies nothing but a `not`. Throws RuleFault on what cannot be compared. */
export function holds(condition: Condition, facts: RuleFacts): boolean {
  if ('all' in condition) return condition.all.every((one) => holds(one, facts));
  if ('any' in condition) return condition.any.some((one) => holds(one, facts));
  if ('not' in condition) return !holds(condition.not, facts);
  const fact = factOf(condition.fact, facts);
  if (fact === undefined || fact === null) return false;
  return compare(condition.is, fact, condition.value, condition.fact);
}

/** `answers.ID` or `trust.NAME`. */
function factOf(name: string, { answers, trust }: RuleFacts): unknown {
  const dot = name.indexOf('.');
  const [group, key] = [name.slice(0, dot), name.slice(dot + 1)];
  const from: Readonly<Record<string, unknown>> = group === 'trust' ? trust : answers;
  return Object.hasOwn(from, key) ? from[key] : undefined;
}

function compare(operator: Operator, fact: unknown, value: Scalar | readonly Scalar[] | undefined, name: string): boolean {
  switch (operator) {
    case 'present':
      return fact !== '' && !(Array.isArray(fact) && fact.length === 0);
    case 'equals':
      return fact === value;
    case 'one-of':
      return Array.isArray(value) && value.includes(fact as Scalar);
    case 'includes':
      if (!Array.isArray(fact)) throw new RuleFault(`${name} is no list`);
      return fact.includes(value);
    case 'at-least':
      return numberIn(fact, name) >= Number(value);
    case 'at-most':
      return numberIn(fact, name) <= Number(value);
    case 'under-domain':
      return textIn(fact, name) === value || textIn(fact, name).endsWith(`.${String(value)}`);
  }
}

function numberIn(fact: unknown, name: string): number {
  if (typeof fact !== 'number' || Number.isNaN(fact)) throw new RuleFault(`${name} is no number`);
  return fact;
}

function textIn(fact: unknown, name: string): string {
  if (typeof fact !== 'string') throw new RuleFault(`${name} is no text`);
  return fact;
}
