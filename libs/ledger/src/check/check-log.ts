import type { VerifierKey } from '../note/verifier-key.js';
import { GrowingTree } from '../tiles/growing-tree.js';
import { TILE_HEIGHT, TILE_WIDTH, type Tile } from '../tiles/tile-path.js';
import { checkCheckpoint, checkPublished, sizeOf } from './check-checkpoint.js';
import { checkPage } from './check-page.js';
import { comparePartials, compareTiles } from './check-tiles.js';
import type { Finding, LogSource, Notice } from './log-source.js';

/** How far a check is, in entries. */
export interface CheckProgress {
  done: bigint;
  of: bigint;
}

const LARGEST = 2n ** 63n - 1n;

/**
 * Recomputes a log from its entries, and compares every tile, bundle and checkpoint with what follows from them. Yields
 * what is wrong and what is noteworthy in the order of the entries, and after each 256 of them how far it is.
 */
export async function* checkLog(source: LogSource, keys: readonly VerifierKey[]): AsyncGenerator<Finding | Notice | CheckProgress> {
  const note = await source.published();
  const published = (note && sizeOf(note)) ?? 0n;
  const kept = (await source.rows?.size()) ?? 0n;
  const size = published > kept ? published : kept;
  if (!note) yield { where: 'checkpoint', fault: 'none is published' };
  if (source.rows && published > kept) yield { where: 'checkpoint', fault: `it covers ${published} entries, of which ${kept} have rows` };

  let tree = GrowingTree.EMPTY;
  yield* await checkSizes(source, tree, [], 0n, keys);
  if (note && published === 0n) yield* await checkNewest(source, note, tree, keys);
  while (tree.size < size) {
    const { leaves, findings, notices } = await checkPage(source, tree.size / BigInt(TILE_WIDTH), published, kept);
    yield* notices;
    yield* findings;
    yield* await checkSizes(source, tree, leaves, tree.size + 1n, keys);
    const { tree: grown, written } = tree.append(leaves);
    if (note && tree.size < published && published <= grown.size)
      yield* await checkNewest(source, note, upTo(tree, leaves, published), keys);
    yield* await compareTiles(
      source,
      written.filter(({ tile }) => isUpper(tile) && endOf(tile) <= published),
      true,
    );
    tree = grown;
    yield { done: tree.size, of: size };
  }
  for (const row of (await source.rows?.checkpoints(size + 1n, LARGEST)) ?? [])
    yield { where: `checkpoint ${row.size}`, fault: 'it covers entries that have no rows' };
}

/** The checkpoints that were kept at sizes within a page, from the first of these sizes on. */
async function checkSizes(
  source: LogSource,
  tree: GrowingTree,
  leaves: readonly Uint8Array[],
  first: bigint,
  keys: readonly VerifierKey[],
) {
  const findings: Finding[] = [];
  for (const row of (await source.rows?.checkpoints(first, tree.size + BigInt(leaves.length))) ?? []) {
    const at = upTo(tree, leaves, row.size);
    findings.push(...checkCheckpoint(row, at.root(), keys), ...(await comparePartials(source, at)));
  }
  return findings;
}

/** The published checkpoint, and the partial tiles above the leaves that it needs. One that was kept is signed as that row is. */
async function checkNewest(source: LogSource, note: Uint8Array, at: GrowingTree, keys: readonly VerifierKey[]): Promise<Finding[]> {
  const upper = at.partial().filter(({ tile }) => tile.level !== 0);
  const missing = await compareTiles(source, upper, true);
  if (!source.rows) return [...checkPublished(note, at.root(), keys), ...missing];
  const [row] = await source.rows.checkpoints(at.size, at.size);
  const fault = `it is not the one that was signed at size ${at.size}`;
  return row?.note === new TextDecoder().decode(note) ? missing : [...missing, { where: 'checkpoint', fault }];
}

function upTo(tree: GrowingTree, leaves: readonly Uint8Array[], size: bigint): GrowingTree {
  return tree.append(leaves.slice(0, Number(size - tree.size))).tree;
}

const isUpper = ({ level, width }: Tile) => level !== 'entries' && level > 0 && width === TILE_WIDTH;

/** How many entries a log has at least that holds this full tile. */
function endOf({ level, index }: Tile): bigint {
  return (index + 1n) << BigInt(TILE_HEIGHT * (Number(level) + 1));
}
