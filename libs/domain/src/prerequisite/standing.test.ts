import * as fc from 'fast-check';
import { Refusal } from '../refusal.js';
import { PREREQUISITE_KINDS, PREREQUISITES, type Prerequisite } from './kinds.js';
import {
  prerequisiteStanding,
  prerequisitesUntil,
  refuseUnmetPrerequisites,
  strictestPrerequisites,
  type Evidence,
  type HeldEvidence,
} from './standing.js';

const DAY = 86_400_000;
const NOW = 1000 * DAY;
const quiz = (validDays: number | null): Prerequisite => ({ kind: 'quiz', validDays });
const had = (daysAgo: number, validUntil: number | null = null): Evidence => ({
  kind: 'quiz',
  obtainedAt: NOW - daysAgo * DAY,
  validUntil,
});
const standing = (asked: Prerequisite[], held: Partial<HeldEvidence>) =>
  prerequisiteStanding(asked, { present: [], evidence: [], ...held }, 'a model', NOW);

describe('how somebody stands to what is asked', () => {
  test.each<[string, Prerequisite, Evidence[], string, number]>([
    ['nothing', quiz(null), [], 'missing', -Infinity],
    ['once, for ever', quiz(null), [had(900)], 'satisfied', Infinity],
    ['in time', quiz(30), [had(29)], 'satisfied', NOW + DAY],
    ['at the very end', quiz(30), [had(30)], 'expired', NOW],
    ['renewed', quiz(30), [had(400), had(1)], 'satisfied', NOW + 29 * DAY],
    ['evidence that ends by itself', quiz(null), [had(1, NOW - 1)], 'expired', NOW - 1],
    ['evidence that ends before the terms', quiz(30), [had(1, NOW + 1)], 'satisfied', NOW + 1],
    ['another kind', quiz(null), [{ ...had(1), kind: 'referee' }], 'missing', -Infinity],
  ])('%s', (_, asked, evidence, state, until) => {
    expect(standing([asked], { evidence })).toMatchObject([{ state, until, link: '/models/a%20model/prerequisites' }]);
  });

  test.each(PREREQUISITE_KINDS.filter((kind) => PREREQUISITES[kind].lasting))(
    '%s counts while it is there, whatever evidence says',
    (kind) => {
      const evidence = [{ kind, obtainedAt: NOW, validUntil: null }];
      expect(standing([{ kind, validDays: null }], { evidence })).toMatchObject([{ state: 'missing' }]);
      expect(standing([{ kind, validDays: null }], { evidence, present: [kind] })).toMatchObject([{ state: 'satisfied' }]);
    },
  );

  test('the refusal names each one that is not satisfied, with the way to it', () => {
    const judged = standing([quiz(30), { kind: 'email', validDays: null }, { kind: 'referee', validDays: null }], {
      evidence: [had(31), { kind: 'referee', obtainedAt: 0, validUntil: null }],
    });
    const refusal = refusalOf(() => refuseUnmetPrerequisites(judged, 'draft'));
    expect(refusal).toMatchObject({
      code: 'prerequisite-missing',
      detail: 'quiz: expired; email: missing',
      facts: {
        state: 'draft',
        prerequisites: [
          { kind: 'quiz', state: 'expired', remedy: PREREQUISITES.quiz.remedy },
          { kind: 'email', state: 'missing', link: '/verify-email' },
        ],
      },
    });
  });

  const kind = fc.constantFrom(...PREREQUISITE_KINDS);
  const asked = fc.uniqueArray(fc.record({ kind, validDays: fc.option(fc.integer({ min: 1, max: 2000 })) }), {
    selector: (one) => one.kind,
  });
  const evidence = fc.array(
    fc.record({ kind, obtainedAt: fc.integer({ min: 0, max: NOW }), validUntil: fc.option(fc.integer({ min: 0, max: 2 * NOW })) }),
    { maxLength: 8 },
  );
  const held = fc.record({ present: fc.uniqueArray(kind), evidence });

  test('the gate lets through exactly whom the list calls satisfied, and both end at one moment', () => {
    fc.assert(
      fc.property(asked, held, fc.integer({ min: 0, max: 2 * NOW }), (terms, facts, now) => {
        const listed = prerequisiteStanding(terms, facts, 'm', now);
        const until = prerequisitesUntil(terms, facts);
        expect(now < until).toBe(listed.every(({ state }) => state === 'satisfied'));
        expect(until).toBe(Math.min(Infinity, ...listed.map((one) => one.until)));
        expect(refusalOf(() => refuseUnmetPrerequisites(listed)) === undefined).toBe(now < until);
      }),
    );
  });

  test('more evidence never shuts, more demands never open', () => {
    fc.assert(
      fc.property(asked, asked, held, evidence, (terms, others, facts, more) => {
        const until = prerequisitesUntil(terms, facts);
        expect(prerequisitesUntil(terms, { ...facts, evidence: [...facts.evidence, ...more] })).toBeGreaterThanOrEqual(until);
        const both = strictestPrerequisites([terms, others]);
        expect(new Set(both.map((one) => one.kind)).size).toBe(both.length);
        expect(prerequisitesUntil(both, facts)).toBe(Math.min(until, prerequisitesUntil(others, facts)));
      }),
    );
  });
});

function refusalOf(act: () => unknown): Refusal | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
