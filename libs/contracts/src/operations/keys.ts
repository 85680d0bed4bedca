import { KeyStanding, KeyStandings, RotateKey } from '../keys.js';
import { get, post, type Operation } from './operation.js';

/** The portal's own keys, for administrators. */
export const KEYS_OPERATIONS: readonly Operation[] = [
  get('/api/v1/system/keys', 'The portal’s keys: since when, what is still taken, and how each is rotated', 'person', KeyStandings),
  post('/api/v1/system/keys/{name}/rotate', 'Put a new key in the place of one', 'person', RotateKey, KeyStanding, 200),
];
