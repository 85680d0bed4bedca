import { SURFACES, type Surface } from '@paddock/domain';
import { z } from 'zod';
import { Answers, Id, Instant, LicenseeInput, Name, requiredText, Sha256, text } from './fields.js';
import { BindingDocument, DocumentDifference } from './licenses.js';

export const CreatePresentation = z.strictObject({
  model: Name,
  release: Name.optional(),
  licensee: LicenseeInput.optional(),
  answers: Answers.optional(),
  page: z.string().max(400).optional().describe('Proof that the portal’s page asks; without it the surface is `api`'),
});
export type CreatePresentation = z.infer<typeof CreatePresentation>;

export const Presentation = z.strictObject({
  id: Id,
  state: z.enum(['presented', 'accepted', 'declined', 'expired', 'outdated']),
  agreement: Sha256,
  surface: z.enum(Object.keys(SURFACES) as [Surface, ...Surface[]]),
  presentedAt: Instant,
  expiresAt: Instant,
  previous: z
    .strictObject({ acceptance: Id, agreement: Sha256, acceptedAt: Instant, differences: z.array(DocumentDifference) })
    .nullable()
    .describe('What this licensee accepted before, and what has changed since'),
  documents: z.array(BindingDocument),
  assent: z.strictObject({
    label: z.string(),
    button: z.string(),
    attestations: z.array(z.strictObject({ id: z.string(), text: z.string() })),
  }),
});

export const ReportObservations = z.strictObject({
  observations: z
    .array(
      z.strictObject({
        kind: z.enum(['opened', 'scrolled-to-end', 'checked', 'unchecked']),
        subject: text(64).describe('A document’s SHA-256, or an attestation’s id'),
        at: Instant.describe('By the browser’s clock'),
      }),
    )
    .min(1)
    .max(100),
});
export type ReportObservations = z.infer<typeof ReportObservations>;
export const ObservationsRecorded = z.strictObject({ recorded: z.int() });

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
