import { ERASURE_PART_NAMES, RETENTION_KIND_NAMES, type ErasurePart } from '@paddock/domain';
import { z } from 'zod';
import { Id, Instant, Name, Paging, requiredText, text } from './fields.js';

/** Who they are, proved anew: a session that was left open is not enough. */
export const FreshProof = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('password'), password: text(200) }),
  z.strictObject({ method: z.literal('totp'), code: text(40) }),
  z.strictObject({ method: z.literal('recovery-code'), code: text(100) }),
  z.strictObject({ method: z.literal('sign-in') }).describe('For accounts without password and codes: a sign-in of the last 15 minutes'),
]);
export type FreshProof = z.infer<typeof FreshProof>;
export const Erase = z.strictObject({ proof: FreshProof });
export type Erase = z.infer<typeof Erase>;

const ErasureStates = z.enum(['requested', 'ended', 'minimum-kept', 'erased']);
const times = {
  requestedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  minimumKeptAt: Instant.nullable(),
  erasedAt: Instant.nullable(),
};
const Kept = z.strictObject({
  acceptance: Id,
  model: z.string(),
  publisher: z.string(),
  licensee: Id,
  until: Instant.nullable().describe('null: no date can be told'),
  why: z.enum(['legal-hold', 'grant', 'retention']),
});

export const ErasureStanding = z.strictObject({
  state: z.enum(['none', ...ErasureStates.options]),
  ...times,
  obstacles: z
    .array(z.strictObject({ code: z.enum(['last-officer', 'last-administrator']), detail: z.string(), organization: Id.nullable() }))
    .describe('What has to be mended first'),
  ends: z.array(
    z.strictObject({ part: z.enum(ERASURE_PART_NAMES as [ErasurePart, ...ErasurePart[]]), count: z.int(), meaning: z.string() }),
  ),
  kept: z.array(Kept).describe('Acceptances whose sealed minimum (typed name, licensee, hashes) stays, until when and why'),
});
export type ErasureStanding = z.infer<typeof ErasureStanding>;

export const ErasureListed = z.strictObject({
  account: Id,
  state: ErasureStates,
  ...times,
  kept: z.array(Kept),
});
export const ListErasures = Paging.extend({ state: ErasureStates.optional() });
export type ListErasures = z.infer<typeof ListErasures>;

const Kind = z.enum(RETENTION_KIND_NAMES);
const Days = z.int().min(0).max(36_500).nullable().describe('null: kept without end');
export const RetentionRule = z.strictObject({
  kind: Kind,
  publisher: z.string().nullable(),
  days: Days,
  meaning: z.string(),
  state: z.enum(['default', 'set']),
  setAt: Instant.nullable(),
});
export type RetentionRule = z.infer<typeof RetentionRule>;
export const SetRetentionRule = z.strictObject({ kind: Kind, publisher: Name.optional(), days: Days });
export type SetRetentionRule = z.infer<typeof SetRetentionRule>;
export const RunRetentionDry = z.strictObject({
  kind: Kind.optional(),
  days: Days.optional().describe('As if this were the rule of the kind'),
});
export type RunRetentionDry = z.infer<typeof RunRetentionDry>;
export const RetentionDryRun = z.strictObject({
  items: z.array(
    z.strictObject({
      kind: Kind,
      rows: z.int().describe('What would be erased now'),
      oldest: Instant.nullable(),
      newest: Instant.nullable(),
      held: z.int().describe('What would be, if no legal hold stood in the way'),
    }),
  ),
  nextCursor: z.null(),
});
export type RetentionDryRun = z.infer<typeof RetentionDryRun>;

const Scope = z.enum(['account', 'licensee', 'publisher']);
export const SetHold = z.strictObject({ scope: Scope, subject: Id, reason: requiredText(2000) });
export type SetHold = z.infer<typeof SetHold>;
export const LiftHold = z.strictObject({ reason: requiredText(2000) });
export type LiftHold = z.infer<typeof LiftHold>;
export const LegalHold = z.strictObject({
  id: Id,
  scope: Scope,
  subject: Id,
  state: z.enum(['open', 'lifted']),
  reason: z.string(),
  setBy: Id,
  setAt: Instant,
  liftedBy: Id.nullable(),
  liftedAt: Instant.nullable(),
  liftReason: z.string().nullable(),
});
export const ListHolds = Paging.extend({ state: z.enum(['open', 'lifted']).optional(), subject: Id.optional() });
export type ListHolds = z.infer<typeof ListHolds>;
