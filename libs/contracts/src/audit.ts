import { z } from 'zod';
import { Id, Instant, Name, Paging, Sha256, text } from './fields.js';

export const ListAudit = Paging.extend({
  model: Name.optional(),
  release: Name.optional(),
  license: Name.optional(),
  licenseVersion: z.coerce.number().int().min(1).optional(),
  agreement: Sha256.optional(),
  licensee: Id.optional(),
  signer: Id.optional(),
  state: z.enum(['accepted', 'declined']).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  q: text(200).optional(),
});
export type ListAudit = z.infer<typeof ListAudit>;

export const AcceptanceAudited = z.strictObject({
  id: Id,
  at: Instant,
  state: z.enum(['accepted', 'declined']),
  model: z.string(),
  release: z.string().nullable(),
  license: z.string(),
  licenseVersion: z.int(),
  agreement: Sha256,
  licensee: Id,
  licenseeKind: z.enum(['individual', 'organization']),
  licenseeName: z.string().nullable(),
  country: z.string().nullable(),
  signer: Id,
  signerName: z.string().nullable(),
  signerEmail: z.string().nullable(),
  grant: Id.nullable(),
});
export type AcceptanceAudited = z.infer<typeof AcceptanceAudited>;

export const ListEvents = Paging.extend({
  kind: text(60).optional(),
  subject: Id.optional(),
  actor: Id.optional(),
  model: Name.optional(),
  from: Instant.optional(),
  to: Instant.optional(),
});
export type ListEvents = z.infer<typeof ListEvents>;
export const EventAudited = z.strictObject({
  id: Id,
  kind: z.string(),
  at: Instant,
  requestId: z.string(),
  actor: Id.nullable(),
  holder: Id.nullable(),
  subject: Id.nullable(),
  model: z.string().nullable(),
  code: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
