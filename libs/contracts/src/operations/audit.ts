import * as audit from '../audit.js';
import { listOf } from '../fields.js';
import { get, type Operation } from './operation.js';

/** What staff look up. */
export const AUDIT_OPERATIONS: readonly Operation[] = [
  get(
    '/api/v1/audit/acceptances',
    'License acceptances; also as text/csv and application/x-ndjson',
    'audit',
    listOf(audit.AcceptanceAudited),
    audit.ListAudit,
  ),
  get('/api/v1/audit/events', 'Who did what, when', 'audit', listOf(audit.EventAudited), audit.ListEvents),
];
