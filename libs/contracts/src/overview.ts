import { z } from 'zod';
import { COUNTED_BY } from './audit/counts.js';
import { Instant, Name } from './fields.js';

export const AskOverview = z
  .strictObject({
    from: Instant.optional(),
    to: Instant.optional().describe('Not included; now without it'),
    by: z.enum(COUNTED_BY).default('week').describe('Weeks begin on Monday; all in UTC'),
    model: Name.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || Date.parse(from) < Date.parse(to), {
    path: ['to'],
    error: 'must come after `from`',
  });
export type AskOverview = z.infer<typeof AskOverview>;

/** What happened in a time, as figures alone: of the models that the reader is staff of. */
export const Overview = z.strictObject({
  by: z.enum(COUNTED_BY),
  from: Instant,
  to: Instant,
  requests: z
    .array(
      z.strictObject({
        from: Instant,
        submitted: z.int(),
        approved: z.int(),
        rejected: z.int(),
        returned: z.int(),
        medianWait: z.number().nullable().describe('Seconds from submission to a person’s decision; null where there was none'),
      }),
    )
    .describe('Without gaps'),
  acceptances: z.array(z.strictObject({ license: z.string(), version: z.int(), accepted: z.int(), declined: z.int() })),
  downloads: z.array(
    z.strictObject({
      channel: z.string().nullable(),
      country: z.string().nullable().describe('Of the licensee; null: of the public, or not told'),
      links: z.int().describe('Issued'),
      bytes: z.number().describe('Sent'),
    }),
  ),
  refusals: z.array(z.strictObject({ code: z.string(), count: z.int() })).describe('Of links, when issued or used, by reason'),
});
export type Overview = z.infer<typeof Overview>;
