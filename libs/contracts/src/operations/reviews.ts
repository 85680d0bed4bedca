import { listOf } from '../fields.js';
import * as reviews from '../reviews.js';
import { AccessRequest } from '../access-requests.js';
import { get, post, remove, type Operation } from './operation.js';

/** What reviewers do beside deciding one request. */
export const REVIEWS_OPERATIONS: readonly Operation[] = [
  get('/api/v1/access-requests/{id}/review', 'What reviewers see beside a request', 'person', reviews.Review),
  post(
    '/api/v1/access-requests/{id}/assign',
    'Assign a request to a reviewer of its model',
    'person',
    reviews.AssignRequest,
    AccessRequest,
    200,
  ),
  post('/api/v1/access-requests/{id}/notes', 'Write a note that reviewers alone read', 'person', reviews.CreateNote, reviews.Note),
  post('/api/v1/decisions', 'Decide many requests, each for itself', 'person', reviews.BulkDecision, reviews.BulkDecided, 200),
  get('/api/v1/reason-templates', 'Reasons that reviewers reuse', 'person', listOf(reviews.ReasonTemplate)),
  post('/api/v1/reason-templates', 'Keep a reason for reuse', 'person', reviews.CreateReasonTemplate, reviews.ReasonTemplate),
  remove('/api/v1/reason-templates/{id}', 'Put a reason away', 'person'),
];
