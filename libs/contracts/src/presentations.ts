import { z } from 'zod';
import { Answers, Id, Instant, LicenseeInput, Name, requiredText, Sha256 } from './fields.js';
import { BindingDocument } from './licenses.js';

export const CreatePresentation = z.strictObject({
  model: Name,
  release: Name.optional(),
  licensee: LicenseeInput.optional(),
  answers: Answers.optional(),
});
export type CreatePresentation = z.infer<typeof CreatePresentation>;

export const Presentation = z.strictObject({
  id: Id,
  state: z.enum(['presented', 'accepted', 'declined', 'expired', 'outdated']),
  agreement: Sha256,
  expiresAt: Instant,
  documents: z.array(BindingDocument),
  assent: z.strictObject({
    label: z.string(),
    button: z.string(),
    attestations: z.array(z.strictObject({ id: z.string(), text: z.string() })),
  }),
});

export const CreateAcceptance = z.union([
  z.strictObject({
    presentation: Id,
    typedName: requiredText(200),
    attestations: z.record(z.string().max(40), z.boolean()).default({}),
    assented: z.literal(true),
  }),
  z.strictObject({ presentation: Id, declined: z.literal(true) }),
]);
export type CreateAcceptance = z.infer<typeof CreateAcceptance>;

export const Acceptance = z.strictObject({
  id: Id,
  state: z.enum(['accepted', 'declined']),
  agreement: Sha256,
  model: z.string(),
  license: z.string(),
  licenseVersion: z.int(),
  typedName: z.string().nullable().describe('null for a decline, and after the final erasure'),
  attestations: z.record(z.string(), z.boolean()),
  at: Instant,
  joins: Id.nullable().describe('The organization’s acceptance that this member’s own joins'),
  grant: Id.nullable(),
});
