import { CHANNELS, CLAUSE_KINDS, type ClauseKind } from '@paddock/domain';
import { z } from 'zod';
import { Id, Instant, Name, requiredText, Sha256, Slug } from './fields.js';

const MAX_BODY = 400_000;

export const CreatePolicy = z.strictObject({ publisher: Name, slug: Slug, title: requiredText(200), text: requiredText(MAX_BODY) });
export type CreatePolicy = z.infer<typeof CreatePolicy>;
export const Snapshot = z.strictObject({
  id: Id,
  capturedAt: Instant,
  sha256: Sha256,
  state: z.enum(['pending', 'effective']),
  effectiveFrom: Instant.nullable(),
  url: z.string(),
  text: z.string(),
});
export const Policy = z.strictObject({
  slug: z.string(),
  title: z.string(),
  sourceUrl: z.string().nullable(),
  current: Snapshot.nullable(),
});

export const CreateLicense = z.strictObject({ publisher: Name, slug: Slug, title: requiredText(200) });
export type CreateLicense = z.infer<typeof CreateLicense>;

export const LicenseCreated = z.strictObject({ slug: z.string(), title: z.string(), kind: z.literal('standard') });

export const Clause = z.strictObject({
  kind: z.enum(Object.keys(CLAUSE_KINDS) as [ClauseKind, ...ClauseKind[]]),
  parameters: z.record(z.string().max(64), z.unknown()).default({}),
  quote: requiredText(20_000).describe('Words of the body that the clause stands for; they must occur in it exactly once'),
});
export const CreateLicenseVersion = z
  .strictObject({
    text: requiredText(MAX_BODY),
    assent: z.enum(['required', 'none']),
    coverage: z.enum(['organization', 'each-member']).default('organization'),
    channels: z
      .array(z.enum(CHANNELS))
      .min(1)
      .default([...CHANNELS]),
    clauses: z.array(Clause).max(100).default([]),
    policies: z.array(Name).max(20).default([]),
    attestations: z
      .array(z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), text: requiredText(500) }))
      .max(20)
      .default([]),
    effectiveFrom: Instant.optional(),
    reacceptance: z.enum(['inform', 'by-date', 'at-once']).default('inform'),
    reacceptFrom: Instant.optional(),
  })
  .refine((version) => (version.reacceptance === 'by-date') === (version.reacceptFrom !== undefined), {
    path: ['reacceptFrom'],
    message: 'goes with `by-date`, and only with it',
  });
export type CreateLicenseVersion = z.infer<typeof CreateLicenseVersion>;

export const LicenseVersion = z.strictObject({
  n: z.int(),
  sha256: Sha256,
  url: z.string(),
  state: z.enum(['scheduled', 'in-force', 'superseded']),
  assent: z.enum(['required', 'none']),
  coverage: z.enum(['organization', 'each-member']),
  channels: z.array(z.string()),
  effectiveFrom: Instant,
  reacceptance: z.enum(['inform', 'by-date', 'at-once']),
  clauses: z.array(z.strictObject({ kind: z.string(), parameters: z.record(z.string(), z.unknown()), start: z.int(), end: z.int() })),
  policies: z.array(z.string()),
});
export const License = z.strictObject({
  slug: z.string(),
  publisher: z.string(),
  title: z.string(),
  kind: z.enum(['standard', 'special']),
  versions: z.array(LicenseVersion),
});

/** One of the texts that an agreement binds to, by its digest. */
export const BindingDocument = z.strictObject({
  kind: z.enum(['license', 'policy']),
  title: z.string(),
  sha256: Sha256,
  url: z.string(),
  capturedAt: Instant.optional(),
});

export const Agreement = z.strictObject({
  id: Sha256,
  license: z.string(),
  version: z.int(),
  content: z.string().describe('The canonical JSON (RFC 8785) whose SHA-256 is the id'),
  documents: z.array(BindingDocument),
});
