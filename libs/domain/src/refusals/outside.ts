import type { RefusalTable } from './refusal-table.js';

export const OUTSIDE_REFUSALS = {
  unavailable: { title: 'Something that Paddock needs does not answer', remedy: 'Try again in a few seconds.', link: '/health/ready' },
  'storage-full': {
    title: 'The portal has no room left',
    remedy: 'Nothing of this was kept but what an upload says it has. Try again later; whoever runs the portal has to make room.',
    link: '/health/ready',
  },
  'internal-error': { title: 'Something went wrong on our side', remedy: 'Send the request id to whoever runs the portal.', link: null },
} as const satisfies RefusalTable;
