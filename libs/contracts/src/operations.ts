import { ACCOUNTS_OPERATIONS } from './operations/accounts.js';
import { SIGN_IN_OPERATIONS } from './operations/sign-in.js';
import { ORGANIZATIONS_OPERATIONS } from './operations/organizations.js';
import { CATALOG_OPERATIONS } from './operations/catalog.js';
import { RUNTIME_OPERATIONS } from './operations/runtimes.js';
import { POLICIES_OPERATIONS } from './operations/policies.js';
import { LEGAL_OPERATIONS } from './operations/legal.js';
import { REQUESTS_OPERATIONS } from './operations/requests.js';
import { PREREQUISITES_OPERATIONS } from './operations/prerequisites.js';
import { GRANTS_OPERATIONS } from './operations/grants.js';
import { AUDIT_OPERATIONS } from './operations/audit.js';
import { KEYS_OPERATIONS } from './operations/keys.js';
import { MAIL_OPERATIONS } from './operations/mail.js';
import { WEBHOOK_OPERATIONS } from './operations/webhooks.js';
import { REVIEWS_OPERATIONS } from './operations/reviews.js';
import { RULES_OPERATIONS } from './operations/rules.js';
import { UPKEEP_OPERATIONS } from './operations/upkeep.js';
import { PRIVACY_OPERATIONS } from './operations/privacy.js';
import type { Operation } from './operations/operation.js';

export type { Operation } from './operations/operation.js';

/** The whole API. openapi.json is printed from it, and the server refuses to start when its routes are not these. */
export const OPERATIONS: readonly Operation[] = [
  ...ACCOUNTS_OPERATIONS,
  ...SIGN_IN_OPERATIONS,
  ...ORGANIZATIONS_OPERATIONS,
  ...CATALOG_OPERATIONS,
  ...RUNTIME_OPERATIONS,
  ...POLICIES_OPERATIONS,
  ...LEGAL_OPERATIONS,
  ...REQUESTS_OPERATIONS,
  ...PREREQUISITES_OPERATIONS,
  ...REVIEWS_OPERATIONS,
  ...RULES_OPERATIONS,
  ...UPKEEP_OPERATIONS,
  ...GRANTS_OPERATIONS,
  ...AUDIT_OPERATIONS,
  ...MAIL_OPERATIONS,
  ...KEYS_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...PRIVACY_OPERATIONS,
];
