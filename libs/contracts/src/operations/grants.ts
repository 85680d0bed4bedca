import * as grants from '../grants.js';
import { listOf } from '../fields.js';
import { get, post, RELEASE, type Operation } from './operation.js';

/** Grants and links. */
export const GRANTS_OPERATIONS: readonly Operation[] = [
  get('/api/v1/grants', 'One’s own grants, or all for staff', 'read', listOf(grants.Grant), grants.ListGrants),
  get('/api/v1/grants/{id}', 'A grant', 'read', grants.Grant),
  ...(['suspend', 'resume', 'revoke'] as const).map((command) =>
    post(
      `/api/v1/grants/{id}/${command}`,
      `Staff ${command} a grant, with the reason`,
      'person',
      grants.GrantCommandBody,
      grants.Grant,
      200,
    ),
  ),
  {
    method: 'get',
    path: '/api/v1/grants/{id}/progress',
    summary: 'How far one’s own downloads have come (text/event-stream; each event is a DownloadProgress)',
    allow: 'read',
    status: 200,
  },
  post(
    '/api/v1/grants/{id}/links',
    'Links to the files of a release; also as text/tab-separated-values',
    'download',
    grants.CreateLinks,
    grants.Manifest,
  ),
  post(
    '/api/v1/grants/{id}/passkeys/rotate',
    'Another passkey for the torrent of a release, as after a leak',
    'download',
    grants.RotatePasskey,
    grants.RotatedPasskey,
    200,
  ),
  get('/api/v1/audit/passkeys', 'How much was taken with each passkey, for staff', 'audit', listOf(grants.PasskeyUsage), grants.ListUsage),
  get('/api/v1/sightings', 'Passkeys that look shared by a crowd, for staff', 'audit', listOf(grants.Sighting), grants.ListSightings),
  post('/api/v1/sightings/{id}/close', 'Close a sighting, with what came of it', 'person', grants.GrantCommandBody, grants.Sighting, 200),
  post(
    `${RELEASE}/links`,
    'Links of the public grant: no account is needed',
    'anyone',
    grants.CreatePublicLinks.optional(),
    grants.Manifest,
  ),
];
