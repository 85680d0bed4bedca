import { TILE_WIDTH } from './tile-path.js';

/** Items in full tiles, the first of them with this index, and what is left. */
export function inTiles<T>(first: bigint, items: readonly T[]): { full: { index: bigint; items: T[] }[]; rest: T[] } {
  const count = Math.floor(items.length / TILE_WIDTH);
  const full = Array.from({ length: count }, (_, n) => ({
    index: first + BigInt(n),
    items: items.slice(n * TILE_WIDTH, (n + 1) * TILE_WIDTH),
  }));
  return { full, rest: items.slice(count * TILE_WIDTH) };
}
