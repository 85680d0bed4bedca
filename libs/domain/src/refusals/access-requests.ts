import type { RefusalTable } from './refusal-table.js';

export const REQUEST_REFUSALS = {
  'request-state': {
    title: 'The access request does not allow that now',
    remedy: 'Read the request again; `state` says where it stands.',
    link: '/access-requests',
  },
  'request-open': { title: 'You already have an open request for this model', remedy: 'Go on with that one.', link: '/access-requests' },
  'request-not-needed': {
    title: 'This model needs no access request',
    remedy: 'Read its terms and accept them, or download at once where it is open.',
    link: '/models',
  },
  'own-request': { title: 'Nobody decides for themselves', remedy: 'Another reviewer must decide this request.', link: null },
  'appeal-reviewer': {
    title: 'An appeal is decided by somebody else',
    remedy: 'Leave the decision to another reviewer of the model.',
    link: '/access-requests',
  },
  'reviewer-unfit': {
    title: 'This person cannot review the request',
    remedy: 'Name a reviewer of the model who is neither the applicant nor of their organization.',
    link: null,
  },
  'seen-outdated': {
    title: 'What you decided on has changed',
    remedy: 'Read the request again and decide on what it says now.',
    link: '/access-requests',
  },
  'appeal-closed': { title: 'The time for an appeal has passed', remedy: 'Send a new access request.', link: '/models' },
  'form-unfit': { title: 'Nobody could answer this form', remedy: 'Correct the fields that `faults` names.', link: null },
  'answers-unfit': {
    title: 'The answers do not fit the form',
    remedy: 'Correct the answers that `faults` names; the form is at `form`.',
    link: '/access-requests',
  },
  'form-outdated': {
    title: 'The form has changed since it was answered',
    remedy: 'Answer the form that is asked now, save the request and submit it again.',
    link: '/access-requests',
  },
  'rules-unfit': { title: 'These rules cannot be evaluated', remedy: 'Correct what `faults` names.', link: null },
  'dry-run-required': {
    title: 'These rules have not been tried yet',
    remedy: 'Run them dry against past requests, read what they would have done, then switch them on.',
    link: null,
  },
  blocked: {
    title: 'Access is closed to you here',
    remedy: 'Write to the publisher; `detail` says why, and until when.',
    link: '/models',
  },
  ineligible: {
    title: 'The license does not allow this use',
    remedy: 'Read the clause that `detail` names; ask for a special license where it offers one.',
    link: '/models',
  },
  'special-license-missing': {
    title: 'The special license has not been written yet',
    remedy: 'Create a special license for this licensee, add its first version, then approve.',
    link: null,
  },
  'renewal-unfit': {
    title: 'There is nothing to renew',
    remedy: 'Use the grant as long as it stands, or send a new access request.',
    link: '/grants',
  },
  'already-granted': { title: 'This licensee already has access', remedy: 'Use the grant that it holds.', link: '/grants' },
} as const satisfies RefusalTable;
