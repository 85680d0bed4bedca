import { concatBytes } from '@noble/hashes/utils.js';
import { EMPTY_ROOT, hashChildren, hashLeaf } from '../tree/hash.js';
import { encodeBundle } from './entry-bundle.js';
import { perfectRoot } from './tile-reader.js';
import { partialTiles, TILE_WIDTH, tileHashes, widthIn, type Tile } from './tile-path.js';

/** A tile or bundle with its bytes. */
export interface WrittenTile {
  tile: Tile;
  bytes: Uint8Array;
}

/**
 * The right edge of a log: what has to be known of it to make it longer. On each level the hashes of its last tile, as
 * long as that is partial, and the entries of the last bundle.
 */
export class GrowingLog {
  private constructor(
    readonly size: bigint,
    private readonly levels: readonly (readonly Uint8Array[])[],
    private readonly entries: readonly Uint8Array[],
  ) {}

  static readonly EMPTY = new GrowingLog(0n, [], []);

  /** Of a log of this size: `entries` are those after its last full bundle; the tiles above them are fetched. */
  static async load(size: bigint, entries: readonly Uint8Array[], fetch: (tile: Tile) => Promise<Uint8Array>): Promise<GrowingLog> {
    const above = partialTiles(size).filter(({ level }) => level !== 'entries' && level > 0);
    const levels: Uint8Array[][] = [entries.map(hashLeaf)];
    for (const tile of above) {
      while (levels.length <= Number(tile.level)) levels.push([]);
      levels[Number(tile.level)] = tileHashes(await fetch(tile), tile.width);
    }
    return new GrowingLog(size, levels, entries);
  }

  /** RFC 9162 section 2.1.1. */
  root(): Uint8Array {
    const perfect = this.levels.toReversed().flatMap(perfectSubtrees);
    return perfect.length === 0 ? EMPTY_ROOT : perfect.reduceRight((right, left) => hashChildren(left, right));
  }

  /** The longer log, and every tile and bundle that it has and this one has not, the full ones first. */
  append(added: readonly Uint8Array[]): { log: GrowingLog; written: WrittenTile[] } {
    const size = this.size + BigInt(added.length);
    const written: WrittenTile[] = [];
    const bundles = split(this.size / BigInt(TILE_WIDTH), [...this.entries, ...added]);
    for (const { index, full } of bundles.full)
      written.push({ tile: { level: 'entries', index, width: TILE_WIDTH }, bytes: encodeBundle(full) });
    const levels: Uint8Array[][] = [];
    let rising: Uint8Array[] = added.map(hashLeaf);
    for (let level = 0; rising.length > 0 || level < this.levels.length; level++) {
      const first = (this.size >> BigInt(level * 8)) / BigInt(TILE_WIDTH);
      const tiles = split(first, [...(this.levels[level] ?? []), ...rising]);
      for (const { index, full } of tiles.full) written.push({ tile: { level, index, width: TILE_WIDTH }, bytes: concatBytes(...full) });
      levels.push(tiles.rest);
      rising = tiles.full.map(({ full }) => perfectRoot(full));
    }
    const log = new GrowingLog(size, levels, bundles.rest);
    return { log, written: [...written, ...log.partial().filter(({ tile }) => tile.width !== widthIn(this.size, tile.level, tile.index))] };
  }

  /** The partial tiles and the partial bundle at the right edge. */
  partial(): WrittenTile[] {
    return partialTiles(this.size).map((tile) => ({
      tile,
      bytes: tile.level === 'entries' ? encodeBundle(this.entries) : concatBytes(...this.levels[tile.level]!),
    }));
  }
}

/** In tiles of full width, the first of them with this index, and what is left. */
function split(first: bigint, items: Uint8Array[]): { full: { index: bigint; full: Uint8Array[] }[]; rest: Uint8Array[] } {
  const count = Math.floor(items.length / TILE_WIDTH);
  const full = Array.from({ length: count }, (_, n) => ({
    index: first + BigInt(n),
    full: items.slice(n * TILE_WIDTH, (n + 1) * TILE_WIDTH),
  }));
  return { full, rest: items.slice(count * TILE_WIDTH) };
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
