import { randomBytes } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource, EntityManager } from 'typeorm';
import { keepOnce } from '../database/data-folder.js';
import { NEXT_SECRET_FILE, PortalSecret, SECRET_FILE, type SecretSettings } from '../keyring/portal-secrets.js';
import { sealUnder } from './ring-rotation.js';
import { stepsAt, type Step } from './steps.js';

/** At which step a change of a secret that the configuration gives stands. */
export function secretSteps({ PADDOCK_SECRET: given, PADDOCK_PREVIOUS_SECRET: previous }: SecretSettings, sealedUnder: string): Step[] {
  if (!given) return [];
  const sealed = new PortalSecret(given).id === sealedUnder;
  const at = previous === undefined ? 0 : sealed ? 2 : 1;
  return stepsAt(at, [
    'Give a new secret (`openssl rand -hex 32`) as PADDOCK_SECRET and the old one as PADDOCK_PREVIOUS_SECRET to every process, and restart them one after another.',
    'Once every process has both, run `paddock keys rotate secret`, or press the button.',
    'Take PADDOCK_PREVIOUS_SECRET away everywhere, and restart them one after another.',
  ]);
}

/** Whether a rotation would do something: with a secret of the configuration there must be a new one that the keys are not under. */
export function secretMayChange(
  { PADDOCK_SECRET: given, PADDOCK_PREVIOUS_SECRET: previous }: SecretSettings,
  sealedUnder: string,
): boolean {
  return given === undefined || (previous !== undefined && new PortalSecret(given).id !== sealedUnder);
}

/**
 * Seals all keys under the configured secret, or under a new one of the data folder. That file takes its place once the keys are
 * under it: who is killed in between knows both, and does the rest the next time.
 */
export async function rotateSecret(
  database: DataSource,
  settings: SecretSettings,
  done: (tx: EntityManager, secret: PortalSecret) => Promise<void>,
): Promise<void> {
  const { PADDOCK_SECRET: given, dataDir } = settings;
  const next = join(dataDir, NEXT_SECRET_FILE);
  const secret = new PortalSecret(given ?? keepOnce(next, () => randomBytes(32).toString('hex')));
  await database.transaction(async (tx) => {
    await sealUnder(tx, settings, secret);
    await done(tx, secret);
  });
  if (!given && existsSync(next)) renameSync(next, join(dataDir, SECRET_FILE));
}
