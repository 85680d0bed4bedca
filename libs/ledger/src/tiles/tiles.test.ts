import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as fc from 'fast-check';
import {
  decodeBundle,
  encodeBundle,
  GrowingLog,
  hashLeaf,
  inclusionProof,
  parseTilePath,
  partialTiles,
  ProofFault,
  tilePath,
  tileReader,
  treeRoot,
  verifyInclusion,
  widthIn,
  type Tile,
} from '@paddock/ledger';

describe('paths of tiles (C2SP tlog-tiles)', () => {
  test.each<[string, Tile]>([
    ['tile/0/x001/x234/067', { level: 0, index: 1234067n, width: 256 }],
    ['tile/0/000', { level: 0, index: 0n, width: 256 }],
    ['tile/63/999.p/1', { level: 63, index: 999n, width: 1 }],
    ['tile/entries/x001/000.p/255', { level: 'entries', index: 1000n, width: 255 }],
  ])('%s', (path, tile) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  test.each([
    'tile/0/1',
    'tile/0/x000/001',
    'tile/00/001',
    'tile/64/001',
    'tile/-1/001',
    'tile/0/001.p/0',
    'tile/0/001.p/256',
    'tile/0/001.p/01',
    'tile/0/001/',
    'tile/0/001.p/',
    'tile/0/../001',
    'tile/0/x001',
    'tile/data/001',
    'tile/0/001\n',
    `tile/0/${'x999/'.repeat(50)}001`,
  ])('%j is none', (path) => expect(parseTilePath(path)).toBeUndefined());

  test('a tree of 70,000 leaves ends as the specification says', () => {
    expect(partialTiles(70_000n)).toEqual([
      { level: 'entries', index: 273n, width: 112 },
      { level: 0, index: 273n, width: 112 },
      { level: 1, index: 1n, width: 17 },
      { level: 2, index: 0n, width: 1 },
    ]);
    expect(partialTiles(256n)).toEqual([{ level: 1, index: 0n, width: 1 }]);
    expect(widthIn(70_000n, 0, 274n)).toBe(0);
  });
});

describe('bundles of entries', () => {
  test('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 }), (entries) => {
        expect(decodeBundle(encodeBundle(entries), entries.length)).toEqual(entries);
      }),
    );
  });

  test.each([
    ['half a length', Uint8Array.of(0), 1],
    ['an entry that is cut off', Uint8Array.of(0, 5, 1, 2), 1],
    ['another number of entries', Uint8Array.of(0, 1, 7, 0, 0), 1],
  ])('%s', (_, bytes, width) => expect(() => decodeBundle(bytes, width)).toThrow(ProofFault));

  test('an entry beyond 65,535 bytes is refused', () => {
    expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow(ProofFault);
  });
});

describe('a growing log', () => {
  const entry = (n: number) => utf8ToBytes(`entry ${n}`);
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => entry(from + n));

  /** Grows step by step, each step loaded afresh from what was written. */
  async function grow(sizes: readonly number[]) {
    const store = new Map<string, Uint8Array>();
    const fetch = async (tile: Tile) => store.get(tilePath(tile))!;
    let size = 0;
    let log = GrowingLog.EMPTY;
    for (const next of sizes) {
      log = await GrowingLog.load(BigInt(size), range(size - (size % 256), size), fetch);
      const grown = log.append(range(size, next));
      for (const { tile, bytes } of grown.written) store.set(tilePath(tile), bytes);
      log = grown.log;
      size = next;
    }
    return { log, store, fetch };
  }

  test('has the root, the tiles and the bundles of its entries, however it grew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 5 }), async (steps) => {
        const sizes = steps.toSorted((a, b) => a - b);
        const size = sizes.at(-1)!;
        const { log, store, fetch } = await grow(sizes);
        const atOnce = GrowingLog.EMPTY.append(range(0, size));
        expect(log.root()).toEqual(atOnce.log.root());
        expect(log.root()).toEqual(await treeRoot(BigInt(size), tileReader(BigInt(size), fetch)));
        for (const { tile, bytes } of atOnce.written) expect(store.get(tilePath(tile))).toEqual(bytes);
        const leaves = concatBytes(...range(0, size).slice(0, 256).map(hashLeaf));
        expect(store.get(tilePath({ level: 0, index: 0n, width: Math.min(size, 256) }))).toEqual(leaves);
      }),
      { numRuns: 25 },
    );
  });

  test('every leaf is proved from tiles, of which few are read', async () => {
    const { log, fetch } = await grow([70_000]);
    let fetched = 0;
    const read = tileReader(log.size, (tile) => {
      fetched += 1;
      return fetch(tile);
    });
    const proof = await inclusionProof(5000n, log.size, read);
    verifyInclusion(5000n, log.size, hashLeaf(entry(5000)), proof, log.root());
    expect(fetched).toBeLessThanOrEqual(6);
  });

  test('a tile of another width is refused', async () => {
    await expect(
      inclusionProof(
        0n,
        3n,
        tileReader(3n, async () => new Uint8Array(64)),
      ),
    ).rejects.toThrow(ProofFault);
  });
});
