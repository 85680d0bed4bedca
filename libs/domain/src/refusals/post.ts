import type { RefusalTable } from './refusal-table.js';

/** Mail and webhooks. */
export const POST_REFUSALS = {
  'mail-state': {
    title: 'The mail does not allow that now',
    remedy: 'Read the mail again; `state` says where it stands.',
    link: '/outbox',
  },
  'mail-not-sent': {
    title: 'This portal sends no mail',
    remedy: 'Set PADDOCK_SMTP_URL and PADDOCK_MAIL_FROM; until then read mail on the outbox page.',
    link: '/outbox',
  },
  'address-not-allowed': {
    title: 'The portal does not ask this address',
    remedy:
      'Use a public http or https address without credentials; for a private network the operator sets PADDOCK_OUTGOING_ALLOW_PRIVATE.',
    link: null,
  },
  'webhook-state': {
    title: 'The webhook does not allow that now',
    remedy: 'Read the webhook again; `state` says where it stands.',
    link: '/webhooks',
  },
} as const satisfies RefusalTable;
