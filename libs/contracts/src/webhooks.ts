import { DELIVERY_STATES, ENDPOINT_STATES, WEBHOOK_KINDS } from '@paddock/domain';
import { z } from 'zod';
import { Id, Instant, Name, Paging, text } from './fields.js';

const Kinds = z.array(z.enum(WEBHOOK_KINDS)).min(1).max(100);

export const CreateWebhook = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }).max(2000),
    publisher: Name.optional(),
    model: Name.optional(),
    kinds: Kinds.describe('Kinds of events, as docs/generated/webhooks.md lists them'),
    description: text(200).default(''),
  })
  .refine(({ publisher, model }) => publisher === undefined || model === undefined, 'give a publisher, a model, or neither');
export type CreateWebhook = z.infer<typeof CreateWebhook>;

export const Webhook = z.strictObject({
  id: Id,
  url: z.string(),
  publisher: z.string().nullable(),
  model: z.string().nullable(),
  kinds: z.array(z.string()),
  description: z.string(),
  state: z.enum(ENDPOINT_STATES),
  reason: z.string().nullable().describe('Why it is paused'),
  pending: z.int().describe('Deliveries that wait'),
  failed: z.int().describe('Deliveries that were given up'),
  createdAt: Instant,
});
export type Webhook = z.infer<typeof Webhook>;
export const WebhookWithSecret = Webhook.extend({ secret: z.string().describe('Shown once; kept sealed') });

export const ListDeliveries = Paging.extend({ state: z.enum(DELIVERY_STATES).optional() });
export type ListDeliveries = z.infer<typeof ListDeliveries>;

export const WebhookDelivery = z.strictObject({
  id: Id,
  messageId: z.string().describe('The header webhook-id: the same at every attempt and replay'),
  type: z.string(),
  subject: Id,
  state: z.enum(DELIVERY_STATES),
  attempts: z.int(),
  dueAt: Instant.nullable(),
  lastAttemptAt: Instant.nullable(),
  lastStatus: z.int().nullable(),
  lastAnswer: z.string().nullable().describe('The beginning of what the receiver answered'),
  reason: z.string().nullable(),
  createdAt: Instant,
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const ReplayWebhook = z.strictObject({ since: Instant });
export type ReplayWebhook = z.infer<typeof ReplayWebhook>;
export const WebhookReplayed = z.strictObject({ replayed: z.int(), state: z.enum(ENDPOINT_STATES) });
