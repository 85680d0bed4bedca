import { WIRE_REFUSALS } from './refusals/wire.js';
import { IDENTITY_REFUSALS } from './refusals/identity.js';
import { SIGN_IN_REFUSALS } from './refusals/sign-in.js';
import { ORGANIZATION_REFUSALS } from './refusals/organizations.js';
import { REQUEST_REFUSALS } from './refusals/access-requests.js';
import { PREREQUISITE_REFUSALS } from './refusals/prerequisites.js';
import { AGREEMENT_REFUSALS } from './refusals/agreements.js';
import { GATE_REFUSALS } from './refusals/gate.js';
import { PUBLISHING_REFUSALS } from './refusals/publishing.js';
import { REGISTRY_REFUSALS } from './refusals/registry.js';
import { POST_REFUSALS } from './refusals/post.js';
import { PRIVACY_REFUSALS } from './refusals/privacy.js';
import { AUDIT_REFUSALS } from './refusals/audit.js';
import { OUTSIDE_REFUSALS } from './refusals/outside.js';
import type { RefusalTable } from './refusals/refusal-table.js';

/** Every rule of Paddock that can say no, with the way on. Codes are stable: clients act on them, wording may improve. */
export const REFUSALS = {
  ...WIRE_REFUSALS,
  ...IDENTITY_REFUSALS,
  ...SIGN_IN_REFUSALS,
  ...ORGANIZATION_REFUSALS,
  ...REQUEST_REFUSALS,
  ...PREREQUISITE_REFUSALS,
  ...AGREEMENT_REFUSALS,
  ...GATE_REFUSALS,
  ...PUBLISHING_REFUSALS,
  ...REGISTRY_REFUSALS,
  ...POST_REFUSALS,
  ...PRIVACY_REFUSALS,
  ...AUDIT_REFUSALS,
  ...OUTSIDE_REFUSALS,
} as const satisfies RefusalTable;

export type RefusalCode = keyof typeof REFUSALS;

/** The one domain error: a rule said no. `facts` are shown to the client (a state, a replacement, a clause). */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: RefusalCode,
    readonly detail: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code}: ${detail}`);
  }

  get remedy(): string {
    return REFUSALS[this.code].remedy;
  }
}
