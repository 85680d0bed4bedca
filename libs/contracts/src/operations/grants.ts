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
  post(
    '/api/v1/grants/{id}/links',
    'Links to the files of a release; also as text/tab-separated-values',
    'download',
    grants.CreateLinks,
    grants.Manifest,
  ),
  post(
    `${RELEASE}/links`,
    'Links of the public grant: no account is needed',
    'anyone',
    grants.CreatePublicLinks.optional(),
    grants.Manifest,
  ),
];
