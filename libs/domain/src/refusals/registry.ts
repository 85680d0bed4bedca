import type { RefusalTable } from './refusal-table.js';

export const REGISTRY_REFUSALS = {
  'repository-name': {
    title: 'This is no name for a repository',
    remedy: 'Use lower-case letters and digits with single ".", "_" or "-" between them; tags also take upper case.',
    link: null,
  },
  'digest-mismatch': {
    title: 'The bytes are not those of the digest',
    remedy: 'Nothing of them was kept. Check the source, and send them again.',
    link: null,
  },
  'manifest-unfit': {
    title: 'The manifest cannot be stored',
    remedy: 'Correct what `detail` names: an OCI or Docker (schema 2) manifest or index with SHA-256 digests, of 4 MiB at most.',
    link: null,
  },
  'blob-missing': {
    title: 'The manifest names something that has not been sent',
    remedy: 'Send what `missing` lists, then the manifest again.',
    link: null,
  },
  'manifest-referenced': {
    title: 'Something still refers to this manifest',
    remedy: 'Delete the index that lists it first. What a release was verified with stays.',
    link: null,
  },
} as const satisfies RefusalTable;
