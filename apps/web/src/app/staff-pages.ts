import { holds, type Person, type StaffRole } from '../api/person.js';
import { words } from '../words/index.js';

const { nav } = words.staff;

/** The staff's own pages and who is led to them; the API decides what each may do there. */
const STAFF_PAGES: readonly { to: string; label: string; roles: readonly StaffRole[] }[] = [
  { to: '/overview', label: nav.overview, roles: ['reviewer', 'publisher', 'auditor'] },
  { to: '/review', label: nav.review, roles: ['reviewer', 'publisher'] },
  { to: '/grant-reviews', label: nav.grantReviews, roles: ['reviewer'] },
  { to: '/reason-templates', label: nav.reasonTemplates, roles: ['reviewer'] },
  { to: '/blocks', label: nav.blocks, roles: ['reviewer'] },
  { to: '/publishing', label: nav.publishing, roles: ['publisher'] },
  { to: '/legal', label: nav.legal, roles: ['publisher'] },
  { to: '/webhooks', label: nav.webhooks, roles: ['publisher'] },
  { to: '/audit', label: nav.audit, roles: ['auditor'] },
  { to: '/sightings', label: nav.sightings, roles: ['publisher', 'auditor'] },
  { to: '/roles', label: nav.roles, roles: [] },
  { to: '/retention', label: nav.retention, roles: [] },
  { to: '/outbox', label: nav.outbox, roles: [] },
  { to: '/system', label: nav.system, roles: [] },
  { to: '/system/keys', label: nav.keys, roles: [] },
];

export const staffPagesOf = (person: Person | null | undefined) => STAFF_PAGES.filter(({ roles }) => holds(person, ...roles));

/** Forms and rules stand below their model, and licensees below nothing, yet they are the staff's. */
export const isStaffPage = (path: string): boolean =>
  STAFF_PAGES.some(({ to }) => path === to || path.startsWith(`${to}/`)) || /^\/(licensees\/|models\/[^/]+\/(forms|rules)$)/.test(path);
