import { EMPTY_ROOT, equalHashes, hashChildren, ProofFault, refuseUnlessHash, whole, type Whole } from './hash.js';

/**
 * Throws ProofFault unless the larger tree holds the smaller one unchanged at its beginning: RFC 9162 section 2.1.4.2.
 * Trees of one size are consistent when their roots are equal; the empty tree is in every other. Both need an empty proof.
 */
export function verifyConsistency(
  smaller: Whole,
  larger: Whole,
  proof: readonly Uint8Array[],
  smallerRoot: Uint8Array,
  largerRoot: Uint8Array,
): void {
  const first = whole(smaller, 'The smaller size');
  const second = whole(larger, 'The larger size');
  for (const hash of [smallerRoot, largerRoot, ...proof]) refuseUnlessHash(hash);
  if (first > second) throw new ProofFault('The smaller tree is the larger one.');
  if (first === second || first === 0n) return refuseUnlessTrivial(first === second, proof, smallerRoot, largerRoot);
  const { oldRoot, newRoot } = rootsFromProof(first, second, proof, smallerRoot);
  if (!equalHashes(oldRoot, smallerRoot)) throw new ProofFault('The proof leads to another smaller root.');
  if (!equalHashes(newRoot, largerRoot)) throw new ProofFault('The proof leads to another larger root.');
}

function refuseUnlessTrivial(sameSize: boolean, proof: readonly Uint8Array[], smallerRoot: Uint8Array, largerRoot: Uint8Array): void {
  if (proof.length > 0) throw new ProofFault('The proof is too long.');
  if (!equalHashes(smallerRoot, sameSize ? largerRoot : EMPTY_ROOT)) throw new ProofFault('The smaller root is not that of its tree.');
}

function rootsFromProof(first: bigint, second: bigint, given: readonly Uint8Array[], smallerRoot: Uint8Array) {
  // A smaller tree that is perfect is a node of the larger one: the proof leaves it out.
  const proof = (first & (first - 1n)) === 0n ? [smallerRoot, ...given] : given;
  const [start, ...path] = proof;
  if (!start) throw new ProofFault('The proof is too short.');
  let fn = first - 1n;
  let sn = second - 1n;
  while ((fn & 1n) === 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let oldRoot = start;
  let newRoot = start;
  for (const hash of path) {
    if (sn === 0n) throw new ProofFault('The proof is too long.');
    if ((fn & 1n) === 1n || fn === sn) {
      oldRoot = hashChildren(hash, oldRoot);
      newRoot = hashChildren(hash, newRoot);
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else newRoot = hashChildren(newRoot, hash);
    fn >>= 1n;
    sn >>= 1n;
  }
  if (sn !== 0n) throw new ProofFault('The proof is too short.');
  return { oldRoot, newRoot };
}
