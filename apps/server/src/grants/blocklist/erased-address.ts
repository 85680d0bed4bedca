import { createHmac } from 'node:crypto';
import type { KeyRing } from '../../keyring/key-ring.js';

/**
 * What stays of a blocked address when its person is erased: nobody comes back by asking to be forgotten. Without the portal's
 * key no address can be tried against it.
 */
export function erasedAddress(keys: KeyRing, email: string): string {
  return hashed(keys.current('erased-addresses').key, email);
}

/** The same under each key that one may stand under. */
export function erasedAddresses(keys: KeyRing, email: string): string[] {
  return keys.all('erased-addresses').map(({ key }) => hashed(key, email));
}

function hashed(key: Buffer, email: string): string {
  return `hmac-sha256:${createHmac('sha256', key).update(email.toLowerCase()).digest('hex')}`;
}
