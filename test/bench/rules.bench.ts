import { evaluateRules } from '@paddock/domain';
import type { Rule, RuleFacts, Verdict } from '@paddock/domain';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { inTurn, median } from './support/rounds.ts';

const bar = 200_000;
const rounds = 9;
const requests = 50_000;

/** Twenty rules as a publisher may write them; most requests run through all of them. */
const rules: Rule[] = [
  { id: 'military', when: { fact: 'answers.use', is: 'equals', value: 'military' }, do: 'reject', reason: 'The license forbids it.' },
  {
    id: 'large',
    when: {
      all: [
        { fact: 'answers.use', is: 'equals', value: 'product' },
        { fact: 'answers.users', is: 'at-least', value: 700_000_000 },
      ],
    },
    do: 'route',
  },
  ...Array.from({ length: 16 }, (_, n): Rule => ({
    id: `lab-${n}`,
    when: {
      all: [
        { fact: 'trust.mailDomain', is: 'under-domain', value: `lab-${n}.example` },
        { not: { fact: 'answers.country', is: 'one-of', value: ['XA', 'XB'] } },
      ],
    },
    do: 'approve',
  })),
  { id: 'revoked', when: { fact: 'trust.revokedGrants', is: 'at-least', value: 1 }, do: 'route' },
  {
    id: 'university',
    when: {
      all: [
        { fact: 'trust.institutionalMail', is: 'equals', value: true },
        {
          any: [
            { fact: 'trust.orcid', is: 'equals', value: true },
            { fact: 'trust.earlierGrants', is: 'at-least', value: 1 },
          ],
        },
      ],
    },
    do: 'approve',
  },
];

function variedFacts(): RuleFacts[] {
  return Array.from({ length: requests }, (_, n) => ({
    answers: { use: ['research', 'product', 'military', 'teaching'][n % 4], users: n * 10_000, country: ['GB', 'XA', 'FR'][n % 3] },
    trust: {
      mailDomain: n % 5 === 0 ? `lab-${n % 32}.example` : `uni-${n % 100}.edu`,
      institutionalMail: n % 5 !== 0,
      orcid: n % 2 === 0,
      earlierGrants: n % 7,
      revokedGrants: n % 50 === 0 ? 1 : 0,
      organizationRequests: n % 9,
    },
  }));
}

async function run(): Promise<BenchResult> {
  const facts = variedFacts();
  const verdicts: Record<Verdict['decision'], number> = { approve: 0, reject: 0, person: 0 };
  const rate = async () => {
    const begin = performance.now();
    for (const one of facts) verdicts[evaluateRules(rules, one, 1).decision]++;
    return (facts.length * 1000) / (performance.now() - begin);
  };
  await inTurn(2, { rate });
  const value = median((await inTurn(rounds, { rate })).rate);
  const total = verdicts.approve + verdicts.reject + verdicts.person;
  const share = (count: number) => `${Math.round((count / total) * 100)} %`;
  return {
    name: `evaluating ${rules.length} rules`,
    ours: { label: 'evaluateRules()', value, unit: 'requests/s' },
    against: [],
    ratios: [],
    bar: `at least ${bar.toLocaleString('en-US')} requests a second on one thread`,
    reached: value >= bar,
    notes: [
      `${requests.toLocaleString('en-US')} different requests: ${share(verdicts.approve)} approved, ${share(verdicts.reject)} rejected, ${share(verdicts.person)} left to people`,
      `median of ${rounds} rounds`,
    ],
  };
}

if (import.meta.main) print(await run());
