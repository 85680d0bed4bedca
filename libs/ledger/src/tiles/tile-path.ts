import { ProofFault } from '../tree/hash.js';

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256;
/** Levels of the tree that one tile spans. */
export const TILE_HEIGHT = 8;

/** C2SP tlog-tiles: a tile of hashes at a level, or a bundle of entries. */
export interface Tile {
  level: number | 'entries';
  index: bigint;
  /** 1 to 256; below 256 it is partial. */
  width: number;
}

/** Below the log's prefix: `tile/0/x001/x234/067`, `tile/entries/000.p/17`. */
export function tilePath({ level, index, width }: Tile): string {
  const groups = index
    .toString()
    .padStart(Math.ceil(index.toString().length / 3) * 3, '0')
    .match(/\d{3}/g)!;
  const digits = groups.map((group, n) => (n < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${digits}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/){0,6}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Undefined for a path that names no tile, or not in the one way in which it is written. */
export function parseTilePath(path: string): Tile | undefined {
  const [, level, digits, width] = PATH.exec(path) ?? [];
  if (level === undefined || digits === undefined) return undefined;
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: BigInt(digits.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  const fits = (tile.level === 'entries' || tile.level < 64) && tile.width <= TILE_WIDTH;
  return fits && tilePath(tile) === path ? tile : undefined;
}

/** How wide the tile is in a tree of that size; 0 where it has none of it. */
export function widthIn(size: bigint, level: number | 'entries', index: bigint): number {
  const nodes = size >> BigInt(level === 'entries' ? 0 : level * TILE_HEIGHT);
  const width = nodes - index * BigInt(TILE_WIDTH);
  return width <= 0n ? 0 : width >= TILE_WIDTH ? TILE_WIDTH : Number(width);
}

/** The last tile of each level that a tree of this size ends in, and its last bundle, where they are partial. */
export function partialTiles(size: bigint): Tile[] {
  const levels: (number | 'entries')[] = ['entries'];
  for (let nodes = size, level = 0; nodes > 0n; nodes >>= BigInt(TILE_HEIGHT), level++) levels.push(level);
  return levels
    .map((level) => {
      const index = (size >> BigInt(level === 'entries' ? 0 : level * TILE_HEIGHT)) / BigInt(TILE_WIDTH);
      return { level, index, width: widthIn(size, level, index) };
    })
    .filter(({ width }) => width > 0);
}

/** Throws ProofFault unless these are the bytes of a tile of hashes as wide as it should be; else its hashes. */
export function tileHashes(bytes: Uint8Array, width: number): Uint8Array[] {
  if (bytes.length !== width * 32) throw new ProofFault('The tile has another width.');
  return Array.from({ length: width }, (_, n) => bytes.subarray(n * 32, (n + 1) * 32));
}
