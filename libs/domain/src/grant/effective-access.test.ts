import * as fc from 'fast-check';
import { CHANNELS, channelBit, channelBits, type Channel } from './channel.js';
import { effectiveAccess, type AccessFacts } from './effective-access.js';

const NOW = 1_800_000_000_000;

/** A licensee's active grant of a published release, with nothing against it. */
const OPEN: AccessFacts = {
  releaseState: 'published',
  artifactAccess: 'gated',
  grantReach: 'licensed',
  pending: false,
  revoked: false,
  replaced: false,
  suspended: false,
  grantFrom: NOW - 1000,
  grantUntil: NOW + 1000,
  holderFrom: -Infinity,
  holderUntil: Infinity,
  assentRequired: true,
  accepted: true,
  acceptanceUntil: Infinity,
  prerequisitesUntil: Infinity,
  channels: channelBits(CHANNELS),
};

const codeOf = (facts: Partial<AccessFacts>, channel: Channel = 'link', now = NOW) => {
  const access = effectiveAccess({ ...OPEN, ...facts }, channel, now);
  return access.allowed ? 'allowed' : access.code;
};

/** Every way to be refused, in the order in which they are told when several hold at once. */
const REASONS: [string, Partial<AccessFacts>][] = [
  ['release-withdrawn', { releaseState: 'withdrawn' }],
  ['grant-revoked', { revoked: true }],
  ['grant-replaced', { replaced: true }],
  ['holder-ended', { holderUntil: NOW }],
  ['grant-suspended', { suspended: true }],
  ['acceptance-required', { pending: true }],
  ['grant-expired', { grantUntil: NOW }],
  ['access-not-granted', { grantFrom: NOW + 1 }],
  ['acceptance-outdated', { acceptanceUntil: NOW }],
  ['prerequisite-expired', { prerequisitesUntil: NOW }],
  ['channel-not-allowed', { channels: 0 }],
];

