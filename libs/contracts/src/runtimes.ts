import { z } from 'zod';
import { Id, Instant, line, Name, Sha256, text } from './fields.js';

/** Of what is stored by its content in the registry. */
export const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be `sha256:` and 64 hexadecimal digits');
const MAX_BLOB = 1024 ** 4;

const RuntimeAccess = z.enum(['public', 'licensees']);
export const PutRuntime = z.strictObject({
  access: RuntimeAccess.describe('`licensees`: whoever holds a grant of any model of the publisher'),
});
export type PutRuntime = z.infer<typeof PutRuntime>;

export const RuntimeTag = z.strictObject({
  name: z.string(),
  digest: Digest,
  mediaType: z.string(),
  updatedAt: Instant,
});
export const Runtime = z.strictObject({
  id: Id,
  publisher: z.string(),
  name: z.string(),
  access: RuntimeAccess,
  reference: z.string().describe('What clients pull, without a tag: host/publisher/name'),
  tags: z.array(RuntimeTag),
});

export const OpenBlob = z.strictObject({ digest: Digest, size: z.int().min(0).max(MAX_BLOB) });
export type OpenBlob = z.infer<typeof OpenBlob>;

const many = z.union([text(128), z.array(text(128)).max(50)]).transform((value) => [value].flat());
export const PutManifest = z.strictObject({ mediaType: text(200), tag: many.default([]) });
export type PutManifest = z.infer<typeof PutManifest>;
export const ManifestPut = z.strictObject({ digest: Digest, mediaType: z.string(), size: z.number(), tags: z.array(z.string()) });

export const RecordVerification = z.strictObject({
  runtime: Name.describe('As `publisher/name`'),
  digest: Digest.describe('Of the image that was run'),
  engine: line(200).describe('Name and version of what ran the weights'),
  loadMilliseconds: z.number().min(0).max(86_400_000),
  tokensPerSecond: z.number().min(0).max(1e9),
  outputSha256: Sha256.describe('Of what came of the fixed prompt at temperature 0 in one thread'),
  verifiedAt: Instant,
});
export type RecordVerification = z.infer<typeof RecordVerification>;
export const Verification = RecordVerification.extend({ id: Id, image: z.string().describe('What clients pull, by digest') });

const ReleaseLayoutShown = z.strictObject({
  layout: z.enum(['modelpack', 'docker', 'ollama']),
  tag: z.string(),
  digest: Digest,
  mediaType: z.string(),
  size: z.number(),
  reference: z.string().describe('By digest'),
});
export const Instruction = z.strictObject({
  tool: z.enum(['docker', 'podman', 'kubernetes', 'llama.cpp', 'docker-model', 'ollama']),
  title: z.string(),
  /** Shell lines, or a document to be saved. */
  language: z.enum(['sh', 'yaml']),
  text: z.string(),
  needs: z.array(z.string()).describe('What has to be there before, in words'),
});
export const Instructions = z.strictObject({
  model: z.string(),
  release: z.string(),
  registry: z.string(),
  login: z.boolean().describe('Whether an access token with the scope `download` is needed'),
  layouts: z.array(ReleaseLayoutShown),
  image: z.string().nullable().describe('The runtime image that the commands run, by digest; null where the publisher offers none'),
  verified: z.boolean().describe('Whether the release was run with that image'),
  instructions: z.array(Instruction),
});
