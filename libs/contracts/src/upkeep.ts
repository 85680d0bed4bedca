import { z } from 'zod';
import { Id, Instant, Name, Paging, requiredText, text } from './fields.js';

export const StateDeletion = z.strictObject({
  deleted: z.literal(true).describe('All copies of the weights are deleted'),
  statement: text(4000).optional(),
});
export type StateDeletion = z.infer<typeof StateDeletion>;

export const DeletionState = z.enum(['outstanding', 'overdue', 'stated', 'waived']);
export const DeletionStatement = z.strictObject({
  grant: Id,
  model: z.string(),
  licensee: z.string().nullable(),
  cause: z.enum(['expired', 'revoked']),
  state: DeletionState.describe('waived: the licensee holds another grant for the model'),
  askedAt: Instant,
  dueAt: Instant,
  statedAt: Instant.nullable(),
  by: z.string().nullable(),
  statement: z.string().nullable(),
});
export const ListDeletions = Paging.extend({
  scope: z.enum(['own', 'review']).default('own'),
  state: DeletionState.optional(),
  model: Name.optional(),
});
export type ListDeletions = z.infer<typeof ListDeletions>;

export const GrantReview = z.strictObject({
  id: Id,
  grant: Id,
  model: z.string(),
  licensee: z.string().nullable(),
  cause: z.enum(['email-changed', 'affiliation-changed']),
  state: z.enum(['open', 'closed']),
  openedAt: Instant,
  closedAt: Instant.nullable(),
  by: z.string().nullable(),
  note: z.string().nullable(),
});
export const ListGrantReviews = Paging.extend({ state: z.enum(['open', 'closed']).optional(), model: Name.optional() });
export type ListGrantReviews = z.infer<typeof ListGrantReviews>;
export const CloseGrantReview = z.strictObject({ note: requiredText(4000) });
export type CloseGrantReview = z.infer<typeof CloseGrantReview>;
