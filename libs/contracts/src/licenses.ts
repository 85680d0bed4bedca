import { CHANNELS, REACCEPTANCE_NAMES } from '@paddock/domain';
import { z } from 'zod';
import { Clause, ShownClause } from './clauses.js';
import { DiffPart } from './policies.js';
import { Id, Instant, line, MAX_LEGAL_TEXT, Name, Paging, requiredText, Sha256, Slug } from './fields.js';

export const LicenseKind = z.enum(['standard', 'special']);
export type LicenseKind = z.infer<typeof LicenseKind>;
export const CreateLicense = z.strictObject({
  publisher: Name,
  slug: Slug,
  title: requiredText(200),
  special: z
    .strictObject({ licensee: Id, base: Name.describe('The standard license that it varies, in the version in force') })
    .optional()
    .describe('Terms for one licensee alone, such as one whose request for a special license waits'),
});
export type CreateLicense = z.infer<typeof CreateLicense>;

export const LicenseCreated = z.strictObject({ slug: z.string(), title: z.string(), kind: LicenseKind });

const Attestation = z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), text: requiredText(500) });
export const CreateLicenseVersion = z
  .strictObject({
    text: requiredText(MAX_LEGAL_TEXT),
    assent: z.enum(['required', 'none']),
    coverage: z.enum(['organization', 'each-member']).default('organization'),
    channels: z
      .array(z.enum(CHANNELS))
      .min(1)
      .default([...CHANNELS]),
    clauses: z.array(Clause).max(100).default([]),
    policies: z.array(Name).max(20).default([]),
    attestations: z.array(Attestation).max(20).default([]),
    effectiveFrom: Instant.optional(),
    reacceptance: z.enum(REACCEPTANCE_NAMES).default('inform'),
    reacceptFrom: Instant.optional(),
    surface: z.enum(['any', 'page']).default('any').describe('`page`: only the portal’s own page takes the acceptance'),
    spdx: line(64).optional().describe('Where the text is one of the SPDX license list: its identifier'),
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
  reacceptance: z.enum(REACCEPTANCE_NAMES),
  reacceptFrom: Instant.nullable(),
  surface: z.enum(['any', 'page']),
  clauses: z.array(ShownClause),
  policies: z.array(z.string()),
  attestations: z.array(Attestation).describe('What whoever accepts confirms, each for itself'),
  spdx: z.string().nullable(),
});
export const License = z.strictObject({
  slug: z.string(),
  publisher: z.string(),
  title: z.string(),
  kind: LicenseKind,
  base: z.strictObject({ license: z.string(), version: z.int() }).nullable().describe('Of a special license: what it varies'),
  versions: z.array(LicenseVersion),
});

export const ListLicenses = Paging.extend({ kind: LicenseKind.optional(), publisher: Name.optional() });
export type ListLicenses = z.infer<typeof ListLicenses>;
export const LicenseListed = License.omit({ versions: true }).extend({
  current: LicenseVersion.pick({ n: true, sha256: true, url: true, assent: true, effectiveFrom: true, spdx: true })
    .nullable()
    .describe('The version in force'),
  scheduled: LicenseVersion.pick({ n: true, effectiveFrom: true }).nullable().describe('The next version to come into force'),
  models: z.array(z.string()).describe('Models whose access terms name it'),
});
export type LicenseListed = z.infer<typeof LicenseListed>;

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

export const VersionNumber = z.coerce.number().int().min(1);
export const CompareVersions = z.strictObject({ from: VersionNumber, to: VersionNumber });
export type CompareVersions = z.infer<typeof CompareVersions>;
const ComparedVersion = z.strictObject({ n: z.int(), sha256: Sha256 });
export const VersionComparison = z.strictObject({
  license: z.string(),
  from: ComparedVersion,
  to: ComparedVersion,
  parts: z.array(DiffPart),
});

/** A document that two agreements do not share. */
export const DocumentDifference = z.strictObject({
  kind: z.enum(['license', 'policy']),
  title: z.string(),
  before: Sha256.nullable(),
  after: Sha256.nullable(),
  diff: z.string().nullable().describe('Where both are compared word by word'),
});
