import { z } from 'zod';
import * as accounts from './accounts.js';
import * as requests from './access-requests.js';
import * as audit from './audit.js';
import * as catalog from './catalog.js';
import { listOf, Paging } from './fields.js';
import * as grants from './grants.js';
import * as licenses from './licenses.js';
import * as presentations from './presentations.js';

/** Whom a route allows: anyone, a signed-in person, or a token's scope (which a session has anyway). */
type Allowed = 'anyone' | 'person' | 'read' | 'request' | 'download' | 'publish' | 'audit';

export interface Operation {
  method: 'get' | 'post' | 'patch' | 'delete';
  /** Below the origin, parameters in braces. */
  path: string;
  summary: string;
  allow: Allowed;
  status: 200 | 201 | 204;
  query?: z.ZodType;
  body?: z.ZodType;
  /** JSON that is answered; absent where nothing or something else is. */
  answer?: z.ZodType;
}

const get = (path: string, summary: string, allow: Allowed, answer: z.ZodType, query?: z.ZodType): Operation => ({
  method: 'get',
  path,
  summary,
  allow,
  status: 200,
  answer,
  ...(query && { query }),
});
const post = (
  path: string,
  summary: string,
  allow: Allowed,
  body: z.ZodType | undefined,
  answer: z.ZodType,
  status: 200 | 201 = 201,
): Operation => ({ method: 'post', path, summary, allow, status, answer, ...(body && { body }) });

const State = z.strictObject({ state: z.string() });
const RELEASE = '/api/v1/models/{model}/releases/{release}';
const TermsPut = catalog.PutTerms.extend({ model: z.string(), n: z.int(), state: z.literal('in-force') });

