import { GrowingLog, ProofFault, type Checkpoint, type Tile, type WrittenTile } from '@paddock/ledger';
import type { ClientBase } from 'pg';
import type { LogKeys } from './log-keys.js';
import { LogHalt } from './log-halt.js';
import { checkpointOfSize, entriesBetween, type CheckpointRow } from './log-rows.js';
import type { TileStore } from './tile-store.js';

const BATCH = 8192n;
const WIDTH = 256n;

/**
 * Keeps the store as long as the database's log, and remembers its right edge. What was committed and not yet published
 * (a killed process) is published by whoever comes next: tiles follow from committed rows, so writing them twice is harmless.
 */
export class Publication {
  private edge: GrowingLog = GrowingLog.EMPTY;
  private certain = false;

  constructor(private readonly tiles: TileStore) {}

  /** The log as it stands in database and store alike. Throws LogHalt where the two contradict one another. */
  async upTo(session: ClientBase, head: CheckpointRow | undefined, keys: LogKeys): Promise<GrowingLog> {
    const known = this.certain && this.edge.size === (head?.size ?? 0n);
    if (!known || (head && !same(this.edge.root(), head.root))) await this.catchUp(session, head, keys);
    return this.edge;
  }

  /** Tiles first, then the checkpoint that stands on them. */
  async publish(log: GrowingLog, written: readonly WrittenTile[], note: string): Promise<void> {
    this.certain = false;
    await this.tiles.write(written);
    await this.tiles.writeCheckpoint(note);
    this.edge = log;
    this.certain = true;
  }

  private async catchUp(session: ClientBase, head: CheckpointRow | undefined, keys: LogKeys): Promise<void> {
    this.certain = false;
    const note = await this.tiles.checkpoint();
    const published = note && keys.verify(note);
    if (published) await refuseContradiction(session, published, head);
    const log = published ? await this.load(session, published) : GrowingLog.EMPTY;
    this.edge = head ? await this.writeMissing(session, log, head) : log;
    if (head && published?.size !== head.size) await this.tiles.writeCheckpoint(head.note);
    this.certain = true;
  }

  private async writeMissing(session: ClientBase, published: GrowingLog, head: CheckpointRow): Promise<GrowingLog> {
    let log = published;
    while (log.size < head.size) {
      const end = log.size + BATCH < head.size ? log.size + BATCH : head.size;
      const { log: longer, written } = log.append(await entriesBetween(session, log.size, end));
      await this.tiles.write(written);
      log = longer;
    }
    if (!same(log.root(), head.root)) throw new LogHalt('entries-changed', `up to entry ${head.size} they have another root`);
    return log;
  }

  private async load(session: ClientBase, { size, root }: Checkpoint): Promise<GrowingLog> {
    const entries = await entriesBetween(session, size - (size % WIDTH), size);
    try {
      const log = await GrowingLog.load(size, entries, (tile) => this.fetch(tile));
      if (same(log.root(), root)) return log;
    } catch (error) {
      if (!(error instanceof ProofFault)) throw error;
    }
    throw new LogHalt('store-damaged', `its last tiles have another root than its checkpoint of size ${size}`);
  }

  private async fetch(tile: Tile): Promise<Uint8Array> {
    const bytes = await this.tiles.read(tile);
    if (!bytes) throw new ProofFault('A tile is missing.');
    return bytes;
  }
}

/** What was published must be a checkpoint of the database: it is older than it, or it has taken another way. */
async function refuseContradiction(session: ClientBase, published: Checkpoint, head: CheckpointRow | undefined): Promise<void> {
  if (published.size > (head?.size ?? 0n))
    throw new LogHalt('database-behind', `it ends at size ${head?.size ?? 0n}, and ${published.size} was published`);
  const row = await checkpointOfSize(session, published.size);
  if (!row || !same(row.root, published.root)) throw new LogHalt('forked', `at size ${published.size} another root was published`);
}

const same = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;
