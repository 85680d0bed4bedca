import { MAIL_STATE_NAMES, REVIEW_DIGESTS } from '@paddock/domain';
import { z } from 'zod';
import { Id, Instant, Paging } from './fields.js';

export const ListMail = Paging.extend({ state: z.enum(MAIL_STATE_NAMES).optional() });
export type ListMail = z.infer<typeof ListMail>;

export const Mail = z.strictObject({
  id: Id,
  recipient: z.string(),
  subject: z.string(),
  body: z.string().describe('The text part'),
  attachments: z.array(z.string()).describe('The names of the files that it carries'),
  messageId: z.string().describe('Made with the mail: every attempt carries it'),
  state: z.enum(MAIL_STATE_NAMES),
  reason: z.string().nullable().describe('What the last attempt came to, in the mail server’s words where it had some'),
  attempts: z.int(),
  dueAt: Instant.nullable().describe('The next attempt, or the digest'),
  createdAt: Instant,
  sentAt: Instant.nullable(),
});
export type Mail = z.infer<typeof Mail>;

export const MailPreferences = z.strictObject({
  reviewDigest: z.enum(REVIEW_DIGESTS).describe('Mail about requests to review: each at once, one a day, one a week, or none'),
});
export type MailPreferences = z.infer<typeof MailPreferences>;
