import * as fc from 'fast-check';
import { holds, OPERATORS, RuleFault, TRUST_FACTS, type Condition, type RuleFacts } from './condition.js';
import { evaluateRules } from './evaluate.js';
import { refuseUnfitRules, type Rule } from './rule-set.js';

const FACTS: RuleFacts = {
  answers: { use: 'research', users: 700, fields: ['medicine'], empty: '' },
  trust: {
    mailDomain: 'physics.ox.ac.uk',
    institutionalMail: true,
    orcid: false,
    earlierGrants: 2,
    revokedGrants: 0,
    organizationRequests: 0,
  },
};
const is = (condition: Condition) => holds(condition, FACTS);

describe('conditions', () => {
  test.each<[boolean, Condition]>([
    [true, { fact: 'answers.use', is: 'present' }],
    [false, { fact: 'answers.empty', is: 'present' }],
    [false, { fact: 'answers.nothing', is: 'present' }],
    [false, { fact: 'answers.constructor', is: 'present' }],
    [true, { fact: 'answers.use', is: 'equals', value: 'research' }],
    [false, { fact: 'answers.users', is: 'equals', value: '700' }],
    [true, { fact: 'answers.use', is: 'one-of', value: ['teaching', 'research'] }],
    [true, { fact: 'answers.fields', is: 'includes', value: 'medicine' }],
    [true, { fact: 'answers.users', is: 'at-least', value: 700 }],
    [false, { fact: 'answers.users', is: 'at-least', value: 701 }],
    [true, { fact: 'answers.users', is: 'at-most', value: 700 }],
    [false, { fact: 'answers.nothing', is: 'at-most', value: 700 }],
    [true, { not: { fact: 'answers.nothing', is: 'equals', value: 'x' } }],
    [true, { fact: 'trust.mailDomain', is: 'under-domain', value: 'ox.ac.uk' }],
    [false, { fact: 'trust.mailDomain', is: 'under-domain', value: 'x.ac.uk' }],
    [true, { fact: 'trust.orcid', is: 'equals', value: false }],
    [true, { all: [] }],
    [false, { any: [] }],
    [
      true,
      {
        any: [{ all: [{ fact: 'trust.institutionalMail', is: 'equals', value: true }] }, { fact: 'answers.use', is: 'equals', value: 'x' }],
      },
    ],
  ])('%s: %j', (expected, condition) => expect(is(condition)).toBe(expected));

  test.each<Condition>([
    { fact: 'answers.use', is: 'at-least', value: 1 },
    { fact: 'answers.use', is: 'includes', value: 'r' },
    { fact: 'answers.users', is: 'under-domain', value: 'x' },
  ])('%j cannot be compared', (condition) => expect(() => is(condition)).toThrow(RuleFault));
});

const rule = (id: string, what: Rule['do'], when: Condition, more: Partial<Rule> = {}): Rule => ({ id, do: what, when, ...more });
const ALWAYS: Condition = { all: [] };
const NEVER: Condition = { any: [] };

function isTaken(rules: readonly Rule[]): boolean {
  try {
    refuseUnfitRules(rules);
    return true;
  } catch {
    return false;
  }
}

describe('rules', () => {
  test('the first that holds decides', () => {
    const rules = [rule('a', 'approve', NEVER), rule('b', 'reject', ALWAYS, { reason: 'No.' }), rule('c', 'approve', ALWAYS)];
    expect(evaluateRules(rules, FACTS, 1)).toEqual({ decision: 'reject', rule: 'b', reason: 'No.' });
  });

  test('where none holds, a person decides; a route says who', () => {
    expect(evaluateRules([], FACTS, 1)).toEqual({ decision: 'person', rule: null });
    expect(evaluateRules([rule('a', 'route', ALWAYS, { assign: 'rita' })], FACTS, 1)).toEqual({
      decision: 'person',
      rule: 'a',
      assign: 'rita',
    });
  });

  test('a rule that cannot be evaluated stops there: a later one does not decide in its place', () => {
    const rules = [rule('a', 'reject', { fact: 'answers.use', is: 'at-least', value: 1 }, { reason: 'No.' }), rule('b', 'approve', ALWAYS)];
    expect(evaluateRules(rules, FACTS, 1)).toEqual({ decision: 'person', rule: 'a', fault: 'answers.use is no number' });
  });

  test('where two people must approve, a rule is nobody; it may still reject', () => {
    expect(evaluateRules([rule('a', 'approve', ALWAYS)], FACTS, 2)).toEqual({ decision: 'person', rule: 'a' });
    expect(evaluateRules([rule('a', 'reject', ALWAYS, { reason: 'No.' })], FACTS, 2)).toMatchObject({ decision: 'reject' });
  });

  const nested = (depth: number): Condition => (depth === 0 ? ALWAYS : { not: nested(depth - 1) });
  test.each<[string, Rule[]]>([
    ['an earlier rule', [rule('a', 'approve', ALWAYS), rule('a', 'approve', ALWAYS)]],
    ['needs a reason', [rule('a', 'reject', ALWAYS)]],
    ['only `route` assigns', [rule('a', 'approve', ALWAYS, { assign: 'x' })]],
    ['nested more than', [rule('a', 'approve', nested(8))]],
    ['more than 500 conditions', [rule('a', 'approve', { all: Array.from({ length: 500 }, () => ALWAYS) })]],
    ['no fact trust.mail', [rule('a', 'approve', { fact: 'trust.mail', is: 'present' })]],
    ['no fact person.name', [rule('a', 'approve', { fact: 'person.name', is: 'present' })]],
    ['`at-least` cannot take "7"', [rule('a', 'approve', { fact: 'answers.a', is: 'at-least', value: '7' })]],
    ['`equals` cannot take nothing', [rule('a', 'approve', { fact: 'answers.a', is: 'equals' })]],
  ])('%s: refused', (words, rules) => expect(() => refuseUnfitRules(rules)).toThrow(words));

  test('whatever rules are taken and whatever was answered: there is a verdict, and it is that of a rule that holds', () => {
    const value = fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string({ maxLength: 3 }), { maxLength: 2 }),
    );
    const fact = fc.constantFrom('answers.a', 'answers.b', ...Object.keys(TRUST_FACTS).map((name) => `trust.${name}`));
    const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
      condition: fc.oneof(
        { maxDepth: 4 },
        fc.record({
          fact,
          is: fc.constantFrom(...(Object.keys(OPERATORS) as (keyof typeof OPERATORS)[])),
          value: value as fc.Arbitrary<string>,
        }),
        fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }),
        fc.record({ not: tie('condition') }),
      ),
    }));
    const rules = fc.array(
      fc.record({
        id: fc.string({ minLength: 1, maxLength: 2 }),
        when: condition,
        do: fc.constantFrom<Rule['do']>('approve', 'reject', 'route'),
        reason: fc.constant('Why.'),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(rules, fc.dictionary(fc.constantFrom('a', 'b'), value), (set, answers) => {
        fc.pre(isTaken(set));
        const facts = { ...FACTS, answers };
        const verdict = evaluateRules(set, facts, 1);
        const decided = set.find(({ id }) => id === verdict.rule);
        expect(verdict.decision === 'person' || (decided?.do === verdict.decision && holds(decided.when, facts))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
