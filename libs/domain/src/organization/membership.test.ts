import * as fc from 'fast-check';
import { Refusal } from '../refusal.js';
import { decideLeaving, heirAtErasure, refuseUnfitRole, type Member } from './membership.js';

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

/** What the rules come to, said once more in another way. */
const expectedOf = (acting: Member, own: boolean, staying: readonly Member[]) =>
  !own && acting.role !== 'officer' ? 'officer-required' : staying.length === 0 ? 'last-officer' : undefined;

describe('an organization', () => {
  test('is left by oneself or an officer’s doing, and never without an officer', () => {
    fc.assert(
      fc.property(anyCase, ({ members, target, acting }) => {
        const staying = officers(members.filter((member) => member !== target));
        expect(codeOf(() => decideLeaving(members, target, acting))).toBe(expectedOf(acting, acting === target, staying));
      }),
    );
  });

  test('loses an erased member as any leaver, but for its only one, with whom it ends', () => {
    fc.assert(
      fc.property(anyCase, ({ members, target }) => {
        const staying = members.filter((member) => member !== target);
        const expected = staying.length > 0 && officers(staying).length === 0 ? 'last-officer' : undefined;
        expect(codeOf(() => heirAtErasure(members, target))).toBe(expected);
      }),
    );
    const ada: Member = { id: 'ada', role: 'officer', roleSince: 1 };
    const grace: Member = { id: 'grace', role: 'officer', roleSince: 2 };
    expect(heirAtErasure([ada], ada)).toBeUndefined();
    expect(heirAtErasure([ada, grace], ada)).toBe(grace);
  });

  test('passes a leaver’s seats to the longest-serving officer, the same one whatever the order of the rows', () => {
    const anyLeaving = anyCase.filter(({ members, target }) => members.some((member) => member !== target && member.role === 'officer'));
    fc.assert(
      fc.property(anyLeaving, ({ members, target }) => {
        const { heir } = decideLeaving(members, target, target);
        const staying = officers(members.filter((member) => member !== target));
        expect(staying).toContain(heir);
        expect(heir.roleSince).toBe(Math.min(...staying.map(({ roleSince }) => roleSince)));
        expect(decideLeaving(members.toReversed(), target, target).heir).toBe(heir);
      }),
    );
  });

  test('has its roles changed by officers, and never without an officer', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom('member' as const, 'officer' as const), ({ members, target, acting }, role) => {
        const after = officers(members.map((member) => (member === target ? { ...member, role } : member)));
        expect(codeOf(() => refuseUnfitRole(members, target, role, acting))).toBe(expectedOf(acting, false, after));
      }),
    );
  });
});
