import { Refusal } from '../refusal.js';
import { effectiveAccess, type GrantState } from './effective-access.js';
import { GRANT_COMMANDS, grantState, refuseUnfitGrantCommand, type GrantCommand, type GrantFacts } from './grant-state.js';

const NOW = 1000;
const ACTIVE: GrantFacts = { pending: false, revoked: false, suspended: false, until: Infinity, pendingUntil: Infinity };
const STATES: GrantState[] = ['pending-acceptance', 'active', 'suspended', 'expired', 'revoked'];

describe('the state of a grant', () => {
  test.each<[GrantState, Partial<GrantFacts>]>([
    ['active', {}],
    ['active', { until: NOW + 1 }],
    ['expired', { until: NOW }],
    ['pending-acceptance', { pending: true, pendingUntil: NOW + 1 }],
    ['expired', { pending: true, pendingUntil: NOW }],
    ['suspended', { suspended: true }],
    ['expired', { suspended: true, until: NOW }],
    ['revoked', { revoked: true, pending: true, suspended: true, until: NOW }],
  ])('is %s for %j', (state, facts) => expect(grantState({ ...ACTIVE, ...facts }, NOW)).toBe(state));

  test('is active exactly where the gate lets bytes through', () => {
    for (const pending of [true, false])
      for (const revoked of [true, false])
        for (const suspended of [true, false])
          for (const until of [NOW, NOW + 1]) {
            const state = grantState({ pending, revoked, suspended, until, pendingUntil: Infinity }, NOW);
            const access = effectiveAccess(
              {
                pending,
                revoked,
                suspended,
                replaced: false,
                releaseState: 'published',
                artifactAccess: 'gated',
                grantReach: 'licensed',
                grantFrom: 0,
                grantUntil: until,
                holderFrom: -Infinity,
                holderUntil: Infinity,
                assentRequired: true,
                accepted: !pending,
                acceptanceUntil: Infinity,
                prerequisitesUntil: Infinity,
                channels: 1,
              },
              'link',
              NOW,
            );
            expect(access.allowed).toBe(state === 'active');
          }
  });
});

describe('what staff may do with a grant', () => {
  const ALLOWED: Record<GrantCommand, GrantState[]> = {
    suspend: ['active'],
    resume: ['suspended'],
    revoke: ['pending-acceptance', 'active', 'suspended'],
  };

  test.each(Object.keys(GRANT_COMMANDS) as GrantCommand[])('%s works from its states and from no other', (command) => {
    for (const state of STATES) {
      const refusal = refusalOf(() => refuseUnfitGrantCommand(state, command));
      expect(refusal).toEqual(ALLOWED[command].includes(state) ? undefined : { code: 'grant-state', facts: { state } });
    }
  });
});

function refusalOf(act: () => unknown) {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, facts: error.facts };
    throw error;
  }
  return undefined;
}
