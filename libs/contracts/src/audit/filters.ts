import { z } from 'zod';
import { Id, Instant, Name, Paging, Sha256, text } from '../fields.js';
import { GrantState } from '../grants.js';

/** What every kind of audit row is narrowed by. */
const Narrowed = Paging.extend({
  from: Instant.optional(),
  to: Instant.optional().describe('Not included'),
  q: text(200).optional().describe('Free text, looked for as it stands'),
});

const licensed = { model: Name.optional(), license: Name.optional(), licenseVersion: z.coerce.number().int().min(1).optional() };
const eventKind = { kind: text(60).optional() };

/** Checked last, for a refined schema cannot be extended. */
const inOrder = <T extends z.ZodType<{ from?: string | undefined; to?: string | undefined }>>(schema: T) =>
  schema.refine(({ from, to }) => from === undefined || to === undefined || Date.parse(from) < Date.parse(to), {
    path: ['to'],
    error: 'must come after `from`',
  });

export const ListAcceptances = inOrder(
  Narrowed.extend({
    ...licensed,
    release: Name.optional(),
    agreement: Sha256.optional(),
    licensee: Id.optional(),
    signer: Id.optional(),
    state: z.enum(['accepted', 'declined']).optional(),
    sealed: z.stringbool().optional().describe('Opens typed name, address and user agent, where one may'),
  }),
);
export const ListDecisions = inOrder(
  Narrowed.extend({
    ...licensed,
    request: Id.optional(),
    applicant: Id.optional(),
    licensee: Id.optional(),
    reviewer: Id.optional(),
    outcome: z.enum(['approve', 'reject', 'return']).optional(),
    by: z.enum(['person', 'rule']).optional(),
  }),
);
export const ListGrantsAudited = inOrder(
  Narrowed.extend({
    model: Name.optional(),
    license: Name.optional(),
    licensee: Id.optional(),
    state: GrantState.optional(),
    origin: z.enum(['approval', 'acceptance', 'publication']).optional(),
  }),
);
export const ListDownloads = inOrder(
  Narrowed.extend({
    ...eventKind,
    model: Name.optional(),
    release: Name.optional(),
    grant: Id.optional(),
    link: Id.optional(),
    holder: Id.optional(),
    channel: text(30).optional(),
    code: text(60).optional(),
  }),
);
export const ListStaffActions = inOrder(
  Narrowed.extend({ ...eventKind, model: Name.optional(), subject: Id.optional(), actor: Id.optional() }),
);
export const ListSignIns = inOrder(Narrowed.extend({ ...eventKind, account: Id.optional(), code: text(60).optional() }));
export const ListEvents = inOrder(
  Narrowed.omit({ q: true }).extend({ ...eventKind, model: Name.optional(), subject: Id.optional(), actor: Id.optional() }),
);
