import { equalHashes, hashChildren, ProofFault, refuseUnlessHash, whole, type Whole } from './hash.js';
import { rootFromInclusionProof } from './inclusion.js';

/** Leaves begin (inclusive) to end (exclusive) of a tree: draft-ietf-plants-merkle-tree-certs section 4.1. */
export interface Subtree {
  begin: Whole;
  end: Whole;
}

/** Throws ProofFault unless the leaf with this index of the whole tree stands in the subtree with this hash: section 4.3 of the draft. */
export function verifySubtreeInclusion(
  index: Whole,
  subtree: Subtree,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
  subtreeHash: Uint8Array,
): void {
  const { begin, end } = boundsOf(subtree);
  refuseUnlessHash(subtreeHash);
  const at = whole(index, 'The index') - begin;
  if (at < 0n) throw new ProofFault('The index lies outside the subtree.');
  if (!equalHashes(rootFromInclusionProof(at, end - begin, leafHash, proof), subtreeHash))
    throw new ProofFault('The proof leads to another subtree.');
}

/**
 * Throws ProofFault unless the tree holds exactly the leaves that the subtree's hash stands for, at its place: section
 * 4.4.3 of the draft. With begin 0 it is RFC 9162 section 2.1.4.2.
 */
export function verifySubtreeConsistency(
  subtree: Subtree,
  size: Whole,
  proof: readonly Uint8Array[],
  subtreeHash: Uint8Array,
  root: Uint8Array,
): void {
  const { begin, end } = boundsOf(subtree);
  const last = whole(size, 'The size') - 1n;
  if (end - 1n > last) throw new ProofFault('The subtree ends outside the tree.');
  for (const hash of [subtreeHash, root, ...proof]) refuseUnlessHash(hash);
  const reached = climb({ fn: begin, sn: end - 1n, tn: last }, proof, subtreeHash);
  if (!equalHashes(reached.subtree, subtreeHash)) throw new ProofFault('The proof leads to another subtree.');
  if (!equalHashes(reached.root, root)) throw new ProofFault('The proof leads to another root.');
}

/** First and last leaf of the subtree and last leaf of the tree, as the draft names them; on the way up, of the nodes above them. */
interface Places {
  fn: bigint;
  sn: bigint;
  tn: bigint;
}

function climb(leaves: Places, given: readonly Uint8Array[], subtreeHash: Uint8Array): { subtree: Uint8Array; root: Uint8Array } {
  const whole = leaves.sn === leaves.tn;
  let { fn, sn, tn } = raised(leaves, ({ fn, sn }) => fn === sn || (!whole && isLeft(sn)));
  // A perfect subtree is a node of the tree: the proof leaves it out.
  const [start, ...path] = fn === sn ? [subtreeHash, ...given] : given;
  if (!start) throw new ProofFault('The proof is too short.');
  let subtree = start;
  let root = start;
  for (const hash of path) {
    if (tn === 0n) throw new ProofFault('The proof is too long.');
    if (!isLeft(sn) || sn === tn) {
      if (fn < sn) subtree = hashChildren(hash, subtree);
      root = hashChildren(hash, root);
      ({ fn, sn, tn } = raised({ fn, sn, tn }, ({ sn }) => !isLeft(sn)));
    } else root = hashChildren(root, hash);
    ({ fn, sn, tn } = parents({ fn, sn, tn }));
  }
  if (tn !== 0n) throw new ProofFault('The proof is too short.');
  return { subtree, root };
}

function raised(places: Places, enough: (places: Places) => boolean): Places {
  let at = places;
  while (!enough(at)) at = parents(at);
  return at;
}

const parents = ({ fn, sn, tn }: Places): Places => ({ fn: fn >> 1n, sn: sn >> 1n, tn: tn >> 1n });
const isLeft = (node: bigint) => (node & 1n) === 0n;

/** Throws ProofFault unless the bounds are those of a subtree: begin is a multiple of the power of two that holds its leaves. */
export function boundsOf(subtree: Subtree): { begin: bigint; end: bigint } {
  const begin = whole(subtree.begin, 'The begin');
  const end = whole(subtree.end, 'The end');
  if (begin >= end) throw new ProofFault('The subtree is empty.');
  const width = 1n << BigInt((end - begin - 1n).toString(2).length);
  if (end - begin > 1n && begin % width !== 0n) throw new ProofFault('No subtree begins there.');
  return { begin, end };
}
