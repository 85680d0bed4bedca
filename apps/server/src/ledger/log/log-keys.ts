import { formatVerifierKey, noteSigner, parseNote, readCheckpoint, verifyCheckpoint, type NoteSigner } from '@paddock/ledger';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config.js';
import { keepOnce } from '../../database/data-folder.js';
import { LogHalt } from './log-halt.js';

/** Files of the data folder: the key, and the one before it, which signs too until it is ended. */
export const LEDGER_KEY_FILE = 'ledger-key';
export const PREVIOUS_LEDGER_KEY_FILE = 'previous-ledger-key';

/** What the configuration says of the log's name and keys. */
export type LogSettings = Pick<Config, 'PADDOCK_LEDGER_ORIGIN' | 'PADDOCK_LEDGER_KEY' | 'PADDOCK_LEDGER_PREVIOUS_KEY' | 'dataDir'>;

/** The log's name and the keys that sign it, the current one first. */
export class LogKeys {
  private constructor(
    readonly origin: string,
    readonly signers: readonly NoteSigner[],
  ) {}

  /**
   * A log keeps the name that its first checkpoint bears; until then it is the configured one, or follows from the public URL.
   * Throws LogHalt where the newest checkpoint bears another name or no signature of these keys.
   */
  static of(config: LogSettings, publicUrl: string, newest: string | undefined): LogKeys {
    const { PADDOCK_LEDGER_ORIGIN: configured } = config;
    const persisted = newest && readCheckpoint(parseNote(newest)).origin;
    if (persisted && configured && persisted !== configured) throw new LogHalt('origin-changed', `it began as ${persisted}`);
    const origin = persisted ?? configured ?? `${new URL(publicUrl).host}/ledger`;
    const seeds = new Set([currentSeed(config), ...previousSeeds(config)]);
    const keys = new LogKeys(
      origin,
      [...seeds].map((seed) => noteSigner(origin, Buffer.from(seed, 'hex'))),
    );
    if (newest) keys.verify(newest);
    return keys;
  }

  /** Throws LogHalt unless one of the keys signed it. */
  verify(note: string | Uint8Array) {
    try {
      return verifyCheckpoint(
        note,
        this.signers.map(({ key }) => key),
      );
    } catch (error) {
      throw new LogHalt('unknown-key', (error as Error).message);
    }
  }
}

/** The signers' public keys, as they are published. */
export const vkeysOf = (signers: readonly NoteSigner[]) => signers.map(({ key }) => formatVerifierKey(key));

/** Secrets that are here already, the current one first: nothing is made. */
export function knownSeeds(config: LogSettings): string[] {
  const current = config.PADDOCK_LEDGER_KEY ?? keptSeed(config.dataDir, LEDGER_KEY_FILE);
  return [...new Set([...(current === undefined ? [] : [current]), ...previousSeeds(config)])];
}

/** The data folder's is read at every round: a program beside the server may have made it. */
function previousSeeds({ PADDOCK_LEDGER_KEY: given, PADDOCK_LEDGER_PREVIOUS_KEY: previous, dataDir }: LogSettings): string[] {
  const seed = previous ?? (given === undefined ? keptSeed(dataDir, PREVIOUS_LEDGER_KEY_FILE) : undefined);
  return seed === undefined ? [] : [seed];
}

function keptSeed(dataDir: string, name: string): string | undefined {
  const file = join(dataDir, name);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

function currentSeed({ PADDOCK_LEDGER_KEY: given, dataDir }: LogSettings): string {
  if (given) return given;
  mkdirSync(dataDir, { recursive: true });
  return keepOnce(join(dataDir, LEDGER_KEY_FILE), () => randomBytes(32).toString('hex')).trim();
}
