import { z } from 'zod';
import { Id, Instant, Paging } from '../fields.js';

export const DISCLOSURE_KINDS = [
  'audit-viewed',
  'audit-exported',
  'audit-export-ended',
  'evidence-read',
  'certificate-read',
  'dossier-exported',
  'dossier-read',
] as const;

export const ListDisclosures = Paging.extend({
  account: Id.optional().describe('Who was shown something'),
  kind: z.enum(DISCLOSURE_KINDS).optional(),
  from: Instant.optional(),
  to: Instant.optional().describe('Not included'),
});
export type ListDisclosures = z.infer<typeof ListDisclosures>;

/** That somebody was shown personal data; `detail` says of which kind, by which filters, how many rows, the first and the last. */
export const Disclosure = z.strictObject({
  id: Id,
  at: Instant,
  kind: z.enum(DISCLOSURE_KINDS),
  requestId: z.string(),
  account: Id.nullable(),
  name: z.string().nullable(),
  roles: z.array(z.string()).describe('That they held then'),
  subject: Id.nullable().describe('Of an export, which one; of evidence and certificates, which acceptance; of a dossier, which licensee'),
  detail: z.record(z.string(), z.unknown()),
});
