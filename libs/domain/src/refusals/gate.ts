import type { RefusalTable } from './refusal-table.js';

export const GATE_REFUSALS = {
  'access-not-granted': { title: 'No grant covers this', remedy: 'Request access to the model, or accept its terms.', link: '/models' },
  'acceptance-required': { title: 'The license has not been accepted yet', remedy: 'Read and accept the agreement.', link: '/models' },
  'acceptance-outdated': {
    title: 'A newer text must be accepted',
    remedy: 'Read what changed and accept the new agreement.',
    link: '/models',
  },
  'grant-suspended': { title: 'This grant is suspended', remedy: 'Write to the publisher; the grant names the reason.', link: '/grants' },
  'grant-revoked': { title: 'This grant was revoked', remedy: 'Write to the publisher; the grant names the reason.', link: '/grants' },
  'grant-replaced': {
    title: 'This grant was replaced by one under a special license',
    remedy: 'Use the grant under the special license: the same files, links of its own.',
    link: '/grants',
  },
  'grant-expired': { title: 'This grant has expired', remedy: 'Ask for a renewal.', link: '/access-requests' },
  'grant-state': {
    title: 'The grant does not allow that now',
    remedy: 'Read the grant again; `state` says where it stands.',
    link: '/grants',
  },
  'deletion-not-asked': {
    title: 'No deletion statement is asked for this grant',
    remedy: 'A statement is asked for when a grant has ended; until then nothing has to be deleted.',
    link: '/grants',
  },
  'holder-ended': {
    title: 'You no longer act for this licensee',
    remedy: 'Ask an officer of the organization, or use a grant of your own.',
    link: '/grants',
  },
  'prerequisite-expired': {
    title: 'A prerequisite is missing or has expired',
    remedy: 'Renew what `prerequisites` names, each at its link; the same links then work again.',
    link: '/models',
  },
  'channel-not-allowed': {
    title: 'The license does not allow this channel',
    remedy: 'Use one of the channels that the license version lists.',
    link: '/models',
  },
  'link-altered': { title: 'This link was altered', remedy: 'Copy the link whole, or renew it.', link: '/grants' },
  'link-expired': { title: 'This link has expired', remedy: 'Renew it: the same grant gives a new one.', link: '/grants' },
  'link-revoked': { title: 'This link was revoked', remedy: 'Ask for a new link with your grant.', link: '/grants' },
  'link-exhausted': {
    title: 'This link has given all that it was issued for',
    remedy: 'Ask for a new link with your grant.',
    link: '/grants',
  },
  'artifact-not-in-link': { title: 'This link does not cover that file', remedy: 'Ask for a link that names the file.', link: '/grants' },
  'torrent-pending': {
    title: 'The torrent of this release is still being made',
    remedy: 'Ask again in some seconds; links work meanwhile.',
    link: '/grants',
  },
  'passkey-unknown': {
    title: 'This passkey is not known',
    remedy: 'Fetch the .torrent again with your own grant; do not edit its address.',
    link: '/grants',
  },
  'passkey-rotated': {
    title: 'This passkey has been replaced',
    remedy: 'Fetch the .torrent again and put it in the place of the old one; what was downloaded is kept.',
    link: '/grants',
  },
  'passkey-crowded': {
    title: 'This passkey is used from too many addresses',
    remedy: 'Use it at fewer places, or rotate it if somebody else has it.',
    link: '/grants',
  },
  'announce-unfit': {
    title: 'This announce cannot be read',
    remedy: 'Use a BitTorrent client that announces by HTTP, and let it announce again.',
    link: null,
  },
  'torrent-foreign': {
    title: 'This passkey belongs to another release',
    remedy: 'Fetch the .torrent of this release with your grant.',
    link: '/grants',
  },
  'sighting-closed': { title: 'This sighting is closed already', remedy: 'Read it again; `state` says so.', link: null },
  'release-withdrawn': {
    title: 'This release was withdrawn',
    remedy: 'Use the replacement that `detail` names, where there is one.',
    link: '/models',
  },
  'release-not-published': { title: 'This release is not published', remedy: 'Wait until its publisher publishes it.', link: '/models' },
} as const satisfies RefusalTable;
