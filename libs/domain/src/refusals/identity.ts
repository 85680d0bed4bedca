import type { RefusalTable } from './refusal-table.js';

export const IDENTITY_REFUSALS = {
  unauthenticated: { title: 'Sign in first', remedy: 'Sign in, or send an access token as `Authorization: Bearer`.', link: '/sign-in' },
  'bad-credentials': { title: 'E-mail or password is wrong', remedy: 'Try again, or reset the password.', link: '/reset-password' },
  'session-required': {
    title: 'A person must do this',
    remedy: 'Sign in with e-mail and password: access tokens cannot do it.',
    link: '/sign-in',
  },
  'scope-missing': {
    title: 'This access token does not cover that',
    remedy: 'Mint a token with the scope that `detail` names.',
    link: '/tokens',
  },
  'role-missing': {
    title: 'This needs a role that you do not hold',
    remedy: 'Ask an administrator of the portal for the role.',
    link: null,
  },
  'last-administrator': { title: 'The portal would have no administrator', remedy: 'Give somebody else the role first.', link: null },
  'origin-mismatch': {
    title: 'The request did not come from this portal',
    remedy: 'Send the header `Origin` with the public address of the portal.',
    link: null,
  },
  'single-use-link': { title: 'This link was used, replaced or has expired', remedy: 'Ask for a new one.', link: '/reset-password' },
} as const satisfies RefusalTable;
