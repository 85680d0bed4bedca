import { sealJson, unsealJson } from '../../http/keys.js';
import type { KeyRing } from '../../keyring/key-ring.js';

/** The browser that a session was opened with: sealed by the portal's key and not by the person's. */
export function sealOrigin(keys: KeyRing, session: string, userAgent: string): Buffer {
  return sealJson(keys.current('session-origins').key, userAgent.slice(0, 500), session);
}

export function openOrigin(keys: KeyRing, session: string, sealed: Buffer): Promise<string> {
  return keys.opened('session-origins', (key) => unsealJson<string>(key, sealed, session));
}
