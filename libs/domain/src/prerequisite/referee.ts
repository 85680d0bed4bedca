import { Refusal } from '../refusal.js';

export const REFEREE_STATES = ['waiting', 'confirmed', 'declined', 'withdrawn', 'expired'] as const;
export type RefereeState = (typeof REFEREE_STATES)[number];

/** Times in milliseconds since the epoch. */
export interface RefereeFacts {
  /** null: not answered. */
  confirmed: boolean | null;
  withdrawn: boolean;
  expiresAt: number;
}

export function refereeState({ confirmed, withdrawn, expiresAt }: RefereeFacts, now: number): RefereeState {
  if (confirmed !== null) return confirmed ? 'confirmed' : 'declined';
  if (withdrawn) return 'withdrawn';
  return now < expiresAt ? 'waiting' : 'expired';
}

/** A referee answers once, in time, and is not the applicant. */
export function refuseUnfitReferee(state: RefereeState, isApplicant: boolean): void {
  if (state !== 'waiting') throw new Refusal('referee-link', `This inquiry is ${state}.`, { state });
  if (isApplicant) throw new Refusal('referee-own', 'You are signed in as the applicant whom this is about.');
}

/** Providers that ignore dots before the `@`. */
const DOTLESS = new Set(['gmail.com', 'googlemail.com']);

/** Whether mail to both would reach one mailbox, as far as their form tells: letter case, `+tags`, and Gmail's dots. */
export function isSameMailbox(one: string, other: string): boolean {
  return mailboxOf(one) === mailboxOf(other);
}

function mailboxOf(email: string): string {
  const lower = email.trim().toLowerCase();
  const at = lower.lastIndexOf('@');
  const [local, domain] = [lower.slice(0, at).replace(/\+.*$/, ''), lower.slice(at + 1)];
  return DOTLESS.has(domain) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
}
