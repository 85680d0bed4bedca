import { z } from 'zod';
import { Id, Instant, Sha256 } from '../fields.js';
import { GrantState } from '../grants.js';

const named = z.string().nullable();
const licensee = { licenseeKind: z.enum(['individual', 'organization']).nullable(), licenseeName: named, country: z.string().nullable() };

export const AcceptanceAudited = z.strictObject({
  id: Id,
  at: Instant,
  state: z.enum(['accepted', 'declined']),
  model: z.string(),
  release: z.string().nullable(),
  license: z.string(),
  licenseVersion: z.int(),
  agreement: Sha256,
  licensee: Id,
  ...licensee,
  signer: Id,
  signerName: named,
  signerEmail: named,
  grant: Id.nullable(),
  typedName: named.optional().describe('With `sealed` alone; null once the person was erased'),
  address: named.optional(),
  userAgent: named.optional(),
});

export const DecisionAudited = z.strictObject({
  id: Id,
  at: Instant,
  outcome: z.enum(['approve', 'reject', 'return']),
  request: Id,
  requestKind: z.string(),
  round: z.int(),
  model: z.string(),
  license: z.string(),
  licenseVersion: z.int(),
  reviewer: Id.nullable(),
  reviewerName: named,
  rule: z.string().nullable().describe('That decided in place of a person'),
  reason: z.string().nullable(),
  applicant: Id,
  applicantName: named,
  applicantEmail: named,
  licensee: Id,
  ...licensee,
});

export const GrantAudited = z.strictObject({
  id: Id,
  at: Instant,
  state: GrantState,
  model: z.string(),
  license: z.string(),
  origin: z.enum(['approval', 'acceptance', 'publication']),
  request: Id.nullable(),
  acceptance: Id.nullable(),
  licensee: Id.nullable().describe('null: of the public'),
  ...licensee,
  from: Instant.nullable(),
  until: Instant.nullable(),
  endedAt: Instant.nullable(),
  endedBy: Id.nullable(),
  reason: z.string().nullable().describe('Why it is suspended or has ended'),
});

export const DownloadAudited = z.strictObject({
  id: Id,
  at: Instant,
  kind: z.string(),
  model: z.string().nullable(),
  release: z.string().nullable(),
  link: Id.nullable(),
  grant: Id.nullable(),
  channel: z.string().nullable(),
  path: z.string().nullable(),
  bytes: z.number().nullable(),
  outcome: z.string().nullable(),
  code: z.string().nullable().describe('Of a refusal'),
  holder: Id.nullable(),
  holderName: named,
  holderEmail: named,
});

export const StaffActionAudited = z.strictObject({
  id: Id,
  at: Instant,
  kind: z.string(),
  requestId: z.string(),
  actor: Id,
  actorName: named,
  subject: Id.nullable(),
  model: z.string().nullable(),
  code: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});

export const SignInAudited = z.strictObject({
  id: Id,
  at: Instant,
  kind: z.string(),
  requestId: z.string(),
  account: Id.nullable().describe('null: nobody has the e-mail that was tried'),
  name: named,
  email: named,
  way: z.string().nullable(),
  code: z.string().nullable().describe('Of a refusal'),
});

export const EventAudited = z.strictObject({
  id: Id,
  kind: z.string(),
  at: Instant,
  requestId: z.string(),
  actor: Id.nullable(),
  holder: Id.nullable(),
  subject: Id.nullable(),
  model: z.string().nullable(),
  code: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