describe('effective access', () => {
  test('nothing against it: allowed until the first end of anything', () => {
    expect(effectiveAccess(OPEN, 'link', NOW)).toEqual({ allowed: true, until: NOW + 1000 });
    const ends = { grantUntil: NOW + 4, holderUntil: NOW + 3, acceptanceUntil: NOW + 2, prerequisitesUntil: NOW + 1 };
    expect(effectiveAccess({ ...OPEN, ...ends }, 'link', NOW)).toEqual({ allowed: true, until: NOW + 1 });
  });

  test.each(REASONS)('%s', (code, facts) => expect(codeOf(facts)).toBe(code));

  test('a draft is not published, and an acceptance that was never given is required', () => {
    expect(codeOf({ releaseState: 'draft' })).toBe('release-not-published');
    expect(codeOf({ accepted: false })).toBe('acceptance-required');
  });

  test('of several reasons the first in the order is told', () => {
    for (const [index, [code]] of REASONS.entries()) {
      // Two reasons set the grant's times; the earlier one of them stands.
      const facts = Object.assign(
        {},
        ...REASONS.slice(index)
          .map(([, one]) => one)
          .toReversed(),
      ) as Partial<AccessFacts>;
      expect(codeOf(facts)).toBe(code);
    }
  });

  test.each<[string, Partial<AccessFacts>, Partial<AccessFacts>]>([
    ['a grant ends at its end, not after', { grantUntil: NOW }, { grantUntil: NOW + 1 }],
    ['a grant begins at its beginning, not before', { grantFrom: NOW + 1 }, { grantFrom: NOW }],
    ['a membership ends at its end', { holderUntil: NOW }, { holderUntil: NOW + 1 }],
    ['a membership begins at its beginning', { holderFrom: NOW + 1 }, { holderFrom: NOW }],
    ['a newer text must be accepted from its date on', { acceptanceUntil: NOW }, { acceptanceUntil: NOW + 1 }],
    ['a prerequisite ends at its end', { prerequisitesUntil: NOW }, { prerequisitesUntil: NOW + 1 }],
  ])('%s', (_, refused, allowed) => {
    expect(codeOf(refused)).not.toBe('allowed');
    expect(codeOf(allowed)).toBe('allowed');
  });

  test('a gated model’s public grant yields its public artifacts alone, and asks nobody for assent', () => {
    const reach = { grantReach: 'public-artifacts', accepted: false, acceptanceUntil: NOW } as const;
    expect(codeOf({ ...reach, artifactAccess: 'public' })).toBe('allowed');
    expect(codeOf({ ...reach, artifactAccess: 'gated' })).toBe('access-not-granted');
  });

  test('an open model’s public grant yields everything', () => {
    expect(codeOf({ grantReach: 'everything', assentRequired: false, accepted: false, artifactAccess: 'gated' })).toBe('allowed');
  });

  test.each(CHANNELS)('the channel %s is open exactly where the license version lists it', (channel) => {
    expect(codeOf({ channels: channelBit(channel) }, channel)).toBe('allowed');
    const others = channelBits(CHANNELS.filter((other) => other !== channel));
    expect(codeOf({ channels: others }, channel)).toBe('channel-not-allowed');
  });

  const instant = fc.oneof(fc.integer({ min: NOW - 2, max: NOW + 2 }), fc.constantFrom(-Infinity, Infinity));
  const anyFacts: fc.Arbitrary<AccessFacts> = fc.record({
    releaseState: fc.constantFrom('draft', 'published', 'withdrawn'),
    artifactAccess: fc.constantFrom('gated', 'public'),
    grantReach: fc.constantFrom('licensed', 'everything', 'public-artifacts'),
    pending: fc.boolean(),
    revoked: fc.boolean(),
    replaced: fc.boolean(),
    suspended: fc.boolean(),
    grantFrom: instant,
    grantUntil: instant,
    holderFrom: instant,
    holderUntil: instant,
    assentRequired: fc.boolean(),
    accepted: fc.boolean(),
    acceptanceUntil: instant,
    prerequisitesUntil: instant,
    channels: fc.integer({ min: 0, max: 31 }),
  });

  test('is allowed exactly when every condition holds, whatever the facts', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...CHANNELS), (facts, channel) => {
        const conditions = [
          facts.releaseState === 'published',
          !facts.revoked && !facts.replaced && !facts.suspended && !facts.pending,
          facts.grantFrom <= NOW && NOW < facts.grantUntil,
          facts.holderFrom <= NOW && NOW < facts.holderUntil,
          facts.grantReach !== 'public-artifacts' || facts.artifactAccess === 'public',
          facts.grantReach !== 'licensed' || !facts.assentRequired || (facts.accepted && NOW < facts.acceptanceUntil),
          NOW < facts.prerequisitesUntil,
          Math.floor(facts.channels / channelBit(channel)) % 2 === 1,
        ];
        expect(effectiveAccess(facts, channel, NOW).allowed).toBe(conditions.every(Boolean));
      }),
      { numRuns: 2000 },
    );
  });

  test('a yes of a licensed grant stays true until the moment that it names', () => {
    const end = fc.oneof(fc.integer({ min: NOW + 1, max: NOW + 9 }), fc.constant(Infinity));
    fc.assert(
      fc.property(
        end,
        end,
        end,
        fc.integer({ min: NOW + 1, max: NOW + 9 }),
        (holderUntil, acceptanceUntil, prerequisitesUntil, grantUntil) => {
          const facts = { ...OPEN, holderUntil, acceptanceUntil, prerequisitesUntil, grantUntil };
          const { until } = effectiveAccess(facts, 'link', NOW) as { until: number };
          expect([NOW, until - 1, until].map((now) => effectiveAccess(facts, 'link', now).allowed)).toEqual([true, true, false]);
        },
      ),
    );
  });
});
