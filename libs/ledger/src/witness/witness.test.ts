import { utf8ToBytes } from '@noble/hashes/utils.js';
import {
  consistencyProof,
  EMPTY_ROOT,
  formatAddCheckpoint,
  GrowingLog,
  judgeCheckpoint,
  noteSigner,
  parseAddCheckpoint,
  ProofFault,
  readSubmission,
  signCheckpoint,
  tilePath,
  tileReader,
  type Checkpoint,
} from '@paddock/ledger';

const log = noteSigner('example.org/ledger', new Uint8Array(32).fill(1));
const WATCHED = { origin: 'example.org/ledger', keys: [log.key] };
const entries = (size: number) => Array.from({ length: size }, (_, n) => utf8ToBytes(`entry ${n}`));
const checkpoint = (size: number): Checkpoint => ({
  origin: WATCHED.origin,
  size: BigInt(size),
  root: GrowingLog.EMPTY.append(entries(size)).log.root(),
});

async function proofBetween(old: number, size: number): Promise<Uint8Array[]> {
  const { written } = GrowingLog.EMPTY.append(entries(size));
  const tiles = new Map(written.map(({ tile, bytes }) => [tilePath(tile), bytes]));
  return consistencyProof(
    BigInt(old),
    BigInt(size),
    tileReader(BigInt(size), async (tile) => tiles.get(tilePath(tile))!),
  );
}

async function submitted(old: number, size: number, change: Partial<{ proof: Uint8Array[]; checkpoint: string }> = {}) {
  const proof = old > size ? [] : await proofBetween(old, size);
  return readSubmission(formatAddCheckpoint({ old: BigInt(old), proof, checkpoint: signCheckpoint(checkpoint(size), [log]), ...change }));
}

describe('what a witness does with a checkpoint', () => {
  test('the first one, a later one and the same one again are cosigned', async () => {
    expect(judgeCheckpoint(await submitted(0, 5), WATCHED, undefined)).toMatchObject({ status: 200, checkpoint: { size: 5n } });
    expect(judgeCheckpoint(await submitted(5, 300), WATCHED, checkpoint(5))).toMatchObject({ status: 200 });
    expect(judgeCheckpoint(await submitted(5, 5), WATCHED, checkpoint(5))).toMatchObject({ status: 200 });
    expect(judgeCheckpoint(await submitted(0, 0), WATCHED, undefined)).toMatchObject({ status: 200 });
  });

  test('a log that is not watched, and one that another signed', async () => {
    expect(judgeCheckpoint(await submitted(0, 5), undefined, undefined)).toMatchObject({ status: 404 });
    const foreign = signCheckpoint(checkpoint(5), [noteSigner(WATCHED.origin, new Uint8Array(32).fill(9))]);
    expect(judgeCheckpoint(await submitted(0, 5, { checkpoint: foreign }), WATCHED, undefined)).toMatchObject({ status: 403 });
    const changed = signCheckpoint(checkpoint(5), [log]).replace('\n5\n', '\n6\n');
    expect(judgeCheckpoint(await submitted(0, 5, { checkpoint: changed }), WATCHED, undefined)).toMatchObject({ status: 403 });
  });

  test('another old size gets the one that is known, an impossible one is wrong', async () => {
    expect(judgeCheckpoint(await submitted(4, 5), WATCHED, checkpoint(3))).toMatchObject({ status: 409, size: 3n });
    expect(judgeCheckpoint(await submitted(0, 5), WATCHED, checkpoint(3))).toMatchObject({ status: 409, size: 3n });
    expect(judgeCheckpoint(await submitted(3, 5), WATCHED, checkpoint(9))).toMatchObject({ status: 409, size: 9n });
    expect(judgeCheckpoint(await submitted(6, 5), WATCHED, checkpoint(6))).toMatchObject({ status: 400 });
  });

  test('a fork, a wrong proof and a proof from nothing are refused', async () => {
    const fork = { ...checkpoint(3), root: EMPTY_ROOT };
    expect(judgeCheckpoint(await submitted(3, 5), WATCHED, fork)).toMatchObject({ status: 422 });
    expect(judgeCheckpoint(await submitted(5, 5), WATCHED, { ...checkpoint(5), root: EMPTY_ROOT })).toMatchObject({ status: 422 });
    expect(judgeCheckpoint(await submitted(3, 5, { proof: [] }), WATCHED, checkpoint(3))).toMatchObject({ status: 422 });
    expect(judgeCheckpoint(await submitted(0, 5, { proof: [EMPTY_ROOT] }), WATCHED, undefined)).toMatchObject({ status: 422 });
    const empty = signCheckpoint({ ...checkpoint(5), size: 0n }, [log]);
    expect(judgeCheckpoint(await submitted(0, 5, { checkpoint: empty }), WATCHED, undefined)).toMatchObject({ status: 422 });
  });

  test.each([
    ['no old size', `\n\n${signCheckpoint(checkpoint(5), [log])}`],
    ['a leading zero', `old 01\n\n${signCheckpoint(checkpoint(5), [log])}`],
    ['a hash that is none', `old 1\nAAAA\n\n${signCheckpoint(checkpoint(5), [log])}`],
    ['more than 63 hashes', `old 1\n${`${btoa('a'.repeat(32))}\n`.repeat(64)}\n${signCheckpoint(checkpoint(5), [log])}`],
    ['no checkpoint', 'old 1\n\n'],
    ['nothing', ''],
  ])('%s cannot be read', (_, body) => expect(() => readSubmission(body)).toThrow(ProofFault));

  test('a request is read as it was written', async () => {
    const request = { old: 3n, proof: await proofBetween(3, 9), checkpoint: signCheckpoint(checkpoint(9), [log]) };
    expect(parseAddCheckpoint(formatAddCheckpoint(request))).toEqual(request);
  });
});
