import { utf8ToBytes } from '@noble/hashes/utils.js';
import {
  checkLog,
  checkpointText,
  cosigner,
  formatSignature,
  formatVerifierKey,
  GrowingLog,
  noteSigner,
  signCheckpoint,
  tilePath,
  type EntryRow,
  type Finding,
  type LogSource,
} from '@paddock/ledger';
import type { CheckpointRow } from './log-source.js';

const signer = noteSigner('example.org/ledger', new Uint8Array(32).fill(1));
const next = noteSigner('example.org/ledger', new Uint8Array(32).fill(2));
const witness = cosigner('witness.example/w', new Uint8Array(32).fill(3), () => 1n);
const KEYS = [signer.key, next.key];
const SIZES = [0, 3, 255, 256, 300, 513];

interface Log {
  tiles: Map<string, Uint8Array>;
  entries: EntryRow[];
  checkpoints: CheckpointRow[];
}

/** A log with checkpoints at these sizes. The largest of SIZES has full and partial tiles on two levels. */
function makeLog(sizes: readonly number[] = SIZES, signers = [signer, next], witnesses = [witness]): Log {
  const log: Log = { tiles: new Map(), entries: [], checkpoints: [] };
  let grown = GrowingLog.EMPTY;
  for (const size of sizes) {
    const added = Array.from({ length: size - log.entries.length }, (_, n) => utf8ToBytes(`entry ${log.entries.length + n}`));
    const { log: longer, written } = grown.append(added);
    grown = longer;
    for (const entry of added) log.entries.push({ id: `id-${log.entries.length}`, index: BigInt(log.entries.length), entry });
    for (const { tile, bytes } of written) log.tiles.set(tilePath(tile), bytes);
    const checkpoint = { origin: 'example.org/ledger', size: longer.size, root: longer.root() };
    const cosignatures = witnesses.map(({ key, sign }) => ({
      vkey: formatVerifierKey(key),
      line: formatSignature(sign(checkpointText(checkpoint))),
    }));
    log.checkpoints.push({ ...checkpoint, note: signCheckpoint(checkpoint, signers), cosignatures });
  }
  log.tiles.set('checkpoint', utf8ToBytes(log.checkpoints.at(-1)!.note));
  return log;
}

function sourceOf({ tiles, entries, checkpoints }: Log): LogSource & Required<Pick<LogSource, 'rows'>> {
  return {
    tile: async (tile) => tiles.get(tilePath(tile)),
    published: async () => tiles.get('checkpoint'),
    rows: {
      entries: async (begin, end) => entries.filter(({ index }) => index >= begin && index < end),
      checkpoints: async (begin, end) => checkpoints.filter(({ size }) => size >= begin && size <= end),
      size: async () => BigInt(entries.length),
    },
  };
}

async function findings(source: LogSource): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const step of checkLog(source, KEYS)) if ('fault' in step) found.push(step);
  return found;
}

