import { Refusal } from '../refusal.js';
import { invitationState, refuseUnfitRedeemer, type InvitationState } from './invitation.js';

const ADA = { email: 'Ada@Example.org', verified: true, member: false };

const codeOf = (state: InvitationState, invited: string | null, redeemer: Parameters<typeof refuseUnfitRedeemer>[2]) => {
  try {
    refuseUnfitRedeemer(state, invited, redeemer);
    return 'redeemed';
  } catch (error) {
    return (error as Refusal).code;
  }
};

describe('an invitation', () => {
  test.each<[string, Parameters<typeof invitationState>[0], InvitationState]>([
    ['stands until its end', { accepted: false, withdrawn: false, expiresAt: 1001 }, 'pending'],
    ['ends at its end, not after', { accepted: false, withdrawn: false, expiresAt: 1000 }, 'expired'],
    ['that was withdrawn does not expire', { accepted: false, withdrawn: true, expiresAt: 0 }, 'withdrawn'],
    ['that was accepted stays so when its inviter leaves', { accepted: true, withdrawn: true, expiresAt: 0 }, 'accepted'],
  ])('%s', (_, facts, state) => expect(invitationState(facts, 1000)).toBe(state));

  test.each<[string, InvitationState, string | null, Partial<typeof ADA> | { email: null }, string]>([
    ['works for its address in whatever case', 'pending', 'ada@example.ORG', {}, 'redeemed'],
    ['works once', 'accepted', null, {}, 'invitation-ended'],
    ['is for one address', 'pending', 'eve@example.org', {}, 'invitation-foreign'],
    ['is for nobody who was erased', 'pending', 'ada@example.org', { email: null }, 'invitation-foreign'],
    ['without an address is for nobody, erased or not', 'pending', null, { email: null }, 'invitation-foreign'],
    ['needs the address confirmed', 'pending', 'ada@example.org', { verified: false }, 'email-unconfirmed'],
    ['makes nobody a member twice', 'pending', 'ada@example.org', { member: true }, 'already-member'],
    ['tells a stranger nothing about the address', 'pending', 'eve@example.org', { verified: false, member: true }, 'invitation-foreign'],
  ])('%s', (_, state, invited, change, code) => expect(codeOf(state, invited, { ...ADA, ...change })).toBe(code));
});
