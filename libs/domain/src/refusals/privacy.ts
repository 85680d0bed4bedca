import type { RefusalTable } from './refusal-table.js';

export const PRIVACY_REFUSALS = {
  erased: {
    title: 'This person was erased',
    remedy: 'Leave it: nothing further is written about them.',
    link: null,
  },
} as const satisfies RefusalTable;
