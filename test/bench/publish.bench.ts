import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { processorSeconds, watchMemory } from './support/memory.ts';
import { startPortal } from '../stage/portal.ts';
import { preparePublishing } from './support/publishing.ts';
import { inTurn, median } from './support/rounds.ts';
import { onStage } from '../stage/stage.ts';
import type { Stage } from '../stage/stage.ts';

const mebibyte = 1024 * 1024;
const size = 2048 * mebibyte;
const rounds = 5;
/** 0.7 while a publication was hashed once; since each release has a torrent, its bytes are hashed three times. */
const bar = { ratio: 0.4, growth: 64 * mebibyte };
const runToEnd = promisify(execFile);

/** GB/s of `paddock publish` into a portal on disk, against hashing the file alone and copying it to the disk alone. */
export function run(): Promise<BenchResult> {
  return onStage(async (stage) => {
    const file = await makeFile(stage);
    const portal = await startPortal(stage, { env: { PADDOCK_DEMO: 'false' } });
    const growths: number[] = [];
    const processor: number[] = [];
    const publish = await preparePublishing(portal);
    const watched = async (round: number) => {
      const before = processorSeconds(portal.pid);
      const { result, growth } = await watchMemory(portal.pid, () =>
        speedOf(() => publish(join(stage.folder, 'release'), `r${growths.length}-${round}`)),
      );
      growths.push(growth);
      processor.push(processorSeconds(portal.pid) - before);
      // The ledger's tiles beside them are being written at any time.
      const published = join(portal.dataDir, 'store/objects/artifacts');
      await rm(published, { recursive: true, force: true });
      await mkdir(published);
      return result;
    };
    const ways = { publish: watched, openssl: () => rateOf('openssl', ['dgst', '-sha256', file]), dd: () => copy(stage, file) };
    await inTurn(1, ways);
    const rates = await inTurn(rounds, ways);
    return report(
      { publish: median(rates.publish), openssl: median(rates.openssl), dd: median(rates.dd) },
      Math.max(...growths),
      median(processor),
    );
  });
}

/** Random bytes, read once after they were written, so that the page cache holds them. */
async function makeFile(stage: Stage): Promise<string> {
  await mkdir(join(stage.folder, 'release'));
  const path = join(stage.folder, 'release/weights.bin');
  await using file = await open(path, 'wx');
  for (let written = 0; written < size; written += 64 * mebibyte) await file.write(randomBytes(64 * mebibyte));
  await file.sync();
  await runToEnd('cat', [path], { encoding: 'buffer', maxBuffer: 1 }).catch(() => undefined);
  return path;
}

async function copy(stage: Stage, file: string): Promise<number> {
  const to = join(stage.folder, 'copy');
  try {
    return await rateOf('dd', [`if=${file}`, `of=${to}`, 'bs=1M', 'conv=fsync']);
  } finally {
    if (existsSync(to)) await rm(to);
  }
}

async function rateOf(program: string, args: string[]): Promise<number> {
  return speedOf(() => runToEnd(program, args));
}

/** GB/s of something that goes through the whole file once; of a command the whole time, from its start to its exit. */
async function speedOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return size / 1e6 / (performance.now() - begin);
}

function report(
  { publish, openssl, dd }: { publish: number; openssl: number; dd: number },
  growth: number,
  processor: number,
): BenchResult {
  const slower = Math.min(openssl, dd);
  const against = [
    { label: 'openssl dgst -sha256', value: openssl, unit: 'GB/s' },
    { label: 'dd conv=fsync', value: dd, unit: 'GB/s' },
  ];
  return {
    name: 'publishing 2 GiB by the command line into a portal on disk',
    ours: { label: 'paddock publish', value: publish, unit: 'GB/s' },
    against,
    ratios: against.map(({ label, value }) => ({ against: label, ratio: publish / value })),
    bar: `at least ${bar.ratio} times the slower of hashing the file alone and copying it to the disk alone, the server's memory growing by less than ${bar.growth / mebibyte} MiB`,
    reached: publish >= bar.ratio * slower && growth < bar.growth,
    notes: [
      `${(publish / slower).toFixed(2)} times the slower one; medians of ${rounds} rounds, taken in turn, the source in the page cache`,
      `the server's memory grew by at most ${Math.round(growth / mebibyte)} MiB in one publication; it used ${processor.toFixed(1)} processor seconds for each`,
      "the portal hashes every byte three times (SHA-256, and v1 and v2 of the torrent), the command line once, to compare its digest with the portal's: four hashes, one sending and one receiving share the cores",
    ],
  };
}

if (import.meta.main) print(await run());
