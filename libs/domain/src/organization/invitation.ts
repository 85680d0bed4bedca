import { Refusal } from '../refusal.js';

export type InvitationState = 'pending' | 'accepted' | 'withdrawn' | 'expired';

/** Times in milliseconds since the epoch. */
export interface InvitationFacts {
  accepted: boolean;
  /** Taken back, or its inviter is no officer any more. */
  withdrawn: boolean;
  expiresAt: number;
}

export function invitationState(facts: InvitationFacts, now: number): InvitationState {
  if (facts.accepted) return 'accepted';
  if (facts.withdrawn) return 'withdrawn';
  return now >= facts.expiresAt ? 'expired' : 'pending';
}

export interface Redeemer {
  /** null for an account that was erased. */
  email: string | null;
  verified: boolean;
  /** Already in the organization. */
  member: boolean;
}

/** An invitation works once, in its time, for the account whose confirmed e-mail is the invited one. */
export function refuseUnfitRedeemer(state: InvitationState, invited: string | null, redeemer: Redeemer): void {
  if (state !== 'pending') throw new Refusal('invitation-ended', `This invitation is ${state}.`, { state });
  if (redeemer.email === null || redeemer.email.toLowerCase() !== invited?.toLowerCase())
    throw new Refusal('invitation-foreign', 'It was sent to another e-mail address than the one of your account.');
  if (!redeemer.verified) throw new Refusal('email-unconfirmed', 'The address is yours by your word alone until you confirm it.');
  if (redeemer.member) throw new Refusal('already-member', 'You are a member of this organization.');
}