const flipped = (bytes: Uint8Array, bit: number) => bytes.map((byte, n) => (n === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
const LOG = makeLog();

describe('a log that is checked', () => {
  test('is whole, with its rows and without them', async () => {
    expect(await findings(sourceOf(LOG))).toEqual([]);
    const { rows: _, ...publicly } = sourceOf(LOG);
    expect(await findings(publicly)).toEqual([]);
  });

  test('is whole while its newest entries are not yet published', async () => {
    const { published: _, ...source } = sourceOf(LOG);
    const before = utf8ToBytes(LOG.checkpoints.at(-2)!.note);
    expect(await findings({ ...source, published: async () => before })).toEqual([]);
  });

  test.each<[string, (log: Log) => unknown, string]>([
    ['the newest row is gone', ({ entries }) => entries.pop(), 'checkpoint'],
    ['a row has another index', ({ entries }) => (entries[7] = { ...entries[7]!, index: 600n }), 'entry 7'],
    ['a tile is gone', ({ tiles }) => tiles.delete('tile/1/000.p/2'), 'tile/1/000.p/2'],
    ['a tile is cut', ({ tiles }) => tiles.set('tile/0/001', new Uint8Array(31)), 'tile/0/001'],
    ['a bundle is gone', ({ tiles }) => tiles.delete('tile/entries/000'), 'tile/entries/000'],
    ['nothing is published', ({ tiles }) => tiles.delete('checkpoint'), 'checkpoint'],
    [
      'an older checkpoint is published',
      ({ tiles, checkpoints }) => tiles.set('checkpoint', utf8ToBytes(checkpoints[4]!.note.replace('— example', '— exemple'))),
      'checkpoint',
    ],
    [
      'a checkpoint covers entries without rows',
      ({ checkpoints }) => checkpoints.push({ ...checkpoints[5]!, size: 900n }),
      'checkpoint 900',
    ],
  ])('%s: it says where', async (_, damage, where) => {
    const log = makeLog();
    damage(log);
    expect((await findings(sourceOf(log)))[0]).toMatchObject({ where });
  });
});

/** One bit at a time, a thousand of each: found, and named. */
describe('a flipped bit', () => {
  const COUNT = 1000;
  const random = generator();
  const any = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]!;
  const bitOf = (bytes: Uint8Array) => Math.floor(random() * bytes.length * 8);

  // Signatures cost most of a check: as few as each of these needs.
  const unwitnessed = makeLog([257, 300], [signer], []);
  const small = makeLog([3], [signer], [witness]);

  test('in an entry', async () => {
    for (let n = 0; n < COUNT; n += 1) {
      const row = any(unwitnessed.entries);
      const entries = unwitnessed.entries.map((one) => (one === row ? { ...row, entry: flipped(row.entry, bitOf(row.entry)) } : one));
      expect(await findings(sourceOf({ ...unwitnessed, entries }))).toEqual([
        { where: `entry ${row.index} (row ${row.id})`, fault: 'its other copies have another hash' },
      ]);
    }
  });

  test('in a tile or a bundle, however old', async () => {
    const paths = [...unwitnessed.tiles.keys()].filter((path) => path !== 'checkpoint');
    for (let n = 0; n < COUNT; n += 1) {
      const path = any(paths);
      const bytes = unwitnessed.tiles.get(path)!;
      const tiles = new Map(unwitnessed.tiles).set(path, flipped(bytes, bitOf(bytes)));
      const [first] = await findings(sourceOf({ ...unwitnessed, tiles }));
      expect([path, first?.where.split(',')[0]]).toEqual([path, path]);
    }
  });

  test('in a checkpoint or a cosignature, kept or published', async () => {
    const [row] = small.checkpoints;
    const [cosignature] = row!.cosignatures;
    const published = small.tiles.get('checkpoint')!;
    const text = (of: string) => new TextDecoder().decode(flipped(utf8ToBytes(of), bitOf(utf8ToBytes(of))));
    const kept = (change: Partial<CheckpointRow>): Log => ({ ...small, checkpoints: [{ ...row!, ...change }] });
    for (let n = 0; n < COUNT; n += 1) {
      const [where, log] = any<[string, () => Log]>([
        ['checkpoint 3', () => kept({ note: text(row!.note) })],
        ['checkpoint 3', () => kept({ root: flipped(row!.root, bitOf(row!.root)) })],
        ['checkpoint 3, cosignature of', () => kept({ cosignatures: [{ ...cosignature!, line: text(cosignature!.line) }] })],
        ['checkpoint', () => ({ ...small, tiles: new Map(small.tiles).set('checkpoint', flipped(published, bitOf(published))) })],
      ]);
      expect((await findings(sourceOf(log()))).some((one) => one.where.startsWith(where))).toBe(true);
    }
  });
});

/** The same numbers in every run: mulberry32. */
function generator(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
