import { REACCEPTANCE_NAMES, SCHEDULE_NAMES, SNAPSHOT_STATE_NAMES } from '@paddock/domain';
import { z } from 'zod';
import { Id, Instant, MAX_LEGAL_TEXT, Name, requiredText, Sha256, Slug } from './fields.js';

const Title = requiredText(200);
const SourceUrl = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && !url.username && !url.password;
  }, 'must carry no credentials: everyone may read where a policy comes from')
  .describe('Where the text is captured from; no credentials');
const Schedule = z.enum(SCHEDULE_NAMES);
const Reacceptance = z.enum(REACCEPTANCE_NAMES);

export const StandingRule = z
  .strictObject({
    afterDays: z.int().min(0).max(365),
    reacceptance: Reacceptance.default('inform'),
    acceptWithinDays: z.int().min(1).max(365).optional(),
  })
  .refine((rule) => (rule.reacceptance === 'by-date') === (rule.acceptWithinDays !== undefined), {
    path: ['acceptWithinDays'],
    message: 'goes with `by-date`, and only with it',
  });

export const CreatePolicy = z
  .strictObject({
    publisher: Name.optional().describe('Whose policy it is; may be left out where only one publisher comes into question'),
    slug: Slug,
    title: Title,
    sourceUrl: SourceUrl.optional(),
    text: requiredText(MAX_LEGAL_TEXT).optional(),
    schedule: Schedule.optional().describe('How often the source is captured; `daily` without it'),
    standingRule: StandingRule.nullable()
      .default(null)
      .describe('Makes changed texts effective without a person; null: each waits for one'),
  })
  .refine((policy) => (policy.sourceUrl === undefined) !== (policy.text === undefined), {
    path: ['sourceUrl'],
    message: 'give either a source or a text that is kept here',
  })
  .refine((policy) => policy.sourceUrl !== undefined || (policy.schedule === undefined && policy.standingRule === null), {
    path: ['schedule'],
    message: 'a schedule and a standing rule go with a source only',
  });
export type CreatePolicy = z.infer<typeof CreatePolicy>;

export const ChangePolicy = z
  .strictObject({ title: Title, sourceUrl: SourceUrl, schedule: Schedule, standingRule: StandingRule.nullable() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'changes nothing');
export type ChangePolicy = z.infer<typeof ChangePolicy>;

const WhenItBinds = z.strictObject({
  effectiveFrom: Instant.optional().describe('Without it: at once'),
  reacceptance: Reacceptance.default('inform'),
  reacceptFrom: Instant.optional().describe('With `by-date` only'),
});
/** What a newer text would ask of those who accepted an earlier one. */
export const Consequences = z.strictObject({
  effectiveFrom: Instant,
  reacceptance: Reacceptance,
  reacceptFrom: Instant.nullable(),
  grants: z.int(),
  licensees: z.int().describe('Who hold a grant on an earlier text; each is told'),
  mustAcceptAgain: z.int(),
  summary: z.string(),
  models: z.array(z.strictObject({ model: z.string(), grants: z.int(), licensees: z.int() })),
});

export const MakeEffective = WhenItBinds;
export type MakeEffective = z.infer<typeof MakeEffective>;
export const PublishText = WhenItBinds.extend({ text: requiredText(MAX_LEGAL_TEXT) });
export type PublishText = z.infer<typeof PublishText>;
export const DismissSnapshot = z.strictObject({ reason: requiredText(2000) });
export type DismissSnapshot = z.infer<typeof DismissSnapshot>;

export const Snapshot = z.strictObject({
  id: Id,
  capturedAt: Instant,
  sha256: Sha256.describe('Of the bytes as they were received'),
  state: z.enum(SNAPSHOT_STATE_NAMES),
  effectiveFrom: Instant.nullable(),
  reacceptance: Reacceptance.nullable().describe('null until it is decided on'),
  reacceptFrom: Instant.nullable(),
  dismissReason: z.string().nullable(),
  url: z.string().describe('The bytes as they were received'),
  memento: z.string().describe('The snapshot as a page or as text'),
  text: z.string().describe('The text that binds'),
  textSha256: Sha256,
  extractor: z.string().describe('The library, and its version, that extracted the text'),
  pdf: z.string().nullable(),
  warc: z.string().nullable().describe('null for a text that was written here'),
  timestamps: z
    .array(z.strictObject({ authority: z.string(), at: Instant, token: z.string() }))
    .describe('RFC 3161; empty where none was had'),
});
export type Snapshot = z.infer<typeof Snapshot>;

export const Policy = z.strictObject({
  slug: z.string(),
  publisher: z.string(),
  title: z.string(),
  sourceUrl: z.string().nullable(),
  schedule: Schedule.nullable(),
  standingRule: StandingRule.nullable(),
  current: Snapshot.nullable().describe('What is in force now, or was at the time that `on` names'),
  pending: z.int().describe('Snapshots that are to be decided on'),
});
export const PolicyAsked = z.strictObject({ on: Instant.optional() });
export type PolicyAsked = z.infer<typeof PolicyAsked>;
export const PolicyListed = z.strictObject({
  slug: z.string(),
  publisher: z.string(),
  title: z.string(),
  sourceUrl: z.string().nullable(),
});

/** Signs of failure that a publisher may look at and let pass. */
const ForgivableSign = z.enum(['shrunk', 'login-page', 'error-page', 'media-type-changed']);
export const CaptureNow = z
  .strictObject({
    despite: z
      .array(ForgivableSign)
      .max(4)
      .default([])
      .describe('Signs of failure that you have looked at; the snapshot then waits for a person'),
  })
  .default({ despite: [] });
export type CaptureNow = z.infer<typeof CaptureNow>;
export const Capture = z.strictObject({
  id: Id,
  capturedAt: Instant,
  outcome: z.enum(['changed', 'seen', 'failed', 'published']),
  reason: z.string().nullable().describe('Why it failed'),
  detail: z.record(z.string(), z.unknown()),
  snapshot: Id.nullable().describe('The snapshot that it made, or whose text it found unchanged'),
  sha256: Sha256.nullable(),
  warc: z.string().nullable(),
});

export const CompareSnapshots = z.strictObject({ from: Id, to: Id });
export type CompareSnapshots = z.infer<typeof CompareSnapshots>;
export const DiffPart = z.strictObject({ op: z.enum(['equal', 'insert', 'delete']), text: z.string() });
/** A text that is being written, held against the one in force. */
export const DraftText = z.strictObject({ text: requiredText(MAX_LEGAL_TEXT) });
export type DraftText = z.infer<typeof DraftText>;
export const DraftComparison = z.strictObject({ parts: z.array(DiffPart).describe('All of it is new where nothing is in force') });
export const Comparison = z.strictObject({
  extractor: z.string().describe('Both sides were extracted anew by it'),
  from: Snapshot,
  to: Snapshot,
  parts: z.array(DiffPart),
});

export const SinceAccepted = Comparison.extend({ acceptance: Id, acceptedAt: Instant, model: z.string() });

export const TimeMapAsked = z.strictObject({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  format: z.enum(['link', 'json']).default('link'),
});
export type TimeMapAsked = z.infer<typeof TimeMapAsked>;

/** A timestamp of a snapshot, by its place in the list. */
export const TimestampPlace = z.coerce.number().int().min(0).max(100);
