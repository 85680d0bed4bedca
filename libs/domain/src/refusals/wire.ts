import type { RefusalTable } from './refusal-table.js';

export const WIRE_REFUSALS = {
  'malformed-request': {
    title: 'The request cannot be read',
    remedy: 'Correct the fields that `detail` names and send it again.',
    link: '/api/openapi.json',
  },
  'body-too-large': { title: 'The body is too large', remedy: 'Send less at once.', link: '/api/openapi.json' },
  'unsupported-media-type': {
    title: 'The body has the wrong media type',
    remedy: 'Send application/json, or application/octet-stream where a file is uploaded.',
    link: '/api/openapi.json',
  },
  'bad-cursor': { title: 'The cursor is not one of this list', remedy: 'Start again without a cursor, with the same filters.', link: null },
  'bad-range': { title: 'The range lies outside the file', remedy: 'Ask for bytes within the size that Content-Range names.', link: null },
  'not-found': { title: 'There is nothing here for you', remedy: 'Check the address; sign in if it is yours.', link: '/' },
  'idempotency-mismatch': {
    title: 'This Idempotency-Key was used for another request',
    remedy: 'Use a new key for a new request.',
    link: null,
  },
  'idempotency-in-progress': {
    title: 'The first request with this Idempotency-Key is still under way',
    remedy: 'Wait a moment and repeat it.',
    link: null,
  },
  'too-many-attempts': {
    title: 'Too many attempts',
    remedy: 'Wait as long as Retry-After says, or reset the password.',
    link: '/reset-password',
  },
  'too-many-requests': { title: 'Too many requests in a minute', remedy: 'Wait as long as Retry-After says.', link: null },
  'too-many-connections': {
    title: 'Too many connections from one address',
    remedy: 'Close some of them, or wait until they are done.',
    link: null,
  },
  'client-too-slow': { title: 'The request came too slowly', remedy: 'Send it again; an upload goes on where it broke off.', link: null },
} as const satisfies RefusalTable;
