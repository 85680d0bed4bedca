import * as licenses from '../licenses.js';
import * as presentations from '../presentations.js';
import { listOf } from '../fields.js';
import { get, post, type Operation } from './operation.js';

/** Policies, licenses, agreements, and assent to them. */
export const LEGAL_OPERATIONS: readonly Operation[] = [
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
  post(
    '/api/v1/presentations',
    'Be shown the exact documents that would bind',
    'request',
    presentations.CreatePresentation,
    presentations.Presentation,
  ),
  post('/api/v1/acceptances', 'Accept or decline what was shown', 'person', presentations.CreateAcceptance, presentations.Acceptance),
  get('/api/v1/acceptances/{id}', 'One’s own acceptance', 'read', presentations.Acceptance),
  {
    method: 'get',
    path: '/api/v1/acceptances/{id}/evidence.json',
    summary: 'Everything that proves an acceptance offline, for `paddock verify`',
    allow: 'read',
    status: 200,
  },
];
