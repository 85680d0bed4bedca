import { Dossier } from '../dossier.js';
import { listOf } from '../fields.js';
import * as privacy from '../privacy.js';
import { get, post, type Operation } from './operation.js';

/** What is kept of people, and how it ends. */
export const PRIVACY_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/me/export',
    summary: 'Everything that is held on oneself, as one JSON file',
    allow: 'person',
    status: 200,
  },
  get('/api/v1/me/erasure', 'What an erasure would end and what stays until when, or how far it is', 'person', privacy.ErasureStanding),
  post('/api/v1/me/erase', 'Be erased; needs another proof of who one is', 'person', privacy.Erase, privacy.ErasureStanding, 200),
  get('/api/v1/erasures', 'Erasures, and what keeps them from ending', 'audit', listOf(privacy.ErasureListed), privacy.ListErasures),
  get('/api/v1/retention/rules', 'How long records of each kind are kept', 'person', listOf(privacy.RetentionRule)),
  post(
    '/api/v1/retention/rules',
    'Say how long records of a kind are kept, on the portal or by a publisher',
    'person',
    privacy.SetRetentionRule,
    privacy.RetentionRule,
    200,
  ),
  post(
    '/api/v1/retention/dry-run',
    'What the rules, or another one, would erase now',
    'person',
    privacy.RunRetentionDry,
    privacy.RetentionDryRun,
    200,
  ),
  get('/api/v1/holds', 'Legal holds', 'person', listOf(privacy.LegalHold), privacy.ListHolds),
  post(
    '/api/v1/holds',
    'Hold retention and final erasure up for an account, a licensee or a publisher',
    'person',
    privacy.SetHold,
    privacy.LegalHold,
  ),
  post('/api/v1/holds/{id}/lift', 'Lift a legal hold', 'person', privacy.LiftHold, privacy.LegalHold, 200),
  get('/api/v1/licensees/{id}', 'What is recorded of one licensee, at a glance', 'read', Dossier),
  {
    method: 'get',
    path: '/api/v1/licensees/{id}/dossier.zip',
    summary: 'All that is recorded of one licensee, as a ZIP that comes out the same for the same state',
    allow: 'read',
    status: 200,
  },
];
