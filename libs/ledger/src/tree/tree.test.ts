import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as fc from 'fast-check';
import { verifyConsistency } from './consistency.js';
import { EMPTY_ROOT, hashChildren, hashLeaf, ProofFault } from './hash.js';
import { rootFromInclusionProof, verifyInclusion } from './inclusion.js';
import { consistencyProof, inclusionProof, treeRoot, type SubtreeReader } from './proofs.js';

/** The eight leaves that RFC 6962 implementations share, and the roots of their first 1 to 8. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(hexToBytes);
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** A tree in memory, hashed anew from its leaves at each question. */
function readerOf(leaves: readonly Uint8Array[]): SubtreeReader {
  const read = async (level: number, index: bigint): Promise<Uint8Array> =>
    level === 0
      ? hashLeaf(leaves[Number(index)]!)
      : hashChildren(await read(level - 1, index * 2n), await read(level - 1, index * 2n + 1n));
  return read;
}

/** RFC 9162 section 2.1.1, word by word. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return hashLeaf(leaves[0]!);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return hashChildren(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
}

const many = (size: number) => Array.from({ length: size }, (_, index) => utf8ToBytes(`entry ${index}`));
const sizes = fc.integer({ min: 1, max: 70 });

describe('the tree', () => {
  test('has the roots that everybody’s trees have', async () => {
    const read = readerOf(LEAVES);
    const roots = await Promise.all(ROOTS.map((_, index) => treeRoot(BigInt(index + 1), read)));
    expect(roots.map(bytesToHex)).toEqual(ROOTS);
    expect(bytesToHex(await treeRoot(0n, read))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('the published proofs of the RFC tree', async () => {
    const read = readerOf(LEAVES);
    expect((await inclusionProof(5n, 8n, read)).map(bytesToHex)).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect((await consistencyProof(6n, 8n, read)).map(bytesToHex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  test('every leaf of every tree is proved, by bigint and by number', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (size, at) => {
        const leaves = many(size);
        const index = at % size;
        const proof = await inclusionProof(BigInt(index), BigInt(size), readerOf(leaves));
        const leaf = hashLeaf(leaves[index]!);
        expect(rootFromInclusionProof(index, size, leaf, proof)).toEqual(naiveRoot(leaves));
        verifyInclusion(BigInt(index), BigInt(size), leaf, proof, naiveRoot(leaves));
      }),
    );
  });

  test('every tree is consistent with every larger one', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (size, at) => {
        const smaller = 1 + (at % size);
        const leaves = many(size);
        const proof = await consistencyProof(BigInt(smaller), BigInt(size), readerOf(leaves));
        expect(() => verifyConsistency(smaller, size, proof, naiveRoot(leaves.slice(0, smaller)), naiveRoot(leaves))).not.toThrow();
      }),
    );
  });
});

describe('what does not prove', () => {
  const flipped = (hash: Uint8Array, bit: number) => hash.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
  const bit = fc.integer({ min: 0, max: 255 });

  test('one bit of leaf, proof or root; a hash more or less; another index or size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 70 }), fc.nat(), bit, fc.nat(), async (size, at, one, step) => {
        const leaves = many(size);
        const index = at % size;
        const [leaf, root] = [hashLeaf(leaves[index]!), naiveRoot(leaves)];
        const proof = await inclusionProof(BigInt(index), BigInt(size), readerOf(leaves));
        const changed = proof.map((hash, n) => (n === step % proof.length ? flipped(hash, one) : hash));
        const wrong: Parameters<typeof verifyInclusion>[] = [
          [index, size, flipped(leaf, one), proof, root],
          [index, size, leaf, changed, root],
          [index, size, leaf, proof, flipped(root, one)],
          [index, size, leaf, [...proof, root], root],
          [index, size, leaf, proof.slice(0, -1), root],
          [(index + 1) % size, size, leaf, proof, root],
          [index + size, size, leaf, proof, root],
          [-1, size, leaf, proof, root],
          [index, 0.5, leaf, proof, root],
          [index, size, leaf.slice(1), proof, root],
        ];
        for (const given of wrong) expect(() => verifyInclusion(...given)).toThrow(ProofFault);
      }),
    );
  });

  test('a fork, a shrunk tree, a changed consistency proof', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 70 }), fc.nat(), bit, async (size, at, one) => {
        const smaller = 1 + (at % (size - 1));
        const leaves = many(size);
        const [first, second] = [naiveRoot(leaves.slice(0, smaller)), naiveRoot(leaves)];
        const proof = await consistencyProof(BigInt(smaller), BigInt(size), readerOf(leaves));
        const wrong: Parameters<typeof verifyConsistency>[] = [
          [smaller, size, proof, flipped(first, one), second],
          [smaller, size, proof, first, flipped(second, one)],
          [smaller, size, proof.map((hash) => flipped(hash, one)), first, second],
          [smaller, size, [...proof, second], first, second],
          [smaller, size, proof.slice(0, -1), first, second],
          [size, smaller, proof, second, first],
          [0, size, proof, EMPTY_ROOT, second],
          [size, size, proof, second, second],
        ];
        for (const given of wrong) expect(() => verifyConsistency(...given)).toThrow(ProofFault);
      }),
    );
  });
});
