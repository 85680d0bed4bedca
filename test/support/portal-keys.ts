import { KeyRing } from '../../apps/server/src/keyring/key-ring.js';
import type { Purpose } from '../../apps/server/src/keyring/purposes.js';
import type { TestDatabase } from './database.js';

/** The key that a portal signs with now, for tests that forge what they send. */
export async function keyOfPortal(database: TestDatabase, secret: string, purpose: Purpose): Promise<Buffer> {
  const settings = { dataDir: '/nowhere', PADDOCK_SECRET: secret, PADDOCK_PREVIOUS_SECRET: undefined };
  const ring = await KeyRing.open(database.serverUrl, settings);
  await ring.close();
  return ring.current(purpose).key;
}
