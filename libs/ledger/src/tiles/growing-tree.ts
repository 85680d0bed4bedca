import { concatBytes } from '@noble/hashes/utils.js';
import { EMPTY_ROOT, hashChildren } from '../tree/hash.js';
import { inTiles } from './in-tiles.js';
import { perfectRoot } from './tile-reader.js';
import { partialTiles, TILE_HEIGHT, TILE_WIDTH, tileHashes, widthIn, type Tile } from './tile-path.js';

/** A tile or bundle with its bytes. */
export interface WrittenTile {
  tile: Tile;
  bytes: Uint8Array;
}

/** The right edge of a tree: on each level the hashes of its last tile, as long as that is partial. */
export class GrowingTree {
  private constructor(
    readonly size: bigint,
    private readonly levels: readonly (readonly Uint8Array[])[],
  ) {}

  static readonly EMPTY = new GrowingTree(0n, []);

  /** Of a tree of this size: `leaves` are the hashes after its last full tile; the tiles above them are fetched. */
  static async load(size: bigint, leaves: readonly Uint8Array[], fetch: (tile: Tile) => Promise<Uint8Array>): Promise<GrowingTree> {
    const levels: (readonly Uint8Array[])[] = [leaves];
    for (const tile of partialTiles(size)) {
      if (tile.level === 'entries' || tile.level === 0) continue;
      while (levels.length < tile.level) levels.push([]);
      levels.push(tileHashes(await fetch(tile), tile.width));
    }
    return new GrowingTree(size, levels);
  }

  /** RFC 9162 section 2.1.1. */
  root(): Uint8Array {
    const perfect = this.levels.toReversed().flatMap(perfectSubtrees);
    return perfect.length === 0 ? EMPTY_ROOT : perfect.reduceRight((right, left) => hashChildren(left, right));
  }

  /** The larger tree, and every tile that it has and this one has not, the full ones first. */
  append(leaves: readonly Uint8Array[]): { tree: GrowingTree; written: WrittenTile[] } {
    const written: WrittenTile[] = [];
    const levels: Uint8Array[][] = [];
    let rising = leaves;
    for (let level = 0; rising.length > 0 || level < this.levels.length; level++) {
      const first = (this.size >> BigInt(level * TILE_HEIGHT)) / BigInt(TILE_WIDTH);
      const { full, rest } = inTiles(first, [...(this.levels[level] ?? []), ...rising]);
      for (const { index, items } of full) written.push({ tile: { level, index, width: TILE_WIDTH }, bytes: concatBytes(...items) });
      levels.push(rest);
      rising = full.map(({ items }) => perfectRoot(items));
    }
    const tree = new GrowingTree(this.size + BigInt(leaves.length), levels);
    const partial = tree.partial().filter(({ tile }) => tile.width !== widthIn(this.size, tile.level, tile.index));
    return { tree, written: [...written, ...partial] };
  }

  /** The partial tiles at the right edge. */
  partial(): WrittenTile[] {
    return partialTiles(this.size).flatMap((tile) =>
      tile.level === 'entries' ? [] : [{ tile, bytes: concatBytes(...this.levels[tile.level]!) }],
    );
  }
}

/** From the left: the largest perfect subtree first. */
function perfectSubtrees(hashes: readonly Uint8Array[]): Uint8Array[] {
  const roots: Uint8Array[] = [];
  for (let at = 0, width = TILE_WIDTH / 2; width >= 1; width /= 2) {
    if (hashes.length - at < width) continue;
    roots.push(perfectRoot(hashes.slice(at, at + width)));
    at += width;
  }
  return roots;
}
