import { hashChildren } from '../tree/hash.js';
import type { SubtreeReader } from '../tree/proofs.js';
import { TILE_HEIGHT, TILE_WIDTH, tileHashes, widthIn, type Tile } from './tile-path.js';

/**
 * Reads subtrees of a tree of this size from its tiles, each of which is fetched once. Of an inclusion proof these are
 * the leaf's tile on every level and the partial ones at the right edge.
 */
export function tileReader(size: bigint, fetch: (tile: Tile) => Promise<Uint8Array>): SubtreeReader {
  const fetched = new Map<string, Promise<Uint8Array[]>>();
  const hashesOf = (level: number, index: bigint) => {
    const key = `${level}/${index}`;
    const width = widthIn(size, level, index);
    const known = fetched.get(key) ?? fetch({ level, index, width }).then((bytes) => tileHashes(bytes, width));
    fetched.set(key, known);
    return known;
  };
  return async (level, index) => {
    const inner = level % TILE_HEIGHT;
    const first = index << BigInt(inner);
    const hashes = await hashesOf((level - inner) / TILE_HEIGHT, first / BigInt(TILE_WIDTH));
    const at = Number(first % BigInt(TILE_WIDTH));
    return perfectRoot(hashes.slice(at, at + 2 ** inner));
  };
}

/** Of a power of two of hashes. */
export function perfectRoot(hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes;
  while (row.length > 1) row = Array.from({ length: row.length / 2 }, (_, n) => hashChildren(row[n * 2]!, row[n * 2 + 1]!));
  return row[0]!;
}
