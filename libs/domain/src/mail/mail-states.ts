import { Refusal } from '../refusal.js';

export const MAIL_STATES = {
  kept: 'No mail server is configured: it can be read on the outbox page.',
  held: 'Waits for the next digest of its reader.',
  combined: 'Went into a digest.',
  unwanted: 'Its reader asked for no such mail.',
  queued: 'Waits to be sent, for the first time or again.',
  sending: 'The mail server has it but for the last line; its answer is awaited.',
  sent: 'The mail server took it.',
  failed: 'The mail server refused it for good, or never took it.',
  unconfirmed: 'The mail server may have taken it: nobody can know. It is not sent again by itself.',
} as const;
export type MailState = keyof typeof MAIL_STATES;
export const MAIL_STATE_NAMES = Object.keys(MAIL_STATES) as [MailState, ...MailState[]];

export const MAIL_COMMANDS = {
  retry: { from: ['failed', 'queued', 'kept'], meaning: 'It is sent at once, however long it would have waited.' },
  'send-again': { from: ['unconfirmed'], meaning: 'It is sent again, although it may arrive twice.' },
} as const satisfies Readonly<Record<string, { from: readonly MailState[]; meaning: string }>>;
export type MailCommand = keyof typeof MAIL_COMMANDS;

export function refuseUnfitMailCommand(state: MailState, command: MailCommand): void {
  const from: readonly MailState[] = MAIL_COMMANDS[command].from;
  if (!from.includes(state))
    throw new Refusal('mail-state', `\`${command}\` works from ${from.join(', ')}; this mail is ${state}.`, { state });
}

/** How a reviewer hears of what awaits them. */
export const REVIEW_DIGESTS = ['each', 'daily', 'weekly', 'off'] as const;
export type ReviewDigest = (typeof REVIEW_DIGESTS)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Digests leave at this hour (UTC), the weekly one on Mondays. */
const DIGEST_HOUR = 7;
/** The first Monday after the epoch was its fourth day. */
const MONDAY = 4;

/** When the digest leaves that follows `now` (milliseconds since the epoch). */
export function nextDigest(digest: 'daily' | 'weekly', now: number): number {
  const period = digest === 'daily' ? DAY_MS : 7 * DAY_MS;
  const first = DIGEST_HOUR * HOUR_MS + (digest === 'weekly' ? MONDAY * DAY_MS : 0);
  return first + (Math.floor((now - first) / period) + 1) * period;
}

const LONGEST_WAIT_S = 3600;
const FIRST_WAIT_S = 2;
const GIVE_UP_AFTER_MS = 5 * DAY_MS;

/** Seconds until the attempt that follows the n-th; RFC 5321, section 4.5.4.1, asks for growing intervals. `spread` in [0, 1) keeps processes apart. */
export function mailBackoff(attempts: number, spread: number): number {
  const wait = Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** Math.min(attempts - 1, 20));
  return wait * (0.75 + spread / 4);
}

/** RFC 5321, section 4.5.4.1: four to five days. */
export function isMailGivenUp(queuedAt: number, now: number): boolean {
  return now - queuedAt >= GIVE_UP_AFTER_MS;
}
