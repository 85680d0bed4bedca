import { concatBytes } from '@noble/hashes/utils.js';
import { decodeBundle } from '../tiles/entry-bundle.js';
import type { GrowingTree, WrittenTile } from '../tiles/growing-tree.js';
import { TILE_WIDTH, tilePath, widthIn } from '../tiles/tile-path.js';
import { equalHashes, hashLeaf, ProofFault } from '../tree/hash.js';
import type { Finding, LogSource } from './log-source.js';

/** Tiles in the store against what they should be. */
export async function compareTiles(source: LogSource, tiles: readonly WrittenTile[], needed: boolean): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { tile, bytes } of tiles) {
    const there = await source.tile(tile);
    const where = tilePath(tile);
    if (!there && needed) findings.push({ where, fault: 'it is missing' });
    if (there && !equalHashes(there, bytes)) findings.push({ where, fault: `hash ${firstDifference(there, bytes)} is wrong` });
  }
  return findings;
}

/**
 * What was written for an earlier checkpoint at this size: its partial tiles and its partial bundle. Once there are full
 * ones they may be gone; what is there must be right.
 */
export async function comparePartials(source: LogSource, tree: GrowingTree): Promise<Finding[]> {
  const partial = tree.partial();
  const findings = await compareTiles(source, partial, false);
  const index = tree.size / BigInt(TILE_WIDTH);
  const width = widthIn(tree.size, 'entries', index);
  const bundle = width === 0 ? undefined : await source.tile({ level: 'entries', index, width });
  if (!bundle) return findings;
  const leaves = partial.find(({ tile }) => tile.level === 0)!.bytes;
  const where = tilePath({ level: 'entries', index, width });
  return equalHashes(leavesOf(bundle, width), leaves) ? findings : [...findings, { where, fault: 'it holds other entries' }];
}

function leavesOf(bundle: Uint8Array, width: number): Uint8Array {
  try {
    return concatBytes(...decodeBundle(bundle, width).map(hashLeaf));
  } catch (error) {
    if (error instanceof ProofFault) return new Uint8Array();
    throw error;
  }
}

function firstDifference(there: Uint8Array, bytes: Uint8Array): number {
  const at = bytes.findIndex((byte, n) => byte !== there[n]);
  return Math.floor((at < 0 ? bytes.length : at) / 32);
}
