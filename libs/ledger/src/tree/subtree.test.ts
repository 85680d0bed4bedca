import * as fc from 'fast-check';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import {
  GrowingLog,
  hashLeaf,
  inclusionProof,
  ProofFault,
  subtreeProof,
  tileReader,
  verifySubtreeConsistency,
  type Tile,
} from '@paddock/ledger';

const SIZES = fc.integer({ min: 1, max: 600 });

async function logOf(leaves: readonly Uint8Array[]) {
  const { log, written } = GrowingLog.EMPTY.append(leaves);
  const fetch = async (tile: Tile) => written.find((one) => JSON.stringify(one.tile, text) === JSON.stringify(tile, text))!.bytes;
  return { root: log.root(), read: tileReader(log.size, fetch) };
}

const text = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
const leavesOf = (size: number) => Array.from({ length: size }, (_, n) => utf8ToBytes(`entry ${n}`));

describe('subtrees', () => {
  test('each is proved to be part of its tree, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(SIZES, fc.nat(), fc.nat(), fc.integer({ min: 0, max: 255 }), async (size, from, length, bit) => {
        const wanted = 1 + (length % size);
        const step = 2 ** Math.ceil(Math.log2(wanted));
        const begin = step * (from % Math.max(1, Math.floor((size - wanted) / step) + 1));
        const leaves = leavesOf(size);
        const { root, read } = await logOf(leaves);
        const { root: hash } = await logOf(leaves.slice(begin, begin + wanted));
        const subtree = { begin: BigInt(begin), end: BigInt(begin + wanted) };
        const proof = await subtreeProof(subtree, BigInt(size), read);
        verifySubtreeConsistency(subtree, size, proof, hash, root);
        const other = hash.map((byte, n) => (n === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        expect(() => verifySubtreeConsistency(subtree, size, proof, other, root)).toThrow(ProofFault);
        expect(() => verifySubtreeConsistency(subtree, size, [...proof, root], hash, root)).toThrow(ProofFault);
        expect(() => verifySubtreeConsistency(subtree, size, proof, hash, other)).toThrow(ProofFault);
      }),
    );
  });

  test('of one leaf the proof is that of its inclusion', async () => {
    const { read } = await logOf(leavesOf(300));
    expect(await subtreeProof({ begin: 259n, end: 260n }, 300n, read)).toEqual(await inclusionProof(259n, 300n, read));
    expect(hashLeaf(leavesOf(300)[259]!)).toEqual(await read(0, 259n));
  });
});
