import type { PortalKeyName } from '@paddock/contracts';
import type { Purpose } from '../keyring/purposes.js';

/** Longer than any link may live. */
const LINK_HOURS = 7 * 24 + 1;
/** Of what is proved or remembered for a day. */
const DAY_HOURS = 25;

export type RingKeyName = Exclude<PortalKeyName, 'secret' | 'ledger' | 's3'>;

interface RingKey {
  purposes: readonly [Purpose, ...Purpose[]];
  /** How long the former one is taken; undefined as long as something needs it. */
  hours?: (sessionHours: number) => number;
  /** What a rotation does besides, and one that lets nothing of before go on. */
  effect?: readonly string[];
  atOnce?: readonly string[];
}

/** Keys of the ring, by the name under which they are rotated. */
export const RING_KEYS: Readonly<Record<RingKeyName, RingKey>> = {
  links: { purposes: ['links'], hours: () => LINK_HOURS },
  sessions: {
    purposes: ['page-proofs', 'session-origins', 'identity-tickets', 'registry-tokens', 'idempotent-answers'],
    hours: (sessionHours) => Math.max(DAY_HOURS, sessionHours + 1),
    // What only the former keys open goes with them.
    atOnce: ['DELETE FROM session', 'DELETE FROM identity_ticket', 'DELETE FROM idempotent_answer'],
  },
  'person-keys': { purposes: ['person-keys', 'erased-addresses'] },
  'second-factors': { purposes: ['totp-secrets', 'recovery-codes'] },
  webhooks: { purposes: ['webhook-secrets'] },
  passkeys: {
    purposes: ['passkeys'],
    effect: [`UPDATE passkey SET valid_until = now() + interval '24 hours' WHERE valid_until IS NULL`],
    atOnce: ['UPDATE passkey SET valid_until = now() WHERE valid_until IS NULL OR valid_until > now()'],
  },
};

/** How much still needs generation $1 of a purpose; it is destroyed once that is nothing. Purposes without an entry end by time. */
export const NEEDED: Readonly<Partial<Record<Purpose, string>>> = {
  'person-keys': 'SELECT count(*)::int AS n FROM person_key WHERE key_n = $1',
  // The addresses are gone, so that their hashes cannot be made anew.
  'erased-addresses': `SELECT count(*)::int AS n FROM block WHERE value LIKE 'hmac-sha256:%' AND lifted_at IS NULL
    AND (valid_until IS NULL OR valid_until > now()) AND $1::int > 0`,
  'totp-secrets': 'SELECT count(*)::int AS n FROM totp WHERE key_n = $1',
  'recovery-codes': 'SELECT count(*)::int AS n FROM recovery_code WHERE key_n = $1 AND used_at IS NULL',
  'webhook-secrets': 'SELECT count(*)::int AS n FROM webhook_endpoint WHERE key_n = $1',
  // Others are known by their hashes.
  passkeys: 'SELECT count(*)::int AS n FROM passkey WHERE key_n = $1 AND valid_until IS NULL',
};

export const isRingKey = (name: PortalKeyName): name is RingKeyName => name in RING_KEYS;
