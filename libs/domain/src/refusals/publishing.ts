import type { RefusalTable } from './refusal-table.js';

export const PUBLISHING_REFUSALS = {
  'slug-taken': { title: 'This name is taken or reserved', remedy: 'Choose another name.', link: null },
  'release-exists': {
    title: 'This release exists already',
    remedy: 'Go on with it, or choose another name: a name never carries other bytes.',
    link: '/models',
  },
  'release-state': {
    title: 'The release does not allow that now',
    remedy: 'Read the release again; `state` says where it stands.',
    link: '/models',
  },
  'release-empty': { title: 'A release without files cannot be published', remedy: 'Upload its files first.', link: null },
  'artifact-path': {
    title: 'This file name cannot be published',
    remedy: 'Use letters, digits, ". _ + -" and single spaces; no "..", no leading "-".',
    link: null,
  },
  'artifact-exists': {
    title: 'A file of that path exists already, and differs',
    remedy: 'Publish the changed file in a new release: a published file never changes.',
    link: null,
  },
  'upload-offset': { title: 'The upload stands at another offset', remedy: 'Ask for the offset and go on from there.', link: null },
  'upload-length': {
    title: 'The body is longer than the file that was announced',
    remedy: 'Open the upload anew with the size of the file.',
    link: null,
  },
  'snapshot-state': {
    title: 'The snapshot does not allow that now',
    remedy: 'Read the snapshot again; `state` says where it stands.',
    link: null,
  },
  'policy-captured': {
    title: 'This policy is captured from its source',
    remedy: 'Have its source captured; a text of your own needs a policy of its own.',
    link: null,
  },
  'policy-kept': {
    title: 'This policy has no source',
    remedy: 'Publish its next text here.',
    link: null,
  },
  'capture-overtaken': { title: 'Another capture came between', remedy: 'Look at what it brought.', link: null },
  'license-unfit': {
    title: 'The license does not fit this admission',
    remedy: 'Admission `open` needs a license without assent, the others one that asks for it.',
    link: '/licenses',
  },
} as const satisfies RefusalTable;
