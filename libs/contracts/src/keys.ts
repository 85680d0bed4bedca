import { z } from 'zod';
import { Instant } from './fields.js';

/** Keys that are rotated by name, and what a rotation of each does. */
export const PORTAL_KEYS = {
  links:
    'New links are signed with the new key. Links signed before go on until they end, a week at most; immediately: they are refused at once, and are asked for again.',
  sessions:
    'What the portal signs and seals for sign-ins is under the new key; who is signed in stays so. Immediately: every session ends, and everybody signs in again.',
  'person-keys':
    'The key of each person is sealed anew under the new key, in batches, while the portal runs. The old key is destroyed when nothing is sealed under it.',
  'second-factors':
    'Secrets of time-based codes are sealed anew. Recovery codes made before go on, each once, and hold the old key until the last is used or made anew.',
  webhooks: 'Secrets of webhooks are sealed anew; their receivers notice nothing.',
  passkeys:
    'New torrents carry passkeys under the new key, those handed out before work for another day; immediately: they end at once. This ends no download by link.',
  secret:
    'All of the portal’s keys are sealed under the new secret, at once. If the old one leaked, rotate the other keys afterwards: whoever had it and a copy of the database had them all.',
  ledger: 'Checkpoints are signed by both keys until the old one is ended. Who verifies the ledger takes the new verifier key meanwhile.',
  s3: 'The bucket is asked with the new pair, and with the former one where the new is refused, until that is taken away.',
} as const;

export const PORTAL_KEY_NAMES = Object.keys(PORTAL_KEYS) as PortalKeyName[];
export const PortalKeyName = z.enum(Object.keys(PORTAL_KEYS) as [PortalKeyName, ...PortalKeyName[]]);
export type PortalKeyName = keyof typeof PORTAL_KEYS;

/** Keys whose former ones may be refused at once. */
export const ENDED_AT_ONCE: readonly PortalKeyName[] = ['links', 'sessions', 'passkeys'];

const FormerKey = z.strictObject({
  id: z.string(),
  until: Instant.nullable().describe('null: until nothing needs it any more'),
  waiting: z.int().nullable().describe('What is still to be sealed anew, or to be used up'),
});

export const KeyStanding = z.strictObject({
  name: PortalKeyName,
  id: z.string().nullable().describe('Names the key and tells nothing of it'),
  since: Instant.nullable(),
  former: z.array(FormerKey).describe('Still taken'),
  rotates: z
    .enum(['here', 'by-steps'])
    .describe('`here`: by this API and by `paddock keys rotate`; `by-steps`: what it takes is in `steps`'),
  steps: z.array(z.strictObject({ text: z.string(), state: z.enum(['done', 'next', 'later']) })),
});
export type KeyStanding = z.infer<typeof KeyStanding>;

export const KeyStandings = z.strictObject({ items: z.array(KeyStanding), nextCursor: z.null() });
export const RotateKey = z.strictObject({
  immediately: z.boolean().default(false).describe('The former key is refused at once, as after a leak'),
});
export type RotateKey = z.infer<typeof RotateKey>;
