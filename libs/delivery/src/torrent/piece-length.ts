/** The leaf of a v2 hash tree, in bytes (BEP 52). */
export const BLOCK_LENGTH = 16 * 1024;

const LEAST = 256 * 1024;
const MOST = 16 * 1024 * 1024;
/** More pieces make a larger .torrent, fewer make a peer wait longer for the first one that it can share. */
const AIM = 8192;

/** Bytes a piece for a release of so many bytes: a power of two from 256 KiB to 16 MiB that gives at most 8,192 pieces where it can. */
export function pieceLengthFor(size: number): number {
  let length = LEAST;
  while (length < MOST && size / length > AIM) length *= 2;
  return length;
}
