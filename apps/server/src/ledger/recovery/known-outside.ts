import {
  formatVerifierKey,
  noteSigner,
  parseNote,
  parseVerifierKey,
  ProofFault,
  readCheckpoint,
  verifyCheckpoint,
  type VerifiedCheckpoint,
  type VerifierKey,
} from '@paddock/ledger';
import type { ClientBase } from 'pg';
import type { Config } from '../../config.js';
import { ProgramRefusal } from '../../program.js';
import { keysOfDatabase } from '../check/rows-of-database.js';
import { knownSeeds } from '../log/log-keys.js';
import type { CheckpointRow } from '../log/log-rows.js';
import type { TileStore } from '../log/tile-store.js';
import { clientsOf } from '../witnesses/witness-clients.js';

/** A checkpoint of the log that somebody outside the database holds, proved by the log's keys. */
export interface OutsideCheckpoint extends CheckpointRow {
  origin: string;
  /** Of whom it is, for people. */
  by: string;
  /** vkeys of the log that signed it. */
  signedBy: string[];
}

export const STORE = 'the store';

/** The published one first, then what witnesses show. Says who does not answer. */
export async function knownOutside(
  { session, tiles, config }: { session: ClientBase; tiles: TileStore; config: Config },
  head: CheckpointRow | undefined,
  say: (line: string) => void,
): Promise<OutsideCheckpoint[]> {
  const published = await publishedOne(session, tiles, config);
  const origin = head ? originOf(head.note) : published?.origin;
  if (origin === undefined) return [];
  const keys = await keysFor(session, config, origin);
  const witnessed = await Promise.all(
    clientsOf(config).map(async (client): Promise<OutsideCheckpoint | undefined> => {
      const { name } = client.witness.vkey;
      try {
        const shown = await client.newest(origin, keys);
        return shown && { ...shown, by: `the witness ${name}`, signedBy: signersOf(shown) };
      } catch (error) {
        say(`the witness ${name} shows nothing: ${(error as Error).message}`);
        return undefined;
      }
    }),
  );
  return [published, ...witnessed].filter((one) => one !== undefined);
}

/** Keys that ever signed, and those that are configured, under this name. */
async function keysFor(session: ClientBase, config: Config, origin: string): Promise<VerifierKey[]> {
  const here = knownSeeds(config).map((seed) => noteSigner(origin, Buffer.from(seed, 'hex')).key);
  return [...(await keysOfDatabase(session)).map(parseVerifierKey), ...here];
}

async function publishedOne(session: ClientBase, tiles: TileStore, config: Config): Promise<OutsideCheckpoint | undefined> {
  const bytes = await tiles.checkpoint();
  if (!bytes) return undefined;
  const note = Buffer.from(bytes).toString('utf8');
  try {
    const checkpoint = verifyCheckpoint(note, await keysFor(session, config, originOf(note)));
    return { ...checkpoint, note, by: STORE, signedBy: signersOf(checkpoint) };
  } catch (error) {
    if (!(error instanceof ProofFault)) throw error;
    const remedy = 'Give PADDOCK_LEDGER_KEY as the portal had it; or, if the key is lost, take ledger/checkpoint out of the store.';
    throw new ProgramRefusal('unknown-checkpoint', 'the store’s checkpoint is signed by no key that is known here', remedy);
  }
}

function signersOf({ signatures }: VerifiedCheckpoint): string[] {
  return [...new Set(signatures.filter(({ key }) => key.type === 'note').map(({ key }) => formatVerifierKey(key)))];
}

export const originOf = (note: string) => readCheckpoint(parseNote(note)).origin;
