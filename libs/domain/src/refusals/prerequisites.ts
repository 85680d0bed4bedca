import type { RefusalTable } from './refusal-table.js';

export const PREREQUISITE_REFUSALS = {
  'prerequisite-missing': {
    title: 'Something that the model asks for is missing',
    remedy: 'Do what `prerequisites` names, each at its link, then repeat this.',
    link: '/models',
  },
  'prerequisites-unfit': {
    title: 'Nobody could meet these prerequisites',
    remedy: 'Leave out what `detail` names, or make it possible first.',
    link: null,
  },
  'quiz-unfit': { title: 'Nobody could pass this quiz', remedy: 'Correct the questions that `faults` names.', link: null },
  'quiz-outdated': {
    title: 'The quiz has changed since it was read',
    remedy: 'Read the quiz that is asked now and answer that.',
    link: '/models',
  },
  'quiz-attempts': {
    title: 'You have used up your attempts for now',
    remedy: 'Read the license again, and come back when Retry-After has passed.',
    link: '/licenses',
  },
  'referee-not-asked': {
    title: 'This model asks for no referee',
    remedy: 'Go on without one.',
    link: '/models',
  },
  'referee-own': {
    title: 'Nobody vouches for themselves',
    remedy: 'Name somebody else, at an address of their own; a referee answers signed out, or with their own account.',
    link: null,
  },
  'referee-waiting': {
    title: 'A referee has been asked already',
    remedy: 'Wait for the answer, have the mail sent again, or withdraw that inquiry first.',
    link: '/models',
  },
  'referee-limit': {
    title: 'No more mail goes to referees now',
    remedy: 'Wait as long as Retry-After says; tell your referee to look for the mail that was sent.',
    link: '/models',
  },
  'referee-ended': {
    title: 'This inquiry has ended',
    remedy: 'Name a referee anew where one is still asked for.',
    link: '/models',
  },
  'referee-link': {
    title: 'This link was used, withdrawn or replaced, or has expired',
    remedy: 'Ask the applicant to have a new one sent to you.',
    link: null,
  },
} as const satisfies RefusalTable;
