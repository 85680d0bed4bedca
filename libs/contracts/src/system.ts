import { MAIL_STATE_NAMES } from '@paddock/domain';
import { z } from 'zod';
import { Instant } from './fields.js';

const Up = z.enum(['up', 'down']);

/** How the portal stands, for whoever runs it; `/health/ready` says the first of it to machines. */
export const SystemStanding = z.strictObject({
  state: z.enum(['ready', 'not-ready']),
  database: Up,
  store: Up,
  startedAt: Instant.describe('Of the process that answers'),
  ledger: z.strictObject({
    size: z.number().describe('Entries under the newest checkpoint'),
    checkpointAt: Instant.nullable(),
    cosignatures: z.int().describe('Of the newest checkpoint, by witnesses'),
    waiting: z.int().describe('Entries that no checkpoint covers yet'),
    oldestWaitingAt: Instant.nullable(),
    halted: z
      .strictObject({ reason: z.string(), detail: z.string(), remedy: z.string() })
      .nullable()
      .describe('Why no further checkpoint is signed, as the process that answers found it'),
  }),
  mail: z.array(z.strictObject({ state: z.enum(MAIL_STATE_NAMES), count: z.int(), oldest: Instant })),
  webhooks: z.strictObject({ pending: z.int(), failed: z.int(), oldestPendingAt: Instant.nullable() }),
  captures: z
    .array(z.strictObject({ policy: z.string(), at: Instant, reason: z.string().nullable() }))
    .describe('Policies whose latest look failed'),
  uploads: z.int().describe('Begun and not complete'),
});
export type SystemStanding = z.infer<typeof SystemStanding>;
