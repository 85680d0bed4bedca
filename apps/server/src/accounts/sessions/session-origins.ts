import type { EntityManager } from 'typeorm';
import { sealJson, unsealJson } from '../../http/keys.js';
import type { KeyRing } from '../../keyring/key-ring.js';

/** The browser that a session was opened with: sealed by the portal's key and not by the person's. */
export async function sealOrigin(tx: EntityManager, keys: KeyRing, session: string, userAgent: string): Promise<Buffer> {
  return sealJson((await keys.toSeal(tx, 'session-origins')).key, userAgent.slice(0, 500), session);
}

/** Empty where its key was ended at once, in the very moment in which the session was opened. */
export function openOrigin(keys: KeyRing, session: string, sealed: Buffer): Promise<string> {
  return keys.opened('session-origins', (key) => unsealJson<string>(key, sealed, session)).catch(() => '');
}
