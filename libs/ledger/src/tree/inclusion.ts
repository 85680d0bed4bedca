import { equalHashes, hashChildren, ProofFault, refuseUnlessHash, whole, type Whole } from './hash.js';

/**
 * The root that an inclusion proof leads to: RFC 9162 section 2.1.3.2, steps 1 to 4.
 * Throws ProofFault where the proof is too short or too long for this index and size.
 * The order of the arguments is that of transparency-dev/merkle.
 */
export function rootFromInclusionProof(index: Whole, size: Whole, leafHash: Uint8Array, proof: readonly Uint8Array[]): Uint8Array {
  let fn = whole(index, 'The index');
  let sn = whole(size, 'The size') - 1n;
  if (fn > sn) throw new ProofFault('The index lies outside the tree.');
  refuseUnlessHash(leafHash);
  let root = leafHash;
  for (const hash of proof) {
    if (sn === 0n) throw new ProofFault('The proof is too long.');
    if ((fn & 1n) === 1n || fn === sn) {
      root = hashChildren(hash, root);
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else root = hashChildren(root, hash);
    fn >>= 1n;
    sn >>= 1n;
  }
  if (sn !== 0n) throw new ProofFault('The proof is too short.');
  return root;
}

/** Throws ProofFault unless the leaf stands at this index of the tree with this size and root. */
export function verifyInclusion(index: Whole, size: Whole, leafHash: Uint8Array, proof: readonly Uint8Array[], root: Uint8Array): void {
  refuseUnlessHash(root);
  if (!equalHashes(rootFromInclusionProof(index, size, leafHash, proof), root)) throw new ProofFault('The proof leads to another root.');
}
