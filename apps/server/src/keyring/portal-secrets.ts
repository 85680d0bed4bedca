import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { Keys, openColumn, sealColumn } from '../http/keys.js';
import type { Purpose } from './purposes.js';

/** Files of the data folder: the secret, and the one that is about to take its place. */
export const SECRET_FILE = 'secret';
export const NEXT_SECRET_FILE = 'next-secret';

/** What the configuration says of secrets. */
export type SecretSettings = Pick<Config, 'PADDOCK_SECRET' | 'PADDOCK_PREVIOUS_SECRET' | 'dataDir'>;

/** A secret under which the portal's keys are sealed, or were. */
export class PortalSecret {
  private readonly keys: Keys;

  constructor(readonly text: string) {
    this.keys = new Keys(Buffer.from(text, 'utf8'));
  }

  /** Names the secret and tells nothing of it. */
  get id(): string {
    return this.keys.derive('backup-fingerprint').toString('hex').slice(0, 32);
  }

  /** The key of the first generation, which portals had before keys had generations. */
  first(purpose: Purpose): Buffer {
    return this.keys.derive(purpose);
  }

  wrap(purpose: Purpose, n: number, key: Buffer): Buffer {
    return sealColumn(this.keys.derive('key-ring'), key, `${purpose}:${n}`);
  }

  unwrap(purpose: Purpose, n: number, wrapped: Buffer): Buffer {
    return openColumn(this.keys.derive('key-ring'), wrapped, `${purpose}:${n}`);
  }
}

/** Whether it is the secret of a portal that sealed a person's key before keys had generations. */
export function opensPersonKey(secret: PortalSecret, account: string, wrapped: Buffer): boolean {
  try {
    openColumn(secret.first('person-keys'), wrapped, account);
    return true;
  } catch {
    return false;
  }
}

/**
 * The secrets that are known here, the current one first. The data folder is read again at every call: a program beside the
 * server may have changed the secret.
 */
export function knownSecrets({ PADDOCK_SECRET: given, PADDOCK_PREVIOUS_SECRET: previous, dataDir }: SecretSettings): PortalSecret[] {
  const texts = given ? [given, previous] : [keptSecret(dataDir, SECRET_FILE), keptSecret(dataDir, NEXT_SECRET_FILE), previous];
  return texts.filter((text) => text !== undefined).map((text) => new PortalSecret(text));
}

function keptSecret(dataDir: string, name: string): string | undefined {
  const file = join(dataDir, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
