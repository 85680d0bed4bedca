import { z } from 'zod';

const perMinute = z.coerce.number().int().min(0).max(10_000_000).optional();

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
  PADDOCK_REQUESTS_PER_ADDRESS: perMinute.describe(
    'Requests that one address may make in a minute; 0 for any number. Default: 6000, and any number on loopback without a proxy.',
  ),
  PADDOCK_REQUESTS_PER_PERSON: perMinute.describe(
    'Requests that one person or service seat may make in a minute; 0 for any number. Default: 3000, and any number on loopback without a proxy.',
  ),
};

/** On this machine alone there is nobody to be kept out; behind a proxy there is, whatever address it is on. */
export function requestsPerMinute(
  given: { PADDOCK_REQUESTS_PER_ADDRESS?: number | undefined; PADDOCK_REQUESTS_PER_PERSON?: number | undefined },
  local: boolean,
) {
  return {
    address: given.PADDOCK_REQUESTS_PER_ADDRESS ?? (local ? 0 : 6000),
    person: given.PADDOCK_REQUESTS_PER_PERSON ?? (local ? 0 : 3000),
  };
}
