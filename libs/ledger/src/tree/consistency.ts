import { equalHashes, ProofFault, whole, type Whole } from './hash.js';
import { verifySubtreeConsistency } from './subtree.js';

/**
 * Throws ProofFault unless the larger tree holds the smaller one unchanged at its beginning: RFC 9162 section 2.1.4.2.
 * Trees of one size are consistent when their roots are equal, byte for byte, and the proof is empty. The empty tree proves
 * nothing and is refused: whoever has seen none asks for no proof.
 * The order of the arguments is that of transparency-dev/merkle and of sigstore.
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
  if (first === 0n) throw new ProofFault('Nothing follows from an empty tree.');
  if (first > second) throw new ProofFault('The smaller tree is the larger one.');
  if (first < second) return verifySubtreeConsistency({ begin: 0n, end: first }, second, proof, smallerRoot, largerRoot);
  if (proof.length > 0) throw new ProofFault('The proof is too long.');
  if (!equalHashes(smallerRoot, largerRoot)) throw new ProofFault('Two roots of one size differ.');
}
