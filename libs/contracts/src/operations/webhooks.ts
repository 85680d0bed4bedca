import { DELIVERY_COMMANDS, ENDPOINT_COMMANDS, type DeliveryCommand, type EndpointCommand } from '@paddock/domain';
import * as webhooks from '../webhooks.js';
import { listOf, Paging } from '../fields.js';
import { get, post, remove, type Operation } from './operation.js';

const WEBHOOK = '/api/v1/webhooks/{id}';
const DELIVERIES = `${WEBHOOK}/deliveries`;

/** Webhooks and what was sent to them. */
export const WEBHOOK_OPERATIONS: readonly Operation[] = [
  post('/api/v1/webhooks', 'Have events sent to an address', 'person', webhooks.CreateWebhook, webhooks.WebhookWithSecret),
  get('/api/v1/webhooks', 'The webhooks of one’s publishers, or of the portal', 'person', listOf(webhooks.Webhook), Paging),
  get(WEBHOOK, 'A webhook', 'person', webhooks.Webhook),
  remove(WEBHOOK, 'End a webhook; what waits is not sent', 'person'),
  ...(Object.keys(ENDPOINT_COMMANDS) as EndpointCommand[]).map((command) =>
    post(
      `${WEBHOOK}/${command}`,
      `${command} a webhook: ${said(ENDPOINT_COMMANDS[command].meaning)}`,
      'person',
      undefined,
      webhooks.Webhook,
      200,
    ),
  ),
  post(`${WEBHOOK}/rotate`, 'A new secret; the old one signs too for a day', 'person', undefined, webhooks.WebhookWithSecret, 200),
  post(
    `${WEBHOOK}/replay`,
    'Send again all deliveries since a time that were given up',
    'person',
    webhooks.ReplayWebhook,
    webhooks.WebhookReplayed,
    200,
  ),
  get(DELIVERIES, 'What was sent, newest first', 'person', listOf(webhooks.WebhookDelivery), webhooks.ListDeliveries),
  ...(Object.keys(DELIVERY_COMMANDS) as DeliveryCommand[]).map((command) =>
    post(
      `${DELIVERIES}/{delivery}/${command}`,
      `${command} a delivery: ${said(DELIVERY_COMMANDS[command].meaning)}`,
      'person',
      undefined,
      webhooks.WebhookDelivery,
      200,
    ),
  ),
];

function said(meaning: string): string {
  return meaning.charAt(0).toLowerCase() + meaning.slice(1).replace(/\.$/, '');
}
