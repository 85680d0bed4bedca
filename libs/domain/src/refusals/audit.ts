import type { RefusalTable } from './refusal-table.js';

export const AUDIT_REFUSALS = {
  'export-limit': {
    title: 'Too many exports run at once',
    remedy: 'Wait as long as Retry-After says, then ask for the export again.',
    link: null,
  },
  'saved-view-limit': {
    title: 'You keep as many views as one may',
    remedy: 'Delete saved views that you no longer need.',
    link: null,
  },
} as const satisfies RefusalTable;
