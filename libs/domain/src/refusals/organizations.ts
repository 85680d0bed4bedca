import type { RefusalTable } from './refusal-table.js';

export const ORGANIZATION_REFUSALS = {
  'officer-required': {
    title: 'Only an officer of the organization may do this',
    remedy: 'Ask one of its officers; the page of the organization names them.',
    link: '/organizations',
  },
  'last-officer': {
    title: 'The organization would have no officer',
    remedy: 'Make another member an officer first.',
    link: '/organizations',
  },
  'already-member': { title: 'This person is a member already', remedy: 'Use the membership that stands.', link: '/organizations' },
  'invitation-ended': {
    title: 'This invitation was used or withdrawn, or has expired',
    remedy: 'Ask an officer of the organization for a new one.',
    link: '/organizations',
  },
  'invitation-foreign': {
    title: 'This invitation is for somebody else',
    remedy: 'Sign in with the account whose e-mail address was invited, or ask for an invitation to yours.',
    link: '/sign-in',
  },
  'email-unconfirmed': {
    title: 'Your e-mail address is not confirmed yet',
    remedy: 'Open the link in the mail that you got, or have it sent again.',
    link: '/verify-email',
  },
  'organization-limit': {
    title: 'The organization has reached a limit',
    remedy: 'End what is no longer needed: withdraw open invitations, end unused seats.',
    link: '/organizations',
  },
  'domain-public': {
    title: 'This domain belongs to a public mail provider',
    remedy: 'Name a domain that is the organization’s own.',
    link: '/organizations',
  },
  'seat-cannot': {
    title: 'A service seat cannot do this',
    remedy: 'Let a person of the organization sign in and do it: a seat reads and downloads, and nothing else.',
    link: '/organizations',
  },
} as const satisfies RefusalTable;
