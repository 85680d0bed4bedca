import type { RefusalTable } from './refusal-table.js';

export const SIGN_IN_REFUSALS = {
  'second-factor-required': {
    title: 'Staff powers need a second factor',
    remedy: 'Set up a second factor, or sign in again with the one that you have; mint access tokens after that.',
    link: '/security',
  },
  'second-factor-pending': {
    title: 'You are not signed in yet',
    remedy: 'Give the second factor to finish signing in.',
    link: '/sign-in',
  },
  'bad-second-factor': {
    title: 'The second factor is wrong or was used already',
    remedy: 'Wait for the next code, or use another factor or a recovery code.',
    link: '/sign-in',
  },
  'sign-in-again': {
    title: 'This needs a sign-in of the last minutes',
    remedy: 'Sign in again, with your second factor where you have one, and repeat it.',
    link: '/sign-in',
  },
  'factor-exists': { title: 'This factor is set up already', remedy: 'Remove it first to set up another.', link: '/security' },
  'factor-missing': { title: 'There is no second factor to go with', remedy: 'Set up a second factor first.', link: '/security' },
  'passkey-invalid': {
    title: 'This passkey cannot be taken',
    remedy: 'Begin again, with another passkey if it repeats.',
    link: '/security',
  },
  'sign-in-attempt': {
    title: 'This sign-in was used, has expired, or began in another browser',
    remedy: 'Begin again at the sign-in page, in one browser.',
    link: '/sign-in',
  },
  'provider-refused': {
    title: 'The provider did not sign you in',
    remedy: 'Begin again; if it repeats, use another way and tell whoever runs the portal.',
    link: '/sign-in',
  },
  'link-account': {
    title: 'This identity waits for another account',
    remedy: 'Sign in to the account that has the same e-mail, then confirm.',
    link: '/sign-in',
  },
  'identity-taken': {
    title: 'This identity or provider is linked already',
    remedy: 'Sign in with it, or unlink the other one first.',
    link: '/security',
  },
  'last-way-in': {
    title: 'Nothing would be left to sign in with',
    remedy: 'Set a password or link another identity first.',
    link: '/security',
  },
} as const satisfies RefusalTable;
