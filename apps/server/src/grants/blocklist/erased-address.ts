import { createHmac } from 'node:crypto';
import type { Keys } from '../../http/keys.js';

/**
 * What stays of a blocked address when its person is erased: nobody comes back by asking to be forgotten. Without the portal's
 * key no address can be tried against it.
 */
export function erasedAddress(keys: Keys, email: string): string {
  return `hmac-sha256:${createHmac('sha256', keys.derive('erased-addresses')).update(email.toLowerCase()).digest('hex')}`;
}