/** The whole API. openapi.json is printed from it, and the server refuses to start when its routes are not these. */
export const OPERATIONS: readonly Operation[] = [
  post(
    '/api/v1/accounts',
    'Sign up; the answer is the same whether the e-mail was free or not',
    'anyone',
    accounts.CreateAccount,
    accounts.AccountCreated,
  ),
  post(
    '/api/v1/session',
    'Sign in; the answer sets the session cookie',
    'anyone',
    accounts.SignIn,
    State.extend({ expiresAt: z.iso.datetime() }),
  ),
  { method: 'delete', path: '/api/v1/session', summary: 'Sign out', allow: 'anyone', status: 204 },
  post(
    '/api/v1/password-reset',
    'Ask for a reset by mail, or set a new password with its link',
    'anyone',
    accounts.PasswordReset,
    State,
    200,
  ),
  post(
    '/api/v1/email-verification',
    'Confirm an e-mail address with its link, or have the mail sent again',
    'anyone',
    accounts.EmailVerification,
    State,
    200,
  ),
  post(
    '/api/v1/first-administrator',
    'Become the first administrator with the link that start printed',
    'anyone',
    accounts.FirstAdministrator,
    State.extend({ email: z.string() }),
  ),
  get('/api/v1/me', 'Who this session or token stands for', 'read', accounts.Me),
  get('/api/v1/mail', 'Mail that was written, for administrators', 'person', listOf(accounts.MailKept), Paging),
  post('/api/v1/tokens', 'Mint an access token', 'person', accounts.CreateToken, accounts.TokenCreated),
  get('/api/v1/tokens', 'One’s own access tokens', 'person', listOf(accounts.TokenListed)),
  { method: 'delete', path: '/api/v1/tokens/{id}', summary: 'Revoke an access token', allow: 'person', status: 204 },
  post('/api/v1/roles', 'Give somebody a role', 'person', accounts.AssignRole, accounts.RoleAssigned),
  { method: 'delete', path: '/api/v1/roles/{id}', summary: 'End a role', allow: 'person', status: 204 },

  post('/api/v1/policies', 'Publish a policy whose text is kept here', 'publish', licenses.CreatePolicy, licenses.Policy),
  get('/api/v1/policies/{slug}', 'A policy and the text in force', 'anyone', licenses.Policy),
  get('/api/v1/policies/{slug}/snapshots', 'Every dated snapshot of a policy', 'anyone', listOf(licenses.Snapshot)),
  post('/api/v1/licenses', 'Create a license', 'publish', licenses.CreateLicense, licenses.LicenseCreated),
  get('/api/v1/licenses/{license}', 'A license with its versions and clauses', 'anyone', licenses.License),
  post(
    '/api/v1/licenses/{license}/versions',
    'Add the next version of a license',
    'publish',
    licenses.CreateLicenseVersion,
    licenses.License,
  ),
  get('/api/v1/agreements/{id}', 'An agreement by its SHA-256', 'anyone', licenses.Agreement),

  get('/api/v1/models', 'The catalog', 'anyone', listOf(catalog.ModelListed), Paging),
  get('/api/v1/models/{model}', 'A model with its releases', 'anyone', catalog.Model),
  get(RELEASE, 'A release with its files and their digests', 'anyone', catalog.Release),
  post('/api/v1/publishers', 'Create a publisher', 'person', catalog.CreatePublisher, catalog.PublisherCreated),
  post('/api/v1/models', 'Create a model', 'publish', catalog.CreateModel, catalog.Model),
  post('/api/v1/models/{model}/terms', 'Put access terms in force', 'publish', catalog.PutTerms, TermsPut),
  post('/api/v1/models/{model}/releases', 'Create a release as a draft', 'publish', catalog.CreateRelease, catalog.Release),
  post(
    `${RELEASE}/publish`,
    'Publish a draft: its files are fixed for ever',
    'publish',
    catalog.ReleaseCommand.optional(),
    catalog.Release,
    200,
  ),
  post(
    `${RELEASE}/withdraw`,
    'Withdraw a release, naming the reason and a replacement',
    'publish',
    catalog.ReleaseCommand,
    catalog.Release,
    200,
  ),
  post(`${RELEASE}/reinstate`, 'Open a withdrawn release again', 'publish', catalog.ReleaseCommand, catalog.Release, 200),
  post(
    `${RELEASE}/uploads`,
    'Open the upload of a file, or find the one that was begun',
    'publish',
    catalog.OpenUpload,
    catalog.Upload,
    200,
  ),
  get(`${RELEASE}/uploads/{id}`, 'How far an upload has come', 'publish', catalog.Upload),
  {
    method: 'patch',
    path: `${RELEASE}/uploads/{id}`,
    summary: 'Send the rest of a file (application/octet-stream) from Upload-Offset',
    allow: 'publish',
    status: 200,
    answer: catalog.Upload,
  },

  post('/api/v1/access-requests', 'Draft an access request', 'request', requests.CreateAccessRequest, requests.AccessRequest),
  get(
    '/api/v1/access-requests',
    'One’s own requests, or the review queue',
    'read',
    listOf(requests.AccessRequestListed),
    requests.ListAccessRequests,
  ),
  get('/api/v1/access-requests/{id}', 'An access request with its decisions', 'read', requests.AccessRequest),
  {
    method: 'patch',
    path: '/api/v1/access-requests/{id}',
    summary: 'Change the answers of a draft or returned request',
    allow: 'request',
    status: 200,
    body: requests.EditAccessRequest,
    answer: requests.AccessRequest,
  },
  post(
    '/api/v1/access-requests/{id}/{command}',
    'submit, withdraw, review, return, approve, reject or appeal',
    'request',
    requests.RequestCommandBody.optional(),
    requests.AccessRequest,
    200,
  ),
  post(
    '/api/v1/presentations',
    'Be shown the exact documents that would bind',
    'request',
    presentations.CreatePresentation,
    presentations.Presentation,
  ),
  post('/api/v1/acceptances', 'Accept or decline what was shown', 'person', presentations.CreateAcceptance, presentations.Acceptance),
  get('/api/v1/acceptances/{id}', 'One’s own acceptance', 'read', presentations.Acceptance),
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
  get(
    '/api/v1/audit/acceptances',
    'License acceptances; also as text/csv and application/x-ndjson',
    'audit',
    listOf(audit.AcceptanceAudited),
    audit.ListAudit,
  ),
  get('/api/v1/audit/events', 'Who did what, when', 'audit', listOf(audit.EventAudited), audit.ListEvents),
];
