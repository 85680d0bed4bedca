import type { AuditKindName } from '@paddock/contracts';
import { acceptances } from './acceptances.js';
import type { AuditKind } from './audit-kind.js';
import { decisions } from './decisions.js';
import { grants } from './grants.js';
import { downloads, events, signIns, staffActions } from './of-events.js';

export const KINDS: Readonly<Record<AuditKindName, AuditKind>> = {
  acceptances,
  decisions,
  grants,
  downloads,
  'staff-actions': staffActions,
  'sign-ins': signIns,
  events,
};
