import { listOf, Paging } from '../fields.js';
import * as policies from '../policies.js';
import { get, patch, post, type Operation } from './operation.js';

const POLICY = '/api/v1/policies/{slug}';

/** Policies and their dated snapshots. */
export const POLICIES_OPERATIONS: readonly Operation[] = [
  post(
    '/api/v1/policies',
    'Add a policy: a source that is captured, or a text that is kept here',
    'publish',
    policies.CreatePolicy,
    policies.Policy,
  ),
  get('/api/v1/policies', 'Every policy', 'anyone', listOf(policies.PolicyListed), Paging),
  get(POLICY, 'A policy and the text in force, now or on a date', 'anyone', policies.Policy, policies.PolicyAsked),
  patch(POLICY, 'Change source, schedule, standing rule or title', 'publish', policies.ChangePolicy, policies.Policy),
  get(`${POLICY}/snapshots`, 'Every dated snapshot of a policy, the latest first', 'anyone', listOf(policies.Snapshot), Paging),
  post(`${POLICY}/captures`, 'Capture the source now', 'publish', policies.CaptureNow, policies.Capture),
  get(`${POLICY}/captures`, 'Every look at the source, those that failed among them', 'publish', listOf(policies.Capture), Paging),
  post(`${POLICY}/texts`, 'Publish a new text of a policy that is kept here', 'publish', policies.PublishText, policies.Snapshot),
  post(
    `${POLICY}/snapshots/{id}/effective`,
    'Make a pending snapshot bind from a date',
    'publish',
    policies.MakeEffective,
    policies.Snapshot,
    200,
  ),
  post(
    `${POLICY}/snapshots/{id}/dismiss`,
    'Say why a pending snapshot never binds',
    'publish',
    policies.DismissSnapshot,
    policies.Snapshot,
    200,
  ),
  post(
    `${POLICY}/consequences`,
    'What a newer text would ask of licensees; nothing is written',
    'publish',
    policies.MakeEffective,
    policies.Consequences,
    200,
  ),
  get(`${POLICY}/diff`, 'Word by word, what changed between two snapshots', 'anyone', policies.Comparison, policies.CompareSnapshots),
  post(
    `${POLICY}/diff`,
    'Word by word, what a text would change in the one in force; nothing is written',
    'publish',
    policies.DraftText,
    policies.DraftComparison,
    200,
  ),
  get(`${POLICY}/since-accepted`, 'What changed since you, or your organization, accepted the policy', 'read', policies.SinceAccepted),
];
