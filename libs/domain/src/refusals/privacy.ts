import type { RefusalTable } from './refusal-table.js';

export const PRIVACY_REFUSALS = {
  erased: {
    title: 'This person was erased',
    remedy: 'Leave it: nothing further is written about them.',
    link: null,
  },
  'key-not-rotated': {
    title: 'This key is not rotated now',
    remedy: 'Do what the refusal says; /system/keys shows how each key stands.',
    link: '/system/keys',
  },
} as const satisfies RefusalTable;
