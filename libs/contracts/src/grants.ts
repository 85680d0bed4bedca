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
  channel: z.enum(['link', 'direct']),
  expiresAt: Instant,
  outlivesRevocationBySeconds: z.number().describe('How long bytes may still flow after a revocation'),
  artifacts: z.array(z.strictObject({ path: z.string(), size: z.number(), sha256: Sha256, url: z.string() })),
  script: z.string().describe('URL of a POSIX shell script that downloads, resumes and verifies'),
  aria2: z.string().describe('URL of an aria2 input file'),
});
