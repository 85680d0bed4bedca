/** What the portal has keys for. Each has generations: the newest seals and signs, the ones before it are taken for a while. */
export const PURPOSES = [
  'links',
  'page-proofs',
  'session-origins',
  'identity-tickets',
  'registry-tokens',
  'idempotent-answers',
  'person-keys',
  'erased-addresses',
  'totp-secrets',
  'recovery-codes',
  'webhook-secrets',
  'passkeys',
] as const;

export type Purpose = (typeof PURPOSES)[number];
