import { z } from 'zod';

/** How much of the portal one client may take up. docs/operations/limits.md says what each is for. */
export const limitSettings = {
  PADDOCK_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(10)
    .max(100_000)
    .default(2000)
    .describe('Connections that one process serves at a time.'),
  PADDOCK_CONNECTIONS_PER_ADDRESS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(256)
    .describe('Connections that one address may have at a time, of HTTP and tracker; a trusted proxy may have all.'),
  PADDOCK_CLIENT_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(600)
    .default(20)
    .describe('How long a client may take to send its headers, and the time over which the pace of a body is judged.'),
  PADDOCK_CLIENT_BYTES_PER_SECOND: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(500)
    .describe('The pace below which a body that is being sent is refused.'),
  PADDOCK_STALLED_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3600)
    .default(180)
    .describe('After how long a client is cut that takes nothing of what it asked for.'),
};
