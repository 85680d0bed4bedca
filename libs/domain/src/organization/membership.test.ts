import fc from 'fast-check';
import { Refusal } from '../refusal.js';
import { decideLeaving, refuseUnfitRole, type Member } from './membership.js';

const anyMembers = fc
  .uniqueArray(
    fc.record({ id: fc.uuid(), role: fc.constantFrom('member' as const, 'officer' as const), roleSince: fc.integer({ min: 0, max: 5 }) }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 6 },
  )
  .filter((members) => members.some(({ role }) => role === 'officer'));
const anyCase = anyMembers.chain((members) =>
  fc.record({ members: fc.constant(members), target: fc.constantFrom(...members), acting: fc.constantFrom(...members) }),
);

const codeOf = (action: () => unknown): string | undefined => {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};
const officers = (members: readonly Member[]) => members.filter(({ role }) => role === 'officer');

describe('leaving an organization', () => {
  test('is one’s own affair or an officer’s, leaves an officer behind, and passes seats to the longest-serving one', () => {
    fc.assert(
      fc.property(anyCase, ({ members, target, acting }) => {
        const staying = officers(members.filter((member) => member !== target));
        const code = codeOf(() => decideLeaving(members, target, acting));
        if (acting !== target && acting.role !== 'officer') return expect(code).toBe('officer-required');
        if (staying.length === 0) return expect(code).toBe('last-officer');
        const { heir } = decideLeaving(members, target, acting);
        expect(staying).toContain(heir);
        expect(heir.roleSince).toBe(Math.min(...staying.map(({ roleSince }) => roleSince)));
        // Whatever the order of the rows, the same person.
        expect(decideLeaving(members.toReversed(), target, acting).heir).toBe(heir);
      }),
    );
  });

  test('a change of role is an officer’s, and leaves an officer behind', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom('member' as const, 'officer' as const), ({ members, target, acting }, role) => {
        const code = codeOf(() => refuseUnfitRole(members, target, role, acting));
        const after = officers(members.map((member) => (member === target ? { ...member, role } : member)));
        if (acting.role !== 'officer') expect(code).toBe('officer-required');
        else expect(code).toBe(after.length === 0 ? 'last-officer' : undefined);
      }),
    );
  });
});
