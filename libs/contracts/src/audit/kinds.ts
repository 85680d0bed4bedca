import type { z } from 'zod';
import * as filters from './filters.js';
import * as rows from './rows.js';

/** What can be audited; each is a list at /api/v1/audit/KIND with counts over time, as a page or exported whole. */
export const AUDIT_KINDS = {
  acceptances: { filters: filters.ListAcceptances, row: rows.AcceptanceAudited, title: 'License acceptances' },
  decisions: { filters: filters.ListDecisions, row: rows.DecisionAudited, title: 'Decisions on access requests' },
  grants: { filters: filters.ListGrantsAudited, row: rows.GrantAudited, title: 'Grants' },
  downloads: { filters: filters.ListDownloads, row: rows.DownloadAudited, title: 'Links issued and used, with their bytes' },
  'staff-actions': { filters: filters.ListStaffActions, row: rows.StaffActionAudited, title: 'What staff did' },
  'sign-ins': { filters: filters.ListSignIns, row: rows.SignInAudited, title: 'Sign-ins and their ends' },
  events: { filters: filters.ListEvents, row: rows.EventAudited, title: 'Who did what, when' },
} as const satisfies Record<string, { filters: z.ZodType; row: z.ZodObject; title: string }>;

export type AuditKindName = keyof typeof AUDIT_KINDS;
export const AUDIT_KIND_NAMES = Object.keys(AUDIT_KINDS) as [AuditKindName, ...AuditKindName[]];

/** The filters of any kind, as they are once its own schema has let them pass. */
export interface AuditFilters {
  cursor?: string;
  from?: string;
  to?: string;
  q?: string;
  sealed?: boolean;
  [filter: string]: string | number | boolean | undefined;
}
export type AuditPageFilters = AuditFilters & { limit: number };
