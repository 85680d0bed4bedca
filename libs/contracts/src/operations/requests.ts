import { z } from 'zod';
import * as catalog from '../catalog.js';
import * as requests from '../access-requests.js';
import { listOf } from '../fields.js';
import * as forms from '../forms.js';
import { get, post, type Operation } from './operation.js';

/** Access terms and access requests. */
export const REQUESTS_OPERATIONS: readonly Operation[] = [
  post('/api/v1/models/{model}/terms', 'Put access terms in force', 'publish', catalog.PutTerms, catalog.Terms),
  get(
    '/api/v1/models/{model}/terms',
    'The access terms in force, for whoever publishes the model',
    'publish',
    z.union([catalog.Terms, catalog.NoTerms]),
  ),
  post('/api/v1/models/{model}/forms', 'Compose the next version of a model’s form', 'publish', forms.CreateForm, forms.Form),
  get('/api/v1/models/{model}/forms', 'Every version of a model’s form', 'publish', listOf(forms.Form)),
  get('/api/v1/models/{model}/form', 'What an applicant is asked now, also as JSON Schema', 'anyone', z.union([forms.Form, forms.NoForm])),
  get('/api/v1/models/{model}/waiting', 'How long decisions on requests for a model usually take', 'anyone', catalog.Waiting),
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
];
