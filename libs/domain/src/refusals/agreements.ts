import type { RefusalTable } from './refusal-table.js';

export const AGREEMENT_REFUSALS = {
  'approval-required': {
    title: 'Access is granted on application',
    remedy: 'Send an access request and wait for the decision.',
    link: '/access-requests',
  },
  'policy-not-in-force': {
    title: 'A policy that belongs to the agreement has no text in force yet',
    remedy: 'Wait until its publisher has put a text of it in force.',
    link: null,
  },
  'assent-not-required': {
    title: 'There is nothing to accept',
    remedy: 'Download at once: the license asks for no acceptance.',
    link: '/models',
  },
  'presentation-outdated': {
    title: 'The documents changed since they were shown',
    remedy: 'Ask for a new presentation, read what changed and accept that.',
    link: '/models',
  },
  'presentation-ended': { title: 'This presentation has ended', remedy: 'Ask for a new presentation.', link: '/models' },
  'presentation-expired': { title: 'This presentation has expired', remedy: 'Ask for a new presentation.', link: '/models' },
  'page-required': {
    title: 'The publisher asks for acceptance on the portal’s page',
    remedy: 'Open the model’s page, read the documents there and accept them.',
    link: '/models',
  },
  'page-token': {
    title: 'This page was not served to your session',
    remedy: 'Load the page again.',
    link: '/models',
  },
  'observation-limit': {
    title: 'Too much was reported of this presentation',
    remedy: 'Accept or decline; reports are not needed for it.',
    link: null,
  },
  'assent-incomplete': {
    title: 'The acceptance is not complete',
    remedy: 'Type your name, confirm each statement and assent expressly.',
    link: null,
  },
  'evidence-pending': {
    title: 'The evidence is not complete yet',
    remedy: 'Wait as long as Retry-After says: the ledger’s next checkpoint covers it.',
    link: null,
  },
} as const satisfies RefusalTable;
