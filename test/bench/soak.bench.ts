/**
 * The soak of test/soak in its long form: each part is upset twenty times under load. PADDOCK_SOAK_ROUNDS says otherwise.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { onStage } from '../stage/stage.ts';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { median } from './support/rounds.ts';

const rounds = Number(process.env['PADDOCK_SOAK_ROUNDS'] ?? 20);
const root = resolve(import.meta.dirname, '../..');

interface Report {
  rates: { one: number[]; two: number[] };
  table: { operations: { what: string; operations: number; answered: number; failed: number }[]; upsets: Record<string, number[]> };
  broken: string[];
}

function run(): Promise<BenchResult[]> {
  return onStage(async (stage) => {
    const file = join(stage.folder, 'report.json');
    const jest = [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--forceExit',
      'test/soak/soak',
    ];
    const env = { ...process.env, PADDOCK_SOAK_ROUNDS: String(rounds), PADDOCK_SOAK_REPORT: file };
    // What this process prints is the result alone.
    await once(stage.start(process.execPath, jest, { cwd: root, env, stdio: ['ignore', 2, 2] }), 'close');
    const report = JSON.parse(await readFile(file, 'utf8')) as Report;
    return [throughput(report), promises(report)];
  });
}

function throughput({ rates }: Report): BenchResult {
  const [one, two] = [median(rates.one), median(rates.two)];
  return {
    name: 'mixed load on two http processes',
    ours: { label: 'two http processes', value: two, unit: 'operations/s' },
    against: [{ label: 'one http process', value: one, unit: 'operations/s' }],
    ratios: [{ against: 'one http process', ratio: two / one }],
    bar: 'none; the ratio is to be known',
    reached: true,
    notes: [
      'catalog, sign-up, acceptances, requests, links, downloads through S3, announces, audit pages and revocations, by four clients',
      'clients, nginx, PostgreSQL, Ceph, Redis and four portal processes share the cores of one machine',
      'medians of 3 turns of 10 s, taken in turn',
    ],
  };
}

function promises({ broken, table }: Report): BenchResult {
  const total = table.operations.reduce((sum, { operations }) => sum + operations, 0);
  return {
    name: `promises broken while five parts were upset ${rounds} times each`,
    ours: { label: `of ${total} operations`, value: broken.length, unit: 'broken promises' },
    against: [],
    ratios: [],
    bar: 'none: nothing acknowledged is lost, no link without grant and event, no mail or webhook doubled, no 5xx after recovery, a whole ledger',
    reached: broken.length === 0,
    notes: [
      ...Object.entries(table.upsets).map(
        ([what, times]) =>
          `${what} ${times.length} times; everything answered again after ${(median(times) / 1000).toFixed(1)} s in the median, with the second that it lasted`,
      ),
      ...table.operations.map(
        ({ what, operations, failed }) => `${what}: ${operations}, of which ${failed} failed while something was upset`,
      ),
      ...broken,
    ],
  };
}

print(await run());
