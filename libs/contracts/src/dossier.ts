import { REQUEST_STATES } from '@paddock/domain';
import { z } from 'zod';
import { Id, Instant, Sha256 } from './fields.js';
import { GrantState } from './grants.js';

/** What is recorded of one licensee, as far as the reader may see it: the dossier at a glance. */
export const Dossier = z.strictObject({
  id: Id,
  kind: z.enum(['individual', 'organization']),
  name: z.string().nullable(),
  country: z.string().nullable(),
  complete: z.boolean().describe('Whether the reader sees all of it, and not only what concerns their models'),
  requests: z.array(
    z.strictObject({ id: Id, model: z.string(), kind: z.string(), state: z.enum(REQUEST_STATES), submittedAt: Instant.nullable() }),
  ),
  acceptances: z.array(
    z.strictObject({
      id: Id,
      model: z.string(),
      license: z.string(),
      licenseVersion: z.int(),
      agreement: Sha256,
      state: z.enum(['accepted', 'declined']),
      at: Instant,
    }),
  ),
  grants: z.array(
    z.strictObject({
      id: Id,
      model: z.string(),
      license: z.string(),
      state: GrantState,
      from: Instant.nullable(),
      until: Instant.nullable(),
    }),
  ),
  links: z.int(),
});
export type Dossier = z.infer<typeof Dossier>;
