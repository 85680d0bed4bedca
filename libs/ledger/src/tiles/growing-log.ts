import { hashLeaf } from '../tree/hash.js';
import { encodeBundle } from './entry-bundle.js';
import { GrowingTree, type WrittenTile } from './growing-tree.js';
import { inTiles } from './in-tiles.js';
import { TILE_WIDTH, type Tile } from './tile-path.js';

/** The right edge of a log: what has to be known of it to make it longer. Its tree's, and the entries of the last bundle. */
export class GrowingLog {
  private constructor(
    private readonly tree: GrowingTree,
    private readonly entries: readonly Uint8Array[],
  ) {}

  static readonly EMPTY = new GrowingLog(GrowingTree.EMPTY, []);

  /** Of a log of this size: `entries` are those after its last full bundle; the tiles above them are fetched. */
  static async load(size: bigint, entries: readonly Uint8Array[], fetch: (tile: Tile) => Promise<Uint8Array>): Promise<GrowingLog> {
    return new GrowingLog(await GrowingTree.load(size, entries.map(hashLeaf), fetch), entries);
  }

  get size(): bigint {
    return this.tree.size;
  }

  root(): Uint8Array {
    return this.tree.root();
  }

  /** The longer log, and every tile and bundle that it has and this one has not. */
  append(added: readonly Uint8Array[]): { log: GrowingLog; written: WrittenTile[] } {
    const { tree, written } = this.tree.append(added.map(hashLeaf));
    const first = this.size / BigInt(TILE_WIDTH);
    const { full, rest } = inTiles(first, [...this.entries, ...added]);
    const bundles = full.map(({ index, items }) => bundle(index, items));
    const last = added.length > 0 && rest.length > 0 ? [bundle(first + BigInt(full.length), rest)] : [];
    return { log: new GrowingLog(tree, rest), written: [...written, ...bundles, ...last] };
  }
}

function bundle(index: bigint, entries: readonly Uint8Array[]): WrittenTile {
  return { tile: { level: 'entries', index, width: entries.length }, bytes: encodeBundle(entries) };
}
