import { REQUEST_STATES } from '@paddock/domain';
import { z } from 'zod';
import { AccessRequest, RequestCommandBody } from './access-requests.js';
import { Email, Id, Instant, requiredText, Slug } from './fields.js';
import { FormField } from './forms.js';
import { PrerequisiteReviewed, RefereeReviewed } from './prerequisites.js';
import { Problem } from './problems.js';
import { TrustHints } from './rules.js';

/** null gives the request back to all reviewers. */
export const AssignRequest = z.strictObject({ reviewer: Email.nullable() });
export type AssignRequest = z.infer<typeof AssignRequest>;

export const CreateNote = z.strictObject({ text: requiredText(4000) });
export type CreateNote = z.infer<typeof CreateNote>;
export const Note = z.strictObject({ id: Id, by: z.string().nullable(), text: z.string().nullable(), at: Instant });

const Outcome = z.enum(['approve', 'reject', 'return']);
export const CreateReasonTemplate = z.strictObject({
  publisher: Slug,
  outcome: Outcome,
  title: requiredText(100),
  reason: requiredText(4000),
});
export type CreateReasonTemplate = z.infer<typeof CreateReasonTemplate>;
export const ReasonTemplate = CreateReasonTemplate.extend({ id: Id });

/** What reviewers of the model see beside the request itself. */
export const Review = z.strictObject({
  request: AccessRequest,
  fields: z.array(FormField).describe('What was asked: of the version of the form that the answers are for'),
  assignedTo: z.string().nullable(),
  hints: TrustHints.describe('Verified facts alone: what was typed proves nothing'),
  prerequisites: z.array(PrerequisiteReviewed).describe('How the applicant stands to what the request’s terms ask for'),
  referee: RefereeReviewed.nullable().describe('The latest that confirmed'),
  approvals: z.strictObject({ given: z.int(), needed: z.int() }),
  decisions: z.array(
    z.strictObject({ outcome: Outcome, by: z.string().nullable(), reason: z.string().nullable(), round: z.int(), at: Instant }),
  ),
  notes: z.array(Note),
  templates: z.array(ReasonTemplate),
});

const MAX_BULK = 1000;
export const BulkDecision = z.strictObject({
  command: Outcome,
  reason: RequestCommandBody.shape.reason,
  requests: z
    .array(z.strictObject({ id: Id, seen: RequestCommandBody.shape.seen }))
    .min(1)
    .max(MAX_BULK)
    .refine((requests) => new Set(requests.map(({ id }) => id)).size === requests.length, 'must name each request once'),
});
export type BulkDecision = z.infer<typeof BulkDecision>;
export const BulkDecided = z.strictObject({
  items: z.array(
    z.discriminatedUnion('result', [
      z.strictObject({ id: Id, result: z.literal('done'), state: z.enum(REQUEST_STATES) }),
      z.strictObject({ id: Id, result: z.literal('refused'), problem: Problem }),
    ]),
  ),
  done: z.int(),
  refused: z.int(),
});
