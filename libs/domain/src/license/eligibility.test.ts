import type { Clause } from './clause.js';
import { judgeEligibility, type EligibilityAnswers } from './eligibility.js';

const clause = (kind: Clause['kind'], parameters: Clause['parameters']): Clause => ({ kind, parameters, start: 0, end: 1 });
const USERS = clause('monthly-active-users', { threshold: 700_000_000 });
const COUNTRY = clause('prohibited-country', { countries: ['KP', 'SY'] });
const USE = clause('prohibited-use', { uses: ['weapons'] });

describe('eligibility', () => {
  test('what is not asked is not judged', () => {
    expect(judgeEligibility([USERS, COUNTRY, USE], {})).toEqual({ eligible: true });
    expect(judgeEligibility([], { monthlyActiveUsers: 1e12, country: 'KP', intendedUses: ['weapons'] })).toEqual({ eligible: true });
  });

  test('the threshold itself still falls under the license', () => {
    expect(judgeEligibility([USERS], { monthlyActiveUsers: 700_000_000 }).eligible).toBe(true);
    expect(judgeEligibility([USERS], { monthlyActiveUsers: 700_000_001 })).toEqual({
      eligible: false,
      clause: USERS,
      why: expect.stringContaining('700000000'),
      specialLicense: true,
    });
  });

  test.each<[string, Clause, EligibilityAnswers]>([
    ['a prohibited country', COUNTRY, { country: 'KP' }],
    ['a prohibited use', USE, { intendedUses: ['chat', 'weapons'] }],
  ])('%s is refused without the way of a special license', (_, against, answers) => {
    expect(judgeEligibility([against], answers)).toEqual({
      eligible: false,
      clause: against,
      why: expect.any(String),
      specialLicense: false,
    });
  });

  test.each<[string, Clause, EligibilityAnswers]>([
    ['a number written as text', USERS, { monthlyActiveUsers: '700000001' }],
    ['a country in lower case', COUNTRY, { country: 'kp' }],
    ['a country with spaces', COUNTRY, { country: ' KP ' }],
    ['one use that is no list', USE, { intendedUses: 'weapons' }],
    ['a use in capitals', USE, { intendedUses: ['Weapons'] }],
  ])('%s is judged like any other: another spelling is no way around a clause', (_, against, answers) => {
    expect(judgeEligibility([against], answers).eligible).toBe(false);
  });

  test('the first clause of the license that is broken is named', () => {
    const verdict = judgeEligibility([COUNTRY, USE, USERS], { monthlyActiveUsers: 1e9, intendedUses: ['weapons'] });
    expect(verdict).toMatchObject({ eligible: false, clause: USE });
  });

  test.each<[string, Clause['parameters']]>([
    ['no parameters', {}],
    ['parameters of another form', { threshold: 'many', countries: 'KP', uses: { weapons: true } }],
  ])('a clause with %s refuses nobody', (_, parameters) => {
    for (const kind of ['monthly-active-users', 'prohibited-country', 'prohibited-use'] as const) {
      expect(
        judgeEligibility([clause(kind, parameters)], { monthlyActiveUsers: 1e12, country: 'KP', intendedUses: ['weapons'] }).eligible,
      ).toBe(true);
    }
  });

  test.each(['no-model-improvement', 'incorporated-policy', 'attribution', 'redistribution'] as const)(
    '%s binds without being judged beforehand',
    (kind) => {
      expect(judgeEligibility([clause(kind, { uses: ['weapons'] })], { intendedUses: ['weapons'] }).eligible).toBe(true);
    },
  );
});
