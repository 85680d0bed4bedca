import { sha256Hex, signCheckpoint, successionBytes, type Succession, type SuccessionReason } from '@paddock/ledger';
import type { ObjectStore } from '@paddock/storage';
import { v7 as uuidv7 } from 'uuid';
import { refuseServed } from '../../claimed-database.js';
import { configuredStore } from '../../configured-store.js';
import { inTransaction } from '../../database/session-lock.js';
import { ProgramRefusal } from '../../program.js';
import { LogHalt } from '../log/log-halt.js';
import { LogKeys, vkeysOf } from '../log/log-keys.js';
import { newestCheckpoint, writeCheckpoint, writeIndexes, writeKeys, type CheckpointRow } from '../log/log-rows.js';
import { Publication } from '../log/publication.js';
import { FOLDER } from '../log/tile-store.js';
import { originOf, type OutsideCheckpoint } from './known-outside.js';
import type { LogRecovery } from './log-recovery.js';

/** Where the objects of logs lie that have ended. */
const ENDED = 'ledger-ended';
const INSERT = `INSERT INTO ledger_entry (id, kind, subject_id, entry, created_at) VALUES ($1, 'succession', NULL, $2, $3)`;
const COSIGNED = 'SELECT coalesce(max(size), 0) AS size FROM cosignature';

export interface Ending {
  reason: SuccessionReason;
  last: Pick<OutsideCheckpoint, 'origin' | 'size' | 'note'>;
  /** Entries of the log that ends which this database holds for certain. */
  kept: bigint;
}

/** Why the log cannot go on under its name; undefined where it can. */
export async function endingOf(recovery: LogRecovery): Promise<Ending | undefined> {
  const head = await newestCheckpoint(recovery.session);
  const contradiction = await recovery.contradiction();
  if (contradiction?.reason === 'forked') {
    const { rows } = await recovery.session.query<{ size: string }>(COSIGNED);
    return { reason: 'forked', last: contradiction.checkpoint, kept: BigInt(rows[0]!.size) };
  }
  if (contradiction) return { reason: 'entries-lost', last: contradiction.checkpoint, kept: head?.size ?? 0n };
  if (!head || isSignedHere(recovery, head)) return undefined;
  return { reason: 'key-lost', last: { ...head, origin: originOf(head.note) }, kept: head.size };
}

/**
 * Ends the log, and goes on with its entries under another name: the next entry says in the open what happened. Killed at any
 * point it is done again: the objects are copied before the database commits, and taken away after it.
 */
export async function openNewOrigin(
  recovery: LogRecovery,
  ending: Ending,
  origin: string,
  now: Date,
): Promise<CheckpointRow & { succession: Succession }> {
  const { session, config } = recovery;
  // It remembers what it has published, and would go on showing it.
  await refuseServed(session);
  if (ending.last.origin === origin)
    throw new ProgramRefusal('same-origin', `the log that ends has the name ${origin}`, 'Name the new one otherwise.');
  const head = await newestCheckpoint(session);
  const log = await recovery.log(head);
  const { signers } = LogKeys.of({ ...config, PADDOCK_LEDGER_ORIGIN: origin }, '', undefined);
  const { last, kept, reason } = ending;
  const predecessor = { origin: last.origin, kept: String(kept), checkpoint: last.note };
  const succession: Succession = { type: 'paddock-succession-v1', at: now.toISOString(), origin, reason, predecessor };
  const entry = successionBytes(succession);
  const checkpoint = { origin, size: log.size + 1n, root: log.append([entry]).log.root() };
  const row = { ...checkpoint, note: signCheckpoint(checkpoint, signers) };
  await copyEnded(configuredStore(config), last);
  await inTransaction(session, async () => {
    const id = uuidv7();
    await session.query(INSERT, [id, Buffer.from(entry), now]);
    await writeIndexes(session, log.size, [id]);
    await writeKeys(session, vkeysOf(signers));
    await writeCheckpoint(session, row);
  });
  await publishNewOrigin(recovery, row);
  return { ...row, succession };
}

/** Where the database has gone on to another name than the store shows, that is all that is left to do. */
export async function unpublishedOrigin({ session, tiles }: LogRecovery): Promise<CheckpointRow | undefined> {
  const [head, published] = [await newestCheckpoint(session), await tiles.checkpoint()];
  const { rows } = await session.query<{ size: string }>(
    `SELECT i.index + 1 AS size FROM ledger_entry e JOIN entry_index i ON i.entry_id = e.id WHERE e.kind = 'succession' ORDER BY i.index DESC LIMIT 1`,
  );
  const begun = head && rows[0] && BigInt(rows[0].size) === head.size;
  return begun && published && originOf(Buffer.from(published).toString('utf8')) !== originOf(head.note) ? head : undefined;
}

/** Under the same addresses as the log that ended: nothing of that one may stay there. */
export async function publishNewOrigin({ session, config, tiles }: LogRecovery, head: CheckpointRow): Promise<void> {
  const store = configuredStore(config);
  for await (const { key } of store.list(`${FOLDER}/`)) await store.delete(key);
  await new Publication(tiles).upTo(session, head, LogKeys.of({ ...config, PADDOCK_LEDGER_ORIGIN: undefined }, '', head.note));
}

async function copyEnded(store: ObjectStore, { origin, size }: Ending['last']): Promise<void> {
  const folder = `${ENDED}/${sha256Hex(origin).slice(0, 16)}-${size}`;
  for await (const { key } of store.list(`${FOLDER}/`)) await store.put(`${folder}/${key.slice(FOLDER.length + 1)}`, await store.read(key));
}

function isSignedHere({ config }: LogRecovery, head: CheckpointRow): boolean {
  try {
    LogKeys.of({ ...config, PADDOCK_LEDGER_ORIGIN: undefined }, '', head.note);
    return true;
  } catch (error) {
    if (error instanceof LogHalt) return false;
    throw error;
  }
}
