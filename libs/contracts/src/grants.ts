import { z } from 'zod';
import { Id, Instant, Name, Paging, requiredText, Sha256 } from './fields.js';

export const GrantState = z.enum(['pending-acceptance', 'active', 'suspended', 'expired', 'revoked']);
export const Grant = z.strictObject({
  id: Id,
  model: z.string(),
  license: z.string(),
  state: GrantState,
  licensee: Id.nullable(),
  origin: z.enum(['approval', 'acceptance', 'publication']),
  acceptance: Id.nullable(),
  from: Instant.nullable(),
  until: Instant.nullable(),
  reason: z.string().nullable().describe('Why it is suspended or was revoked'),
});
export const ListGrants = Paging.extend({ model: Name.optional(), scope: z.enum(['own', 'staff']).default('own') });
export type ListGrants = z.infer<typeof ListGrants>;
export const GrantCommandBody = z.strictObject({ reason: requiredText(2000) });
export type GrantCommandBody = z.infer<typeof GrantCommandBody>;

const LinkOptions = {
  channel: z.enum(['link', 'direct', 'torrent']).default('link'),
  paths: z.array(z.string().max(512)).min(1).max(10_000).optional(),
  expiresIn: z
    .int()
    .min(60)
    .max(7 * 86_400)
    .optional()
    .describe('Seconds'),
  maxCopies: z.int().min(1).max(1000).optional().describe('Bytes sent per file are capped at this many times its size'),
};
export const CreateLinks = z.strictObject({ release: Name, ...LinkOptions });
/** `release` may be named again, so that one script renews links of both kinds. */
export const CreatePublicLinks = z.strictObject({ release: Name.optional(), ...LinkOptions });
export type CreateLinks = z.infer<typeof CreateLinks>;
export type CreatePublicLinks = z.infer<typeof CreatePublicLinks>;

export const Manifest = z.strictObject({
  link: Id,
  model: z.string(),
  release: z.string(),
  channel: z.enum(['link', 'direct', 'torrent']),
  expiresAt: Instant,
  outlivesRevocationBySeconds: z
    .number()
    .nullable()
    .describe('How long a transfer may still begin after a revocation; null for a torrent, whose peers go on sharing what they hold'),
  cutsRunning: z
    .boolean()
    .describe('Whether a revocation cuts a transfer under way: the portal cuts its own; what a store, CDN or nginx sends runs to its end'),
  artifacts: z.array(z.strictObject({ path: z.string(), size: z.number(), sha256: Sha256, url: z.string() })),
  script: z.string().describe('URL of a POSIX shell script that downloads, resumes and verifies'),
  aria2: z.string().describe('URL of an aria2 input file'),
  metalink: z.string().describe('URL of a Metalink (RFC 5854) of the files, and of the torrent where there is one'),
  torrent: z.string().nullable().describe('URL of the .torrent; null where the license allows none, or nobody holds it'),
});

/** What each event `progress` of the stream carries: the files of one's own links, of the last two days. */
export const DownloadProgress = z.strictObject({
  items: z.array(
    z.strictObject({
      release: z.string(),
      path: z.string(),
      size: z.number(),
      bytes: z.number().nullable().describe('Sent so far; null where the store sends by itself, and does not tell'),
      state: z.enum(['running', 'complete', 'broken-off', 'elsewhere']),
    }),
  ),
});

export const RotatePasskey = z.strictObject({
  release: Name,
  immediately: z.boolean().default(false).describe('After a leak: the old passkey ends at once, instead of after a day'),
});
export type RotatePasskey = z.infer<typeof RotatePasskey>;
export const RotatedPasskey = z.strictObject({
  state: z.literal('rotated'),
  release: z.string(),
  previousUntil: Instant.describe('When the passkey before this one ends'),
});

export const PasskeyUsage = z.strictObject({
  grant: Id,
  release: z.string(),
  holder: Id,
  licensee: Id.nullable(),
  uploaded: z.number().describe('Bytes that the client says it sent to other peers'),
  downloaded: z.number().describe('Bytes that the client says it took, from wherever'),
  seeded: z.number().describe('Bytes that the seeder sent'),
  webseeded: z.number().describe('Bytes that the webseed sent, or redirected to'),
  completed: z.int().describe('How often a client said that it had everything'),
  lastAt: Instant,
});
export type PasskeyUsage = z.infer<typeof PasskeyUsage>;
export const ListUsage = Paging.extend({ model: Name.optional(), grant: Id.optional() });
export type ListUsage = z.infer<typeof ListUsage>;

export const Sighting = z.strictObject({
  id: Id,
  state: z.enum(['open', 'closed']),
  grant: Id.nullable(),
  holder: Id.nullable(),
  detail: z.record(z.string(), z.unknown()),
  createdAt: Instant,
  closedAt: Instant.nullable(),
});
export type Sighting = z.infer<typeof Sighting>;
export const ListSightings = Paging.extend({ state: z.enum(['open', 'closed']).optional() });
export type ListSightings = z.infer<typeof ListSightings>;
