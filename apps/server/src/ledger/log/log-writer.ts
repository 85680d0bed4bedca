import { signCheckpoint, type GrowingLog } from '@paddock/ledger';
import type { ClientBase } from 'pg';
import { inTransaction } from '../../database/session-lock.js';
import { LogKeys, vkeysOf, type LogSettings } from './log-keys.js';
import { newestCheckpoint, unintegrated, writeCheckpoint, writeIndexes, writeKeys, type CheckpointRow, type NewEntry } from './log-rows.js';
import { Publication } from './publication.js';
import type { TileStore } from './tile-store.js';

/** Whoever writes the log holds this advisory lock. Any number serves: it only has to be the same in every process. */
export const INTEGRATOR_LOCK = 7_223_451;

/** Throws LogHalt where somebody outside has seen more of the log than the database holds. */
export type OutsideView = (session: ClientBase, head: CheckpointRow, keys: LogKeys) => Promise<void>;

/**
 * Makes the log longer by what was committed since: indexes and signed checkpoint in one transaction, then the tiles. Its
 * caller holds the lock. Each round begins with what database and store say; what it remembers only saves reading.
 */
export class LogWriter {
  private readonly publication: Publication;
  private mark = '0';

  constructor(
    tiles: TileStore,
    private readonly settings: LogSettings,
    private readonly refuseOutside: OutsideView,
  ) {
    this.publication = new Publication(tiles);
  }

  /** At most so many entries; returns how many there were, and how long the log is now. Throws LogHalt where it must not grow. */
  async round(session: ClientBase, publicUrl: string, most: number): Promise<{ integrated: number; size: bigint }> {
    try {
      return await this.integrate(session, publicUrl, most);
    } catch (error) {
      // It may be another database by now.
      this.mark = '0';
      throw error;
    }
  }

  private async integrate(session: ClientBase, publicUrl: string, most: number): Promise<{ integrated: number; size: bigint }> {
    const head = await newestCheckpoint(session);
    const keys = LogKeys.of(this.settings, publicUrl, head?.note);
    const log = await this.publication.upTo(session, head, keys);
    if (head) await this.refuseOutside(session, head, keys);
    const { entries, mark } = await unintegrated(session, this.mark, most);
    // A log begins with the checkpoint of nothing, so that it can be found before its first entry.
    if (entries.length === 0 && head) return { integrated: 0, size: log.size };
    await this.extend(session, log, keys, entries);
    // Only now: a database that crashes gives out again the transaction ids that no later commit has made durable.
    this.mark = mark;
    return { integrated: entries.length, size: log.size + BigInt(entries.length) };
  }

  private async extend(session: ClientBase, log: GrowingLog, { origin, signers }: LogKeys, entries: readonly NewEntry[]): Promise<void> {
    const { log: longer, written } = log.append(entries.map(({ entry }) => entry));
    const checkpoint = { origin, size: longer.size, root: longer.root() };
    const row: CheckpointRow = { ...checkpoint, note: signCheckpoint(checkpoint, signers) };
    const ids = entries.map(({ id }) => id);
    await inTransaction(session, async () => {
      await writeIndexes(session, log.size, ids);
      await writeKeys(session, vkeysOf(signers));
      await writeCheckpoint(session, row);
    });
    await this.publication.publish(longer, written, row.note);
  }
}
