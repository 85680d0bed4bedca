import { utf8ToBytes } from '@noble/hashes/utils.js';
import {
  consistencyProof,
  formatAddCheckpoint,
  formatVerifierKey,
  GrowingLog,
  noteSigner,
  parseVerifierKey,
  sha256Hex,
  signCheckpoint,
  tilePath,
  tileReader,
  verifyCheckpoint,
} from '@paddock/ledger';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPaddock } from '../../../../test/support/command-line.js';
import { WitnessProcess } from '../../../../test/support/witness.js';

const ORIGIN = 'example.org/ledger';
const log = noteSigner(ORIGIN, new Uint8Array(32).fill(1));
const VKEY = formatVerifierKey(log.key);
const entry = (n: number) => utf8ToBytes(`entry ${n}`);

/** A log in memory, and a fork of it that differs in its first entry. */
function treeOf(size: number, first = 'entry 0') {
  const { log: grown, written } = GrowingLog.EMPTY.append([
    utf8ToBytes(first),
    ...Array.from({ length: size - 1 }, (_, n) => entry(n + 1)),
  ]);
  const tiles = new Map(written.map(({ tile, bytes }) => [tilePath(tile), bytes]));
  const read = tileReader(grown.size, async (tile) => tiles.get(tilePath(tile))!);
  return { checkpoint: signCheckpoint({ origin: ORIGIN, size: grown.size, root: grown.root() }, [log]), read };
}

async function request(old: number, size: number, first?: string): Promise<string> {
  const { checkpoint, read } = treeOf(size, first);
  return formatAddCheckpoint({ old: BigInt(old), proof: await consistencyProof(BigInt(old), BigInt(size), read), checkpoint });
}

describe('paddock witness', () => {
  let folder: string;
  let witness: WitnessProcess;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-witness-'));
    witness = await new WitnessProcess('witness.example/w1', folder).start(VKEY);
  });
  afterAll(() => witness.remove());

  const seen = async () => {
    const answer = await fetch(`${witness.url}/${sha256Hex(ORIGIN)}/checkpoint`);
    return answer.ok ? verifyCheckpoint(await answer.text(), [log.key, parseVerifierKey(witness.vkey)]) : undefined;
  };

  test('cosigns a first checkpoint and one that goes on from it, and shows it', async () => {
    expect(await seen()).toBeUndefined();
    expect(await witness.add(await request(0, 5))).toMatchObject({ status: 200 });
    const { status, text } = await witness.add(await request(5, 300));
    expect(status).toBe(200);
    const now = verifyCheckpoint(treeOf(300).checkpoint + text, [log.key, parseVerifierKey(witness.vkey)]);
    expect(now.signatures.map(({ key }) => key.name)).toEqual([ORIGIN, 'witness.example/w1']);
    expect(Number(now.signatures[1]!.timestamp)).toBeGreaterThan(Date.now() / 1000 - 60);
    expect(await seen()).toMatchObject({ size: 300n });
  });

  test('never another tree and never an older one, also after it was killed', async () => {
    await witness.stop('SIGKILL');
    const { vkey } = witness;
    await witness.start(VKEY);
    expect(witness.vkey).toBe(vkey);
    expect(await witness.add(await request(0, 5))).toEqual({ status: 409, type: 'text/x.tlog.size', text: '300\n' });
    expect(await witness.add(await request(300, 301, 'another'))).toMatchObject({ status: 422 });
    expect(await witness.add(await request(300, 300, 'another'))).toMatchObject({ status: 422 });
    expect(await seen()).toMatchObject({ size: 300n });
  });

  test('of two that come at once from one size, one is cosigned', async () => {
    const answers = await Promise.all([witness.add(await request(300, 400)), witness.add(await request(300, 350))]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  test.each<[string, number, () => string | Uint8Array]>([
    [
      'an unwatched log',
      404,
      () =>
        `old 0\n\n${signCheckpoint({ origin: 'other', size: 1n, root: new Uint8Array(32) }, [noteSigner('other', new Uint8Array(32))])}`,
    ],
    [
      'a signature of nobody',
      403,
      () => `old 0\n\n${signCheckpoint({ origin: ORIGIN, size: 1n, root: new Uint8Array(32) }, [noteSigner(ORIGIN, new Uint8Array(32))])}`,
    ],
    ['an empty body', 400, () => ''],
    ['bytes that are no text', 400, () => Uint8Array.of(0xff, 0xfe, 10, 10)],
    ['a body without end', 413, () => 'old 0\n'.repeat(20_000)],
  ])('%s gets %d', async (_, status, body) => {
    expect(await witness.add(body())).toMatchObject({ status });
  });

  test('a client that says nothing disturbs nobody', async () => {
    const silent = connect(Number(new URL(witness.url).port), '127.0.0.1');
    silent.write('POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nold');
    expect((await witness.add('')).status).toBe(400);
    silent.destroy();
  });

  test('its key is its own, and its folder is used once', async () => {
    expect(statSync(join(folder, 'witness-key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'witness-key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    const args = ['witness', '--name', 'w', '--state', folder, '--listen', '127.0.0.1:0', '--log', VKEY];
    expect(await runPaddock('http://127.0.0.1:1', undefined, ...args)).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('another witness uses'),
    });
  });

  test.each([
    [['--name', 'a b', '--log', VKEY], 'neither space nor plus'],
    [['--name', 'w', '--log', 'nonsense'], 'no vkey'],
    [['--name', 'w', '--log', VKEY, '--listen', 'nowhere'], 'HOST:PORT'],
  ])('wrong use is said: %j', async (args, fault) => {
    const ran = await runPaddock('http://127.0.0.1:1', undefined, 'witness', '--state', join(folder, 'x'), ...args);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining(fault) });
  });

  test('stops when it is asked to', async () => {
    expect(await witness.stop()).toBe(0);
  });
});
