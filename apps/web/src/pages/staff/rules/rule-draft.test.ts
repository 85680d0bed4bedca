import { conditionOf, draftOf, rulesOf } from './rule-draft.js';

test.each([
  [{ all: [{ fact: 'trust.institutionalMail', is: 'equals', value: true }] }],
  [
    {
      any: [
        { fact: 'answers.sector', is: 'one-of', value: ['a', 'b'] },
        { not: { fact: 'trust.earlierGrants', is: 'at-least', value: 2 } },
      ],
    },
  ],
  [{ all: [{ fact: 'answers.purpose', is: 'present' }] }],
  [{ all: [{ any: [{ fact: 'trust.quiz', is: 'equals', value: true }] }] }],
  [{ not: { not: { fact: 'trust.quiz', is: 'equals', value: true } } }],
] as const)('%j stays what it says, by fields or as JSON', (condition) => {
  expect(conditionOf(draftOf(condition as never))).toEqual(condition);
});

test('a lone comparison is shown as one of one', () => {
  const lone = { fact: 'trust.mailDomain', is: 'under-domain', value: 'edu' } as const;
  expect(conditionOf(draftOf(lone))).toEqual({ all: [lone] });
});

test('a domain of figures stays text, and what is no JSON is told', () => {
  expect(conditionOf({ mode: 'all', parts: [{ fact: 'trust.mailDomain', is: 'equals', text: '42', not: false }] })).toEqual({
    all: [{ fact: 'trust.mailDomain', is: 'equals', value: '42' }],
  });
  expect(() => rulesOf([{ id: 'a', when: { json: '{' }, do: 'approve', assign: '' }])).toThrow(SyntaxError);
});
