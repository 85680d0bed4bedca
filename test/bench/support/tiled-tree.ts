import { hashChildren, hashLeaf, tilePath, widthIn } from '@paddock/ledger';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const width = 256n;

/**
 * The tiles of a tree of that size in a folder, with the same entry as every leaf: which tiles a proof reads does not
 * depend on what they hold, and so each level is hashed once.
 */
export function writeTiledTree(folder: string, size: bigint): { entry: Uint8Array } {
  const entry = new TextEncoder().encode('the same entry');
  let hash = hashLeaf(entry);
  for (let level = 0, nodes = size; nodes > 0n; level++, nodes /= width) {
    const tile = Buffer.concat(Array.from({ length: Number(width) }, () => hash));
    for (let index = 0n; index * width < nodes; index++) {
      const here = { level, index, width: widthIn(size, level, index) };
      const path = join(folder, tilePath(here));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, tile.subarray(0, here.width * 32));
    }
    for (let step = 0; step < 8; step++) hash = hashChildren(hash, hash);
  }
  return { entry };
}
