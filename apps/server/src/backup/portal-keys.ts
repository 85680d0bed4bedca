import { noteSigner, parseNote, readCheckpoint, verifyCheckpoint } from '@paddock/ledger';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { copyFile, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import type { Config } from '../config.js';
import { opensPersonKey, PortalSecret } from '../keyring/portal-secrets.js';
import { knownSeeds } from '../ledger/log/log-keys.js';
import { ProgramRefusal } from '../program.js';
import { keepFile, once, type KeptFile } from './kept-file.js';

/** Files of the data folder, and the variable that stands in for each. */
const KEPT = {
  secret: 'PADDOCK_SECRET',
  'ledger-key': 'PADDOCK_LEDGER_KEY',
  'previous-ledger-key': 'PADDOCK_LEDGER_PREVIOUS_KEY',
} as const;
type KeptKey = keyof typeof KEPT;
const NAMES = Object.keys(KEPT) as KeptKey[];
/** There only while the ledger's key is being changed. */
const SELDOM: ReadonlySet<KeptKey> = new Set(['previous-ledger-key']);
const folderOf = 'keys';

/** As configured, or as the data folder has it. Never made here: a new one would open nothing. */
export function keyOf(config: Config, name: KeptKey): string | undefined {
  const file = join(config.dataDir, name);
  return config[KEPT[name]] ?? (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined);
}

export function fingerprintOf(secret: string): string {
  return new PortalSecret(secret).id;
}

/** The secret of this portal; a backup without it could never be told from one of another portal. */
export function secretOf(config: Config): string {
  const secret = keyOf(config, 'secret');
  if (secret !== undefined) return secret;
  throw new ProgramRefusal(
    'no-secret',
    'the portal’s secret is not known here',
    'Give PADDOCK_SECRET, or the PADDOCK_DATA_DIR that holds it.',
  );
}

/** Throws ProgramRefusal where the database has something sealed that the secret does not open. */
export async function refuseForeignSecret(session: ClientBase, secret: string): Promise<void> {
  if (await opensWhatIsSealed(session, new PortalSecret(secret))) return;
  const remedy =
    'Give PADDOCK_SECRET, or the PADDOCK_DATA_DIR, that the portal runs with; where the secret is being changed, run `paddock keys rotate secret` first.';
  throw new ProgramRefusal('wrong-secret', 'the secret that is known here does not open what is sealed in the database', remedy);
}

/** By the portal's keys, which are sealed under it; a portal that never ran since keys have generations has people's keys alone. */
async function opensWhatIsSealed(session: ClientBase, secret: PortalSecret): Promise<boolean> {
  const { rows: there } = await session.query<{ ring: boolean }>(`SELECT to_regclass('portal_key') IS NOT NULL AS ring`);
  const { rows: ring } = there[0]!.ring
    ? await session.query<{ own: boolean }>('SELECT secret_id = $1 AS own FROM portal_key', [secret.id])
    : { rows: [] };
  if (ring.length > 0) return ring.every(({ own }) => own);
  const { rows } = await session.query<{ id: string; wrapped: Buffer }>(
    'SELECT account_id AS id, wrapped_key AS wrapped FROM person_key LIMIT 1',
  );
  return !rows[0] || opensPersonKey(secret, rows[0].id, rows[0].wrapped);
}

/** Throws ProgramRefusal unless a key of this configuration signed the newest checkpoint: another one would be kept in its place. */
export function refuseOtherLedgerKey(config: Config, newest: string | undefined): void {
  const seeds = knownSeeds(config);
  if (seeds.length === 0 || newest === undefined) return;
  const { origin } = readCheckpoint(parseNote(newest));
  try {
    verifyCheckpoint(
      newest,
      seeds.map((seed) => noteSigner(origin, Buffer.from(seed, 'hex')).key),
    );
  } catch {
    const remedy = 'Give PADDOCK_LEDGER_KEY as the portal has it.';
    throw new ProgramRefusal('wrong-ledger-key', 'the ledger’s newest checkpoint is signed by another key than is known here', remedy);
  }
}

/** In clear, readable by the owner alone. */
export async function keepKeys(config: Config, folder: string): Promise<KeptFile[]> {
  const files: KeptFile[] = [];
  for (const name of NAMES) {
    const key = keyOf(config, name);
    if (key !== undefined) files.push(await keepFile(folder, `${folderOf}/${name}`, once(key)));
  }
  return files;
}

/** Throws ProgramRefusal unless what was sealed under the backup's secret can be opened with the one that the portal will have. */
export function refuseOtherSecret(config: Config, fingerprint: string, folder: string): void {
  const kept = join(folder, folderOf, 'secret');
  const secret = keyOf(config, 'secret') ?? (existsSync(kept) ? readFileSync(kept, 'utf8').trim() : undefined);
  if (secret === undefined) {
    const detail = 'the backup holds no secret, and none is configured';
    throw new ProgramRefusal('no-secret', detail, 'Give PADDOCK_SECRET as the portal had it.');
  }
  if (fingerprintOf(secret) !== fingerprint) {
    const detail = 'PADDOCK_SECRET is not the one of the backup, and would open nothing that is sealed in it';
    throw new ProgramRefusal('wrong-secret', detail, 'Give the one that the portal had; or take it away, where the backup holds it.');
  }
}

/** Puts keys into the data folder that neither it nor the configuration has. Returns the names of those that are nowhere. */
export async function putKeysBack(config: Config, folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (const name of NAMES) {
    if (keyOf(config, name) !== undefined) continue;
    const kept = join(folder, folderOf, name);
    if (!existsSync(kept)) missing.push(...(SELDOM.has(name) ? [] : [name]));
    else {
      mkdirSync(config.dataDir, { recursive: true });
      await copyFile(kept, join(config.dataDir, name), constants.COPYFILE_EXCL);
    }
  }
  return missing;
}
