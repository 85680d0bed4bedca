import { EMPTY_ROOT, hashChildren, ProofFault } from './hash.js';
import { boundsOf, type Subtree } from './subtree.js';

/**
 * The hash of the perfect subtree of 2^level leaves that begins at leaf index × 2^level, as tiles hold it. Asked only for
 * subtrees that lie wholly within the tree.
 */
export type SubtreeReader = (level: number, index: bigint) => Promise<Uint8Array>;

interface Range {
  begin: bigint;
  end: bigint;
}

/** RFC 9162 section 2.1.1. */
export function treeRoot(size: bigint, read: SubtreeReader): Promise<Uint8Array> {
  return size === 0n ? Promise.resolve(EMPTY_ROOT) : rootOf({ begin: 0n, end: size }, read);
}

/** RFC 9162 section 2.1.3.1, from the leaf to the root. */
export async function inclusionProof(index: bigint, size: bigint, read: SubtreeReader): Promise<Uint8Array[]> {
  if (index < 0n || index >= size) throw new ProofFault('The index lies outside the tree.');
  const path: Promise<Uint8Array>[] = [];
  let range: Range = { begin: 0n, end: size };
  while (range.end - range.begin > 1n) {
    const middle = range.begin + splitOf(range.end - range.begin);
    const [left, right] = [
      { begin: range.begin, end: middle },
      { begin: middle, end: range.end },
    ];
    path.unshift(rootOf(index < middle ? right : left, read));
    range = index < middle ? left : right;
  }
  return Promise.all(path);
}

/** RFC 9162 section 2.1.4.1. */
export async function consistencyProof(smaller: bigint, larger: bigint, read: SubtreeReader): Promise<Uint8Array[]> {
  if (smaller > larger || smaller < 0n) throw new ProofFault('The smaller tree is the larger one.');
  return smaller === 0n ? [] : subtreeProof({ begin: 0n, end: smaller }, larger, read);
}

/** That the subtree is part of the tree: draft-ietf-plants-merkle-tree-certs section 4.4.1. */
export async function subtreeProof(subtree: Subtree, size: bigint, read: SubtreeReader): Promise<Uint8Array[]> {
  const bounds = boundsOf(subtree);
  if (bounds.end > size) throw new ProofFault('The subtree ends outside the tree.');
  return Promise.all(subproof(bounds, { begin: 0n, end: size }, true, read));
}

/** `known` as long as the subtree's own hash is a node on the way. */
function subproof({ begin, end }: Range, range: Range, known: boolean, read: SubtreeReader): Promise<Uint8Array>[] {
  if (begin === range.begin && end === range.end) return known ? [] : [rootOf(range, read)];
  const middle = range.begin + splitOf(range.end - range.begin);
  const [left, right] = [
    { begin: range.begin, end: middle },
    { begin: middle, end: range.end },
  ];
  if (end <= middle) return [...subproof({ begin, end }, left, known, read), rootOf(right, read)];
  if (begin >= middle) return [...subproof({ begin, end }, right, known, read), rootOf(left, read)];
  return [...subproof({ begin: middle, end }, right, false, read), rootOf(left, read)];
}

/** Of leaves begin..end: perfect subtrees are read, others are put together of them. */
async function rootOf({ begin, end }: Range, read: SubtreeReader): Promise<Uint8Array> {
  const size = end - begin;
  const split = splitOf(size);
  // splitOf is the largest power of two below the size: twice that is the size itself where the subtree is perfect.
  if (size === 1n || split * 2n === size) return read(levelOf(size), begin / size);
  const [left, right] = await Promise.all([rootOf({ begin, end: begin + split }, read), rootOf({ begin: begin + split, end }, read)]);
  return hashChildren(left, right);
}

/** The largest power of two that is smaller than the size. */
function splitOf(size: bigint): bigint {
  return size <= 1n ? 0n : 1n << BigInt((size - 1n).toString(2).length - 1);
}

const levelOf = (perfect: bigint) => perfect.toString(2).length - 1;
