import { listOf } from '../fields.js';
import * as upkeep from '../upkeep.js';
import { get, post, type Operation } from './operation.js';

/** What grants ask of people as time passes. */
export const UPKEEP_OPERATIONS: readonly Operation[] = [
  get(
    '/api/v1/deletion-statements',
    'Deletion statements that were asked for: one’s own, or those of reviewed models',
    'read',
    listOf(upkeep.DeletionStatement),
    upkeep.ListDeletions,
  ),
  post(
    '/api/v1/grants/{id}/deletion-statement',
    'State that all copies are deleted, once a grant has ended',
    'person',
    upkeep.StateDeletion,
    upkeep.DeletionStatement,
  ),
  get(
    '/api/v1/grant-reviews',
    'Grants to look at again, for an address or affiliation has changed',
    'person',
    listOf(upkeep.GrantReview),
    upkeep.ListGrantReviews,
  ),
  post('/api/v1/grant-reviews/{id}/close', 'Say what came of another look', 'person', upkeep.CloseGrantReview, upkeep.GrantReview, 200),
];
