import { MOF_CLASSES, OPENNESS_DIMENSIONS } from '@paddock/domain';
import { z } from 'zod';
import { Prerequisites } from './prerequisites.js';
import { Verification } from './runtimes.js';
import { Id, Instant, Name, ReleaseName, requiredText, Sha256, Slug, text } from './fields.js';

export const CreatePublisher = z.strictObject({ slug: Slug, legalName: requiredText(200), domain: text(253).optional() });
export type CreatePublisher = z.infer<typeof CreatePublisher>;

export const PublisherCreated = z.strictObject({ slug: z.string(), legalName: z.string() });
export const PublisherListed = PublisherCreated.extend({ id: Id, domain: z.string().nullable() });

const OpennessState = z.enum(['open', 'licensed', 'closed']);
export const CreateModel = z.strictObject({
  publisher: Name,
  slug: Slug,
  title: requiredText(200),
  summary: text(2000).default(''),
  openness: z.partialRecord(z.enum(OPENNESS_DIMENSIONS), OpennessState).default({}),
});
export type CreateModel = z.infer<typeof CreateModel>;

export const Admission = z.enum(['application', 'assent', 'open']);
export const PutTerms = z.strictObject({
  admission: Admission,
  license: Name,
  approvals: z.union([z.literal(1), z.literal(2)]).default(1),
  grantDays: z.int().min(1).max(3650).nullable().default(365),
  form: z.int().min(1).nullable().optional().describe('The version of the form that is asked; null for none; without it, as before'),
  prerequisites: Prerequisites.optional().describe('What is asked of whoever wants access; without it, as before'),
});
export type PutTerms = z.infer<typeof PutTerms>;
export const Terms = PutTerms.extend({
  model: z.string(),
  n: z.int(),
  form: z.int().nullable(),
  prerequisites: Prerequisites,
  state: z.literal('in-force'),
});
export const NoTerms = z.strictObject({ model: z.string(), n: z.null() });

const Openness = z.strictObject({
  dimensions: z.array(z.strictObject({ dimension: z.enum(OPENNESS_DIMENSIONS), state: OpennessState })),
  open: z.int(),
  of: z.int(),
});
const OpennessDimension = z.enum(OPENNESS_DIMENSIONS);
/** Of a release: with the license held against the Open Source Definition, and the class of the Model Openness Framework. */
export const ReleaseOpenness = Openness.extend({
  license: z.strictObject({
    spdx: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
    osiApproved: z.boolean(),
    fails: z.array(
      z.strictObject({
        criterion: z.int(),
        title: z.string(),
        quote: z.string().describe('Of the Open Source Definition'),
        clause: z
          .strictObject({ kind: z.string(), start: z.int(), end: z.int(), words: z.string().nullable() })
          .nullable()
          .describe('The clause that fails it, in its words; null: the license as a whole does'),
      }),
    ),
  }),
  mof: z.strictObject({ class: z.enum(MOF_CLASSES).nullable(), missing: z.array(OpennessDimension).describe('For the next class') }),
  gate: z.strictObject({ admission: Admission.nullable(), cost: z.string().nullable().describe('What gating costs in openness') }),
});
export const LicenseRef = z.strictObject({ slug: z.string(), title: z.string(), version: z.int(), sha256: Sha256, url: z.string() });
export const ModelListed = z.strictObject({
  slug: z.string(),
  publisher: z.string(),
  title: z.string(),
  summary: z.string(),
  admission: Admission.nullable(),
  license: LicenseRef.nullable(),
  openness: Openness,
});

/** How long people's decisions on a model's requests took, in seconds; null while there are too few to tell. */
export const Waiting = z.strictObject({
  wait: z.strictObject({ median: z.number(), p90: z.number(), decisions: z.int() }).nullable(),
});

export const ReadableAsked = z.strictObject({ path: z.string().min(1).max(512) });
export type ReadableAsked = z.infer<typeof ReadableAsked>;

export const CreateRelease = z.strictObject({ name: ReleaseName, license: Name.optional() });
export type CreateRelease = z.infer<typeof CreateRelease>;
const ReleaseState = z.enum(['draft', 'published', 'withdrawn']);
export const ReleaseListed = z.strictObject({
  name: z.string(),
  state: ReleaseState,
  publishedAt: Instant.nullable(),
  files: z.int(),
  size: z.number(),
  weights: z
    .strictObject({
      format: z.string(),
      architecture: z.string().nullable(),
      parameters: z.number().nullable(),
      quantization: z.string().nullable(),
      contextLength: z.number().nullable().describe('In tokens'),
      size: z.number().describe('Bytes of the weights alone'),
      memory: z.number().describe('Bytes of memory to run it with 4,096 tokens of context, at most'),
    })
    .nullable()
    .describe('What the files say of themselves; null where none does'),
});
export const Model = ModelListed.extend({ releases: z.array(ReleaseListed) });

export const Artifact = z.strictObject({
  path: z.string(),
  size: z.number(),
  sha256: Sha256,
  mediaType: z.string(),
  access: z.enum(['gated', 'public']),
  header: z.record(z.string(), z.unknown()).nullable().describe('What the file says of itself (GGUF, safetensors)'),
});
export const Release = z.strictObject({
  model: z.string(),
  name: z.string(),
  state: ReleaseState,
  reason: z.string().nullable(),
  replacement: z.string().nullable(),
  publishedAt: Instant.nullable(),
  license: LicenseRef.nullable(),
  openness: ReleaseOpenness,
  artifacts: z.array(Artifact),
  ociReference: z.string().nullable().describe('What registry clients pull; null while it is a draft'),
  verifiedWith: z.array(Verification).describe('Runtime images that ran it, the latest first; none: not verified'),
});
export const ReleaseCommand = z.strictObject({ reason: text(2000).optional(), replacement: ReleaseName.optional() });
export type ReleaseCommand = z.infer<typeof ReleaseCommand>;

export const OpenUpload = z.strictObject({
  path: z.string().max(512),
  size: z.int().min(0),
  access: z.enum(['gated', 'public']).default('gated'),
  releaseSize: z
    .int()
    .min(0)
    .optional()
    .describe('Bytes of all files of the release, where they are known: then its torrent is hashed as they arrive'),
});
export type OpenUpload = z.infer<typeof OpenUpload>;
export const Upload = z.strictObject({
  id: Id,
  path: z.string(),
  size: z.number(),
  offset: z.number(),
  state: z.enum(['open', 'complete']),
  sha256: Sha256.optional(),
});
export type Upload = z.infer<typeof Upload>;
