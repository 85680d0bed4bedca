import { Refusal } from '../refusal.js';
import { TRUST_FACTS, type Condition, type Operator } from './condition.js';

export interface Rule {
  id: string;
  when: Condition;
  do: 'approve' | 'reject' | 'route';
  /** What the applicant reads; required to reject. */
  reason?: string | undefined;
  /** Of `route`: the account of the reviewer to whom the request goes; without it, to all. */
  assign?: string | undefined;
}

export const MAX_RULES = 100;
const MAX_DEPTH = 8;
const MAX_CONDITIONS = 500;

/** Refuses rules that could not be evaluated, whatever the request. Conditions are trees of a bounded size, so none can run for ever. */
export function refuseUnfitRules(rules: readonly Rule[]): void {
  const faults = rules.flatMap((rule, index) => faultsOfRule(rule, rules.slice(0, index)));
  if (rules.reduce((sum, { when }) => sum + sizeOf(when), 0) > MAX_CONDITIONS)
    faults.push(`there are more than ${MAX_CONDITIONS} conditions`);
  if (faults.length > 0) throw new Refusal('rules-unfit', faults.join('; '), { faults });
}

function faultsOfRule(rule: Rule, before: readonly Rule[]): string[] {
  return [
    before.some(({ id }) => id === rule.id) && 'there is an earlier rule of this name',
    rule.do === 'reject' && !rule.reason?.trim() && 'a rejection needs a reason that the applicant can act on',
    rule.do !== 'route' && rule.assign !== undefined && 'only `route` assigns',
    depthOf(rule.when) > MAX_DEPTH && `its conditions are nested more than ${MAX_DEPTH} deep`,
    ...faultsOfCondition(rule.when),
  ]
    .filter((fault): fault is string => typeof fault === 'string')
    .map((fault) => `${rule.id}: ${fault}`);
}

const partsOf = (condition: Condition): readonly Condition[] =>
  'all' in condition ? condition.all : 'any' in condition ? condition.any : 'not' in condition ? [condition.not] : [];

const depthOf = (condition: Condition): number => 1 + Math.max(0, ...partsOf(condition).map(depthOf));
const sizeOf = (condition: Condition): number => partsOf(condition).reduce((sum, part) => sum + sizeOf(part), 1);

function faultsOfCondition(condition: Condition): string[] {
  if (!('fact' in condition)) return partsOf(condition).flatMap(faultsOfCondition);
  const { fact, is, value } = condition;
  const [group, key] = [fact.slice(0, fact.indexOf('.')), fact.slice(fact.indexOf('.') + 1)];
  const known = group === 'answers' || (group === 'trust' && Object.hasOwn(TRUST_FACTS, key));
  const fits = VALUE_FITS[is](value);
  return [...(known ? [] : [`there is no fact ${fact}`]), ...(fits ? [] : [`\`${is}\` cannot take ${JSON.stringify(value) ?? 'nothing'}`])];
}

const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
const VALUE_FITS: Readonly<Record<Operator, (value: unknown) => boolean>> = {
  present: (value) => value === undefined,
  equals: isScalar,
  'one-of': (value) => Array.isArray(value) && value.length > 0 && value.every(isScalar),
  includes: isScalar,
  'at-least': (value) => typeof value === 'number',
  'at-most': (value) => typeof value === 'number',
  'under-domain': (value) => typeof value === 'string' && value !== '',
};
