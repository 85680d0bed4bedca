import { z } from 'zod';
import { Email, Id, Instant, Paging, requiredText, Slug } from './fields.js';

const Domain = z
  .string()
  .max(253)
  .toLowerCase()
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/, 'must be a domain such as example.org');
const place = {
  publisher: Slug.optional().describe('Whose models are closed; without it, all of the portal'),
  reason: requiredText(2000).describe('What the person reads'),
  until: Instant.optional().describe('Without it, until it is lifted'),
};
export const CreateBlock = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), email: Email, ...place }),
  z.strictObject({ kind: z.literal('domain'), domain: Domain, ...place }),
]);
export type CreateBlock = z.infer<typeof CreateBlock>;

export const Block = z.strictObject({
  id: Id,
  kind: z.enum(['person', 'domain']),
  value: z.string(),
  publisher: z.string().nullable(),
  reason: z.string(),
  by: z.string().nullable(),
  createdAt: Instant,
  until: Instant.nullable(),
  state: z.enum(['active', 'expired', 'lifted']),
});
export const ListBlocks = Paging;
