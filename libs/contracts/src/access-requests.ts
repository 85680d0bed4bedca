import { REQUEST_KINDS, REQUEST_STATES, type RequestKind } from '@paddock/domain';
import { z } from 'zod';
import { Answers, Id, Instant, LicenseeInput, Name, Paging, requiredText, Sha256, text } from './fields.js';

const UseStatement = requiredText(10_000);

export const CreateAccessRequest = z.strictObject({
  model: Name,
  kind: z.enum(Object.keys(REQUEST_KINDS) as [RequestKind, ...RequestKind[]]).default('access'),
  previous: Id.optional().describe('Of a renewal: the request that was approved before; without it, the latest'),
  licensee: LicenseeInput,
  answers: Answers.default({}),
  useStatement: UseStatement.optional().describe('Required of a renewal: what was done with the weights so far'),
});
export type CreateAccessRequest = z.infer<typeof CreateAccessRequest>;
export const EditAccessRequest = z.strictObject({ answers: Answers, useStatement: UseStatement.optional() });
export type EditAccessRequest = z.infer<typeof EditAccessRequest>;

export const RequestCommandBody = z.strictObject({
  reason: text(4000).optional(),
  seen: z.strictObject({ licenseVersion: Id.optional(), answersHash: Sha256.optional() }).optional(),
});
export type RequestCommandBody = z.infer<typeof RequestCommandBody>;

export const RequestState = z.enum(REQUEST_STATES);
export const ListAccessRequests = Paging.extend({
  state: RequestState.optional(),
  model: Name.optional(),
  scope: z.enum(['own', 'review']).default('own'),
  assigned: z.enum(['me', 'nobody', 'anybody']).optional().describe('Of the review queue: to whom it is assigned'),
  awaiting: z.stringbool().optional().describe('Of the review queue: only what awaits a decision'),
  order: z.enum(['waiting', 'newest']).default('newest').describe('Of the review queue: longest waiting first, or newest first'),
  q: text(200).optional().describe('Of the review queue: part of the name or e-mail of the applicant, or of the organization'),
});
export type ListAccessRequests = z.infer<typeof ListAccessRequests>;

const Decision = z.strictObject({
  outcome: z.enum(['approve', 'reject', 'return']),
  reason: z.string().nullable(),
  at: Instant,
  round: z.int(),
});
export const AccessRequest = z.strictObject({
  id: Id,
  kind: z.string(),
  model: z.string(),
  state: RequestState,
  licensee: z.strictObject({
    id: Id,
    kind: z.enum(['individual', 'organization']),
    name: z.string().nullable(),
    country: z.string().nullable(),
  }),
  form: z.int().nullable().describe('The version of the form that the answers are for'),
  answers: z.record(z.string(), z.unknown()),
  useStatement: z.string().nullable(),
  previous: Id.nullable(),
  answersHash: Sha256,
  licenseVersion: Id,
  round: z.int(),
  createdAt: Instant,
  submittedAt: Instant.nullable(),
  appealUntil: Instant.nullable(),
  decisions: z.array(Decision),
  grant: Id.nullable().describe('Set once approved'),
  queue: z
    .strictObject({
      position: z.int().min(1).describe('Among the requests for this model that await a person; a returned one keeps its place'),
      wait: z
        .strictObject({ median: z.number(), p90: z.number(), decisions: z.int() })
        .nullable()
        .describe('Seconds that recent decisions took; null: not known yet'),
    })
    .nullable()
    .describe('null unless a decision is awaited'),
});
export const AccessRequestListed = AccessRequest.pick({
  id: true,
  kind: true,
  model: true,
  state: true,
  createdAt: true,
  submittedAt: true,
}).extend({
  applicant: z.string().nullable(),
  licensee: z.string().nullable(),
  assignedTo: z.string().nullable().describe('For reviewers'),
});
