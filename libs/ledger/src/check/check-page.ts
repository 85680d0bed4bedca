import { decodeBundle } from '../tiles/entry-bundle.js';
import { TILE_WIDTH, tileHashes, tilePath, widthIn, type Tile } from '../tiles/tile-path.js';
import { equalHashes, hashLeaf, ProofFault } from '../tree/hash.js';
import { successionOf, successionSentence } from '../succession.js';
import type { EntryRow, Finding, LogSource, Notice } from './log-source.js';

/** The entries of one bundle: each stands in up to three places, and the two that agree tell which one is bad. */
export interface CheckedPage {
  /** Leaf hashes, as most of their places have them. */
  leaves: Uint8Array[];
  findings: Finding[];
  /** Of entries with which a log goes on in place of another one. */
  notices: Notice[];
}

interface Copy {
  /** Undefined for a leaf that it does not hold, or cannot be read. */
  leaves: (Uint8Array | undefined)[];
  nameOf(index: bigint): string;
  /** The entries themselves, where the copy holds more than their hashes. */
  entries?: (Uint8Array | undefined)[];
}

/** Of the page with this index, in a log that was published up to one size and has rows up to another. */
export async function checkPage(source: LogSource, page: bigint, published: bigint, kept: bigint): Promise<CheckedPage> {
  const first = page * BigInt(TILE_WIDTH);
  const findings: Finding[] = [];
  const width = Math.max(widthIn(published, 0, page), widthIn(kept, 0, page));
  const copies = [
    ...(source.rows ? [await ofRows(source.rows.entries(first, first + BigInt(TILE_WIDTH)), first, widthIn(kept, 0, page), findings)] : []),
    ...(await publishedCopies(source, page, widthIn(published, 0, page), findings)),
  ];
  const leaves = Array.from({ length: width }, (_, n) => agreed(copies, n, first + BigInt(n), findings));
  return { leaves, findings, notices: noticesOf(copies, leaves, first) };
}

async function ofRows(asked: Promise<EntryRow[]>, first: bigint, width: number, findings: Finding[]): Promise<Copy> {
  const byIndex = new Map((await asked).map((row) => [row.index, row]));
  const leaves = Array.from({ length: width }, (_, n) => {
    const row = byIndex.get(first + BigInt(n));
    if (!row) findings.push({ where: `entry ${first + BigInt(n)}`, fault: 'no row has this index' });
    return row && hashLeaf(row.entry);
  });
  const entries = Array.from({ length: width }, (_, n) => byIndex.get(first + BigInt(n))?.entry);
  return { leaves, entries, nameOf: (index) => `entry ${index} (row ${byIndex.get(index)?.id})` };
}

async function publishedCopies(source: LogSource, page: bigint, width: number, findings: Finding[]): Promise<Copy[]> {
  if (width === 0) return [];
  const bundle: Tile = { level: 'entries', index: page, width };
  const tile: Tile = { level: 0, index: page, width };
  return [
    await readCopy(source, bundle, (bytes) => ofEntries(decodeBundle(bytes, width)), findings),
    await readCopy(source, tile, (bytes) => ({ leaves: tileHashes(bytes, width) }), findings),
  ];
}

type Content = Pick<Copy, 'leaves' | 'entries'>;

const ofEntries = (entries: Uint8Array[]): Content => ({ leaves: entries.map(hashLeaf), entries });

async function readCopy(source: LogSource, tile: Tile, read: (bytes: Uint8Array) => Content, findings: Finding[]): Promise<Copy> {
  const path = tilePath(tile);
  const copy = (content: Content): Copy => ({ ...content, nameOf: (index) => `${path}, entry ${index}` });
  const bytes = await source.tile(tile);
  if (!bytes) findings.push({ where: path, fault: 'it is missing' });
  try {
    return copy(bytes ? read(bytes) : { leaves: [] });
  } catch (error) {
    if (!(error instanceof ProofFault)) throw error;
    findings.push({ where: path, fault: error.message });
    return copy({ leaves: [] });
  }
}

/** What most places say; those that say something else are named. */
function agreed(copies: readonly Copy[], n: number, index: bigint, findings: Finding[]): Uint8Array {
  const said = copies.flatMap((copy) => (copy.leaves[n] ? [{ copy, hash: copy.leaves[n] }] : []));
  // Without any copy nothing above it can be right either; the roots will say so.
  const [first = { hash: new Uint8Array(32) }, ...others] = said;
  if (others.every(({ hash }) => equalHashes(hash, first.hash))) return first.hash;
  const pair = said.find(({ hash }) => said.filter((other) => equalHashes(other.hash, hash)).length > 1);
  if (!pair) findings.push({ where: `entry ${index}`, fault: 'no two copies of it agree' });
  for (const { copy, hash } of pair ? said : [])
    if (!equalHashes(hash, pair!.hash)) findings.push({ where: copy.nameOf(index), fault: 'its other copies have another hash' });
  return (pair ?? first).hash;
}

/** By the copies whose entry is the one that most places have. */
function noticesOf(copies: readonly Copy[], leaves: readonly Uint8Array[], first: bigint): Notice[] {
  return leaves.flatMap((leaf, n) => {
    const said = copies
      .map(({ entries }) => entries?.[n])
      .find((entry) => entry && successionOf(entry) && equalHashes(hashLeaf(entry), leaf));
    const succession = said && successionOf(said);
    return succession ? [{ where: `entry ${first + BigInt(n)}`, notice: successionSentence(succession) }] : [];
  });
}
