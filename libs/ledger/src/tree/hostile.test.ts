import {
  hashLeaf,
  ProofFault,
  rootFromInclusionProof,
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
} from '@paddock/ledger';

const HASH = hashLeaf(new Uint8Array());
const proof = (length: number) => Array.from({ length }, () => HASH);
const HUGE = 2n ** 63n;

/** Whatever is given: it throws, and at once. */
describe('proofs made to hang or to slip through', () => {
  test.each<[string, () => unknown]>([
    ['an empty tree', () => verifyInclusion(0, 0, HASH, [], HASH)],
    ['an index as large as the tree', () => verifyInclusion(8, 8, HASH, proof(3), HASH)],
    ['a size beyond any log', () => verifyInclusion(0, HUGE, HASH, proof(63), HASH)],
    ['a number of a million digits', () => verifyInclusion(10n ** 100_000n, 10n ** 100_001n, HASH, proof(3), HASH)],
    ['the largest size with a short proof', () => verifyInclusion(0, HUGE - 1n, HASH, proof(3), HASH)],
    ['the largest size with a long proof', () => verifyInclusion(0, HUGE - 1n, HASH, proof(100_000), HASH)],
    ['a fraction', () => verifyInclusion(0.5, 2, HASH, proof(1), HASH)],
    ['an unsafe integer', () => verifyInclusion(0, 2 ** 60, HASH, proof(60), HASH)],
    ['a negative index', () => rootFromInclusionProof(-1n, 8n, HASH, proof(3))],
    ['text in place of a size', () => verifyInclusion(0, '8' as unknown as number, HASH, proof(3), HASH)],
    ['a hash of 31 bytes in the proof', () => verifyInclusion(0, 2, HASH, [HASH.slice(1)], HASH)],
    ['an array in place of a hash', () => verifyInclusion(0, 1, [...HASH] as unknown as Uint8Array, [], HASH)],
    ['consistency with nothing', () => verifyConsistency(0, 1, [], HASH, HASH)],
    ['consistency from nothing to nothing', () => verifyConsistency(0, 0, [], HASH, HASH)],
    ['a shrunk tree', () => verifyConsistency(2, 1, [], HASH, HASH)],
    ['equal sizes with trailing nodes', () => verifyConsistency(1, 1, proof(1), HASH, HASH)],
    ['consistency of huge trees with a long proof', () => verifyConsistency(1, HUGE - 1n, proof(100_000), HASH, HASH)],
    ['consistency beyond any log', () => verifyConsistency(HUGE, HUGE + 1n, proof(2), HASH, HASH)],
    ['an empty subtree', () => verifySubtreeConsistency({ begin: 1, end: 1 }, 1, [], HASH, HASH)],
    ['a subtree that begins where none can', () => verifySubtreeConsistency({ begin: 2, end: 5 }, 8, proof(4), HASH, HASH)],
    ['a subtree beyond the tree', () => verifySubtreeConsistency({ begin: 8, end: 16 }, 12, proof(4), HASH, HASH)],
  ])('%s', (_, attempt) => {
    const began = performance.now();
    expect(attempt).toThrow(ProofFault);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
