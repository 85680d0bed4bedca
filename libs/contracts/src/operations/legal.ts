import { listOf } from '../fields.js';
import * as licenses from '../licenses.js';
import { Consequences, DraftComparison, DraftText, MakeEffective } from '../policies.js';
import * as presentations from '../presentations.js';
import { get, post, type Operation } from './operation.js';

/** Licenses, agreements, and assent to them. */
export const LEGAL_OPERATIONS: readonly Operation[] = [
  post('/api/v1/licenses', 'Create a license', 'publish', licenses.CreateLicense, licenses.LicenseCreated),
  get(
    '/api/v1/licenses',
    'Every license that one may read, with the version in force',
    'anyone',
    listOf(licenses.LicenseListed),
    licenses.ListLicenses,
  ),
  get('/api/v1/licenses/{license}', 'A license with its versions and clauses', 'anyone', licenses.License),
  post(
    '/api/v1/licenses/{license}/versions',
    'Add the next version of a license',
    'publish',
    licenses.CreateLicenseVersion,
    licenses.License,
  ),
  post(
    '/api/v1/licenses/{license}/consequences',
    'What a newer version would ask of licensees; nothing is written',
    'publish',
    MakeEffective,
    Consequences,
    200,
  ),
  get(
    '/api/v1/licenses/{license}/diff',
    'Word by word, what changed between two versions',
    'anyone',
    licenses.VersionComparison,
    licenses.CompareVersions,
  ),
  post(
    '/api/v1/licenses/{license}/diff',
    'Word by word, what a text would change in the version in force; nothing is written',
    'publish',
    DraftText,
    DraftComparison,
    200,
  ),
  {
    method: 'get',
    path: '/api/v1/licenses/{license}/versions/{n}/attribution',
    summary: 'The file that copies and derivatives must carry (text)',
    allow: 'anyone',
    status: 200,
  },
  get('/api/v1/agreements/{id}', 'An agreement by its SHA-256', 'anyone', licenses.Agreement),
  post(
    '/api/v1/presentations',
    'Be shown the exact documents that would bind',
    'request',
    presentations.CreatePresentation,
    presentations.Presentation,
  ),
  post(
    '/api/v1/presentations/{id}/observations',
    'Report what the person did on the page; kept, and labeled as the browser’s word',
    'person',
    presentations.ReportObservations,
    presentations.ObservationsRecorded,
  ),
  post('/api/v1/acceptances', 'Accept or decline what was shown', 'person', presentations.CreateAcceptance, presentations.Acceptance),
  get('/api/v1/acceptances/{id}', 'One’s own acceptance', 'read', presentations.Acceptance),
  {
    method: 'get',
    path: '/api/v1/acceptances/{id}/declaration',
    summary: 'In plain words, what the signer was shown and did (text)',
    allow: 'read',
    status: 200,
  },
  {
    method: 'get',
    path: '/api/v1/acceptances/{id}/evidence.json',
    summary: 'Everything that proves an acceptance offline, for `paddock verify`',
    allow: 'read',
    status: 200,
  },
  {
    method: 'get',
    path: '/api/v1/acceptances/{id}/certificate.pdf',
    summary: 'The certificate for people: every digest of the agreement, and how to check it (PDF)',
    allow: 'read',
    status: 200,
  },
];
