import { noteSigner, parseNote, readCheckpoint, verifyCheckpoint, type NoteSigner } from '@paddock/ledger';
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownSeeds, LEDGER_KEY_FILE, PREVIOUS_LEDGER_KEY_FILE, type LogSettings } from '../ledger/log/log-keys.js';
import { ProgramRefusal } from '../program.js';
import { stepsAt, type Step } from './steps.js';

/** At which step a change of a key that the configuration gives stands. */
export function ledgerSteps({ PADDOCK_LEDGER_KEY: given, PADDOCK_LEDGER_PREVIOUS_KEY: previous }: LogSettings): Step[] {
  if (!given) return [];
  return stepsAt(previous === undefined ? 0 : 1, [
    'Give a new key (`openssl rand -hex 32`) as PADDOCK_LEDGER_KEY and the old one as PADDOCK_LEDGER_PREVIOUS_KEY to every process, and restart them one after another.',
    'Give witnesses, and whoever else verifies the ledger, the new verifier key of /.well-known/paddock-ledger-keys.',
    'Take PADDOCK_LEDGER_PREVIOUS_KEY away everywhere, and restart them one after another.',
  ]);
}

/** The keys that sign, the current one first; none where none is known here yet. */
export function ledgerSigners(config: LogSettings, newest: string): NoteSigner[] {
  const { origin } = readCheckpoint(parseNote(newest));
  return knownSeeds(config).map((seed) => noteSigner(origin, Buffer.from(seed, 'hex')));
}

/** A new key in the data folder; the one before it signs too. A running server takes both at its next round. */
export function rotateLedgerKey({ PADDOCK_LEDGER_KEY: given, dataDir }: LogSettings): void {
  const [key, previous] = [join(dataDir, LEDGER_KEY_FILE), join(dataDir, PREVIOUS_LEDGER_KEY_FILE)];
  if (given)
    throw new ProgramRefusal('key-configured', 'PADDOCK_LEDGER_KEY gives the key', 'Follow the steps that `paddock keys list` shows.');
  if (!existsSync(key)) throw new ProgramRefusal('no-key', 'the ledger has no key yet', 'Start the portal: it makes one.');
  // The same key in both: a rotation was broken off here.
  if (existsSync(previous) && readFileSync(previous, 'utf8').trim() !== readFileSync(key, 'utf8').trim())
    throw new ProgramRefusal(
      'rotation-under-way',
      'the key before the current one signs still',
      'End it first: `paddock keys end ledger`.',
    );
  copyFileSync(key, previous);
  const next = `${key}.${process.pid}`;
  writeFileSync(next, randomBytes(32).toString('hex'), { mode: 0o600, flush: true });
  renameSync(next, key);
}

/** The key before the current one signs no more. Refused while the newest checkpoint could then be verified by nobody. */
export function endPreviousLedgerKey(config: LogSettings, newest: string): void {
  const previous = join(config.dataDir, PREVIOUS_LEDGER_KEY_FILE);
  if (!existsSync(previous)) throw new ProgramRefusal('nothing-to-end', 'no key but the current one signs', 'Leave it as it is.');
  const [current] = ledgerSigners(config, newest);
  try {
    verifyCheckpoint(newest, [current!.key]);
  } catch {
    const detail = 'the newest checkpoint is not signed by the current key yet';
    throw new ProgramRefusal('too-early', detail, 'Wait for the next entry: the portal signs it by both.');
  }
  rmSync(previous);
}
