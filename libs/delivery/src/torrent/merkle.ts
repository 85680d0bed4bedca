import { hash } from 'node:crypto';

export const NOTHING = Buffer.alloc(32);

/**
 * The root of a v2 hash tree (BEP 52) over hashes of 32 bytes, filled up with `filler` to a number of leaves that is a
 * power of two and not below `leaves`.
 */
export function merkleRoot(hashes: readonly Uint8Array[], leaves = 1, filler: Buffer = NOTHING): Buffer {
  let level = hashes as Uint8Array[];
  let width = leaves;
  while (width < level.length) width *= 2;
  let rest = filler;
  for (; width > 1; width /= 2) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < level.length; at += 2) above.push(parent(level[at]!, level[at + 1] ?? rest));
    level = above;
    rest = parent(rest, rest);
  }
  return Buffer.from(level[0] ?? rest);
}

/** The root over so many leaves of nothing: what stands for a piece that a tree has no bytes for. */
export function emptyRoot(leaves: number): Buffer {
  return merkleRoot([], leaves);
}

function parent(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([left, right], 64), 'buffer');
}
