import { Injectable } from '@nestjs/common';
import { AdapterFailure } from '@paddock/domain';
import {
  consistencyProof,
  decodeBundle,
  encodeBundle,
  inclusionProof,
  parseNote,
  readCheckpoint,
  tileReader,
  widthIn,
  type Checkpoint,
  type SubtreeReader,
  type Tile,
} from '@paddock/ledger';
import { DataSource } from 'typeorm';
import { prepared } from '../../database/prepared.js';
import { Runtime } from '../../http/runtime.js';
import { TileStore } from './tile-store.js';

export interface PublishedCheckpoint extends Checkpoint {
  /** As the log signed it. */
  note: string;
}

export interface PublishedKey {
  vkey: string;
  from: string;
  until: string | null;
}

/** The log as everybody may read it: what was published, and no more. */
@Injectable()
export class PublicLog {
  readonly tiles: TileStore;
  private newest: PublishedCheckpoint | undefined;

  constructor(
    private readonly database: DataSource,
    runtime: Runtime,
  ) {
    this.tiles = new TileStore(runtime.store);
  }

  /** Never an older one than this process has shown before, whatever a delayed writer has left in the store. */
  async checkpoint(): Promise<PublishedCheckpoint | undefined> {
    const bytes = await this.tiles.checkpoint();
    if (!bytes) return this.newest;
    const note = Buffer.from(bytes).toString('utf8');
    const checkpoint = readCheckpoint(parseNote(note));
    if (!this.newest || checkpoint.size > this.newest.size) this.newest = { ...checkpoint, note };
    return this.newest;
  }

  /** With the lines of the witnesses that have cosigned it. */
  async cosigned({ size, note }: PublishedCheckpoint): Promise<string> {
    const rows = await prepared<{ line: string }>(
      this.database,
      'cosignatures',
      'SELECT line FROM cosignature WHERE size = $1 ORDER BY vkey',
      [String(size)],
    );
    return note + rows.map(({ line }) => line).join('');
  }

  /**
   * Undefined for a tile that no published checkpoint implies. One of an earlier checkpoint may stand in a wider one alone: a log
   * that was written anew has those of its newest checkpoint.
   */
  async tile(tile: Tile): Promise<Uint8Array | undefined> {
    const size = (await this.checkpoint())?.size ?? 0n;
    const width = widthIn(size, tile.level, tile.index);
    if (width < tile.width) return undefined;
    const bytes = await this.tiles.read(tile);
    if (bytes || tile.width === width) return bytes;
    const wider = await this.tiles.read({ ...tile, width });
    return wider && firstOf(wider, width, tile);
  }

  /** The newest checkpoint that covers the entry and that a witness has cosigned; without one the newest that covers it. */
  async covering(index: bigint): Promise<PublishedCheckpoint | undefined> {
    const newest = await this.checkpoint();
    if (!newest || index >= newest.size) return undefined;
    const [row] = await prepared<{ note: string }>(
      this.database,
      'cosigned-checkpoint',
      `SELECT c.note FROM checkpoint c WHERE c.size > $1 AND c.size <= $2 AND EXISTS (SELECT FROM cosignature s WHERE s.size = c.size) ORDER BY c.size DESC LIMIT 1`,
      [String(index), String(newest.size)],
    );
    return row ? { ...readCheckpoint(parseNote(row.note)), note: row.note } : newest;
  }

  /** The first checkpoint that covers the entry and that a witness has cosigned; without one the first that covers it. It moves no more. */
  async firstCovering(index: bigint): Promise<PublishedCheckpoint | undefined> {
    const newest = await this.checkpoint();
    const [row] = await prepared<{ note: string }>(
      this.database,
      'first-covering-checkpoint',
      `SELECT c.note FROM checkpoint c WHERE c.size > $1 AND c.size <= $2 ORDER BY EXISTS (SELECT FROM cosignature s WHERE s.size = c.size) DESC, c.size LIMIT 1`,
      [String(index), String(newest?.size ?? 0n)],
    );
    return row && { ...readCheckpoint(parseNote(row.note)), note: row.note };
  }

  inclusion(index: bigint, size: bigint): Promise<Uint8Array[]> {
    return inclusionProof(index, size, this.subtrees(size));
  }

  /** That the tree of the larger size goes on from that of the smaller one. */
  consistency(smaller: bigint, larger: bigint): Promise<Uint8Array[]> {
    return consistencyProof(smaller, larger, this.subtrees(larger));
  }

  private subtrees(size: bigint): SubtreeReader {
    return tileReader(size, async (tile) => {
      const bytes = await this.tile(tile);
      if (!bytes) throw new AdapterFailure('ledger', `a tile of level ${tile.level} is missing in the store`, false);
      return bytes;
    });
  }

  /** Every key that ever signed the log, with the time in which it did. */
  async keys(): Promise<PublishedKey[]> {
    const rows = await prepared<{ vkey: string; began_at: Date; ended_at: Date | null }>(
      this.database,
      'ledger-keys',
      'SELECT vkey, began_at, ended_at FROM ledger_key ORDER BY began_at, vkey',
      [],
    );
    return rows.map(({ vkey, began_at, ended_at }) => ({
      vkey,
      from: began_at.toISOString(),
      until: ended_at?.toISOString() ?? null,
    }));
  }
}

function firstOf(wider: Uint8Array, there: number, { level, width }: Tile): Uint8Array {
  return level === 'entries' ? encodeBundle(decodeBundle(wider, there).slice(0, width)) : wider.subarray(0, width * 32);
}
