import type { Clause } from './clause.js';
import { bearingOn, judgeEligibility, type EligibilityAnswers } from './eligibility.js';

const clause = (kind: Clause['kind'], parameters: Clause['parameters']): Clause => ({ kind, parameters, start: 0, end: 1 });
const USERS = clause('monthly-active-users', { threshold: 700_000_000 });
const COUNTRY = clause('prohibited-country', { countries: ['KP', 'SY'] });
const USE = clause('prohibited-use', { uses: ['weapons'] });

describe('eligibility', () => {
  test('what is not asked is not judged', () => {
    expect(judgeEligibility([USERS, COUNTRY, USE], {})).toEqual({ outcome: 'eligible' });
    expect(judgeEligibility([], { monthlyActiveUsers: 1e12, country: 'KP', intendedUses: ['weapons'] })).toEqual({ outcome: 'eligible' });
  });

  test('the threshold itself still falls under the license', () => {
    expect(judgeEligibility([USERS], { monthlyActiveUsers: 700_000_000 }).outcome).toBe('eligible');
    expect(judgeEligibility([USERS], { monthlyActiveUsers: 700_000_001 })).toEqual({
      outcome: 'special-license',
      clause: USERS,
      why: expect.stringContaining('700000000'),
    });
  });

  test.each<[string, Clause, EligibilityAnswers]>([
    ['a prohibited country', COUNTRY, { country: 'KP' }],
    ['a prohibited use', USE, { intendedUses: ['chat', 'weapons'] }],
  ])('%s is refused without the way of a special license', (_, against, answers) => {
    expect(judgeEligibility([against], answers)).toEqual({
      outcome: 'refused',
      clause: against,
      why: expect.any(String),
    });
  });

  test.each<[string, Clause, EligibilityAnswers]>([
    ['a number written as text', USERS, { monthlyActiveUsers: '700000001' }],
    ['a country in lower case', COUNTRY, { country: 'kp' }],
    ['a country with spaces', COUNTRY, { country: ' KP ' }],
    ['one use that is no list', USE, { intendedUses: 'weapons' }],
    ['a use in capitals', USE, { intendedUses: ['Weapons'] }],
  ])('%s is judged like any other: another spelling is no way around a clause', (_, against, answers) => {
    expect(judgeEligibility([against], answers).outcome).not.toBe('eligible');
  });

  test('a refusal outranks a special license, wherever it stands; else the first clause of the license is named', () => {
    expect(judgeEligibility([USERS, USE], { monthlyActiveUsers: 1e9, intendedUses: ['weapons'] })).toMatchObject({
      outcome: 'refused',
      clause: USE,
    });
    const verdict = judgeEligibility([COUNTRY, USE, USERS], { monthlyActiveUsers: 1e9, intendedUses: ['weapons'] });
    expect(verdict).toMatchObject({ outcome: 'refused', clause: USE });
  });

  test.each<[string, Clause['parameters']]>([
    ['no parameters', {}],
    ['parameters of another form', { threshold: 'many', countries: 'KP', uses: { weapons: true } }],
  ])('a clause with %s refuses nobody', (_, parameters) => {
    for (const kind of ['monthly-active-users', 'prohibited-country', 'prohibited-use'] as const) {
      expect(
        judgeEligibility([clause(kind, parameters)], { monthlyActiveUsers: 1e12, country: 'KP', intendedUses: ['weapons'] }).outcome,
      ).toBe('eligible');
    }
  });

  test.each(['incorporated-policy', 'attribution', 'redistribution', 'flow-down', 'term'] as const)(
    '%s binds without being judged beforehand',
    (kind) => {
      expect(judgeEligibility([clause(kind, { uses: ['weapons'] })], { intendedUses: ['weapons'] }).outcome).toBe('eligible');
    },
  );

  test.each<[string, Clause['kind'], Clause['parameters'], EligibilityAnswers, RegExp]>([
    [
      'improving a model that is no exception',
      'no-model-improvement',
      { exceptions: ['derivatives'] },
      { improvesModels: ['GPT-X'] },
      /GPT-X/,
    ],
    [
      'a use that is not among those allowed',
      'field-of-use',
      { allowed: ['research'] },
      { intendedUses: ['research', 'product'] },
      /product/,
    ],
    ['a use that is excluded', 'field-of-use', { excluded: ['military'] }, { intendedUses: ['Military'] }, /Military/],
    ['a country outside the territory', 'territories', { allowed: ['GB', 'FR'] }, { country: 'US' }, /US/],
    ['a country that is excluded', 'territories', { excluded: ['US'] }, { country: 'us' }, /us/],
    ['a sector that the license is not for', 'licensee-kinds', { allowed: ['academic'] }, { licenseeKind: 'commercial' }, /commercial/],
    [
      'users in the month before the reference date',
      'monthly-active-users',
      { threshold: 10, referenceDate: '2023-07-18' },
      { monthlyActiveUsers: 11 },
      /month before 2023-07-18/,
    ],
  ])('%s is not covered', (_, kind, parameters, answers, why) => {
    const verdict = judgeEligibility([clause(kind, parameters)], answers);
    expect(verdict).toMatchObject({ outcome: expect.stringMatching(/^(refused|special-license)$/), why: expect.stringMatching(why) });
  });

  test.each<[string, Clause['kind'], Clause['parameters'], EligibilityAnswers]>([
    ['improving an exception', 'no-model-improvement', { exceptions: ['derivatives'] }, { improvesModels: 'Derivatives' }],
    ['uses that are all allowed', 'field-of-use', { allowed: ['research', 'teaching'] }, { intendedUses: ['teaching'] }],
    ['a country of the territory', 'territories', { allowed: ['GB'] }, { country: 'gb' }],
    ['a sector that is named', 'licensee-kinds', { allowed: ['academic', 'nonprofit'] }, { licenseeKind: ' Academic' }],
    ['a sector that nobody asked for', 'licensee-kinds', { allowed: ['academic'] }, {}],
  ])('%s is covered', (_, kind, parameters, answers) => {
    expect(judgeEligibility([clause(kind, parameters)], answers, { kind: 'individual', country: 'GB' }).outcome).toBe('eligible');
  });

  test('what the licensee is and where counts, whatever the answers say', () => {
    const abroad = { kind: 'individual', country: 'US' } as const;
    expect(judgeEligibility([clause('territories', { allowed: ['GB'] })], { country: 'GB' }, abroad).outcome).toBe('refused');
    const organizations = clause('licensee-kinds', { allowed: ['organization'] });
    expect(judgeEligibility([organizations], {}, abroad).outcome).toBe('special-license');
    expect(judgeEligibility([organizations], {}, { ...abroad, kind: 'organization' }).outcome).toBe('eligible');
  });

  test('the clause itself may say which way is open', () => {
    const judged = (otherwise: string) =>
      judgeEligibility([clause('field-of-use', { allowed: ['research'], otherwise })], { intendedUses: 'product' });
    expect(judged('special-license').outcome).toBe('special-license');
    expect(judged('refused').outcome).toBe('refused');
    expect(judged('toString').outcome).toBe('refused');
  });

  test('a request for a special license is held back by refusals alone', () => {
    const special = judgeEligibility([USERS], { monthlyActiveUsers: 1e9 });
    const refused = judgeEligibility([USE], { intendedUses: ['weapons'] });
    expect(bearingOn('special-license', special)).toEqual({ outcome: 'eligible' });
    expect(bearingOn('access', special)).toBe(special);
    expect(bearingOn('special-license', refused)).toBe(refused);
  });
});
