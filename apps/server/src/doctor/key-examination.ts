import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { keyOf, refuseForeignSecret, refuseOtherLedgerKey } from '../backup/portal-keys.js';
import type { Config } from '../config.js';
import { configuredStore } from '../configured-store.js';
import { knownSeeds } from '../ledger/log/log-keys.js';
import { TileStore } from '../ledger/log/tile-store.js';
import { look, well, type Finding } from './finding.js';

const OTHERS = 0o077;

/** Throws ProgramRefusal unless the secret opens what is sealed. */
export async function examineSecret(config: Config, session: ClientBase): Promise<Finding[]> {
  const secret = keyOf(config, 'secret');
  if (secret === undefined) return [look('secret', 'there is none yet', 'Start the portal: it makes one, which a backup must hold.')];
  await refuseForeignSecret(session, secret);
  return [well('secret', 'it opens what is sealed in the database')];
}

/** Throws ProgramRefusal unless the ledger's key, or the one before it, signed the newest checkpoint. */
export async function examineLedgerKey(config: Config): Promise<Finding[]> {
  const checkpoint = await new TileStore(configuredStore(config)).checkpoint();
  if (!checkpoint) return [look('ledger key', 'there is no checkpoint yet', 'Start the portal: it signs one within a second.')];
  refuseOtherLedgerKey(config, Buffer.from(checkpoint).toString('utf8'));
  return [
    knownSeeds(config).length === 0
      ? look('ledger key', 'it is not known here', 'Give PADDOCK_LEDGER_KEY as the portal has it, or it makes another and halts.')
      : well('ledger key', 'it signed the newest checkpoint'),
  ];
}

/** Files with secrets that others on this machine could read: those of the data folder, and what the environment names. */
export async function examineFiles({ dataDir }: Config, given: readonly string[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const file of [join(dataDir, 'secret'), join(dataDir, 'ledger-key'), ...given]) {
    const mode = await stat(file).then(
      (there) => there.mode,
      () => 0,
    );
    if ((mode & OTHERS) !== 0) found.push(look('key files', `others may read ${file}`, `chmod 600 ${file}`));
  }
  return found.length > 0 ? found : [well('key files', 'their owner alone may read them')];
}
