/** Words that are routes of the portal, and so can be no model's or publisher's name. */
export const RESERVED_SLUGS = new Set([
  'd',
  'v2',
  'api',
  'announce',
  'webseed',
  'policies',
  'ledger',
  'health',
  'metrics',
  'models',
  'licenses',
  'documents',
  'agreements',
  'access-requests',
  'grants',
  'tokens',
  'sign-in',
  'sign-up',
  'reset-password',
  'verify-email',
  'setup',
  'audit',
  'assets',
  'admin',
  'organizations',
  'invitation',
  'outbox',
  'webhooks',
  'releases',
  'terms',
  'publishers',
  'me',
  'session',
  'well-known',
]);

const SLUG = /^[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?$/;

/** Lower case letters, digits, `.` and `-`, 1 to 64 characters, and none of the portal's own words. */
export function isSlug(text: string): boolean {
  return SLUG.test(text) && !RESERVED_SLUGS.has(text);
}

/** A release's name is freer: `8B-chat_Q4.K+imatrix`. */
export const RELEASE_NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/;
