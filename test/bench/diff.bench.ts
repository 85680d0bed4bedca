import { wordDiff, type DiffPart } from '@paddock/capture';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { inTurn, median } from './support/rounds.ts';

const bar = 20;
const rounds = 15;
const size = 200_000;

/** Numbers that look random and are the same in each run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => (state = (state * 48_271) % 2_147_483_647) % sides;
}

/** Paragraphs of the size of a long policy; frequent words come more often, as in any language. */
function policy(): string[] {
  const roll = dice(7);
  const word = () => `word${Math.floor((roll(3000) * roll(3000)) / 3000)}`;
  const paragraph = () => `${roll(40) + 1}.${roll(9)} ${Array.from({ length: 40 + roll(80) }, word).join(' ')}.`;
  const paragraphs: string[] = [];
  for (let length = 0; length < size; length += paragraphs.at(-1)!.length + 2) paragraphs.push(paragraph());
  return paragraphs;
}

/** A new version: words are changed in every third paragraph, some paragraphs are new, some gone, and five are elsewhere. */
function revised(paragraphs: string[]): string[] {
  const roll = dice(11);
  const changed = paragraphs.flatMap((paragraph, n) => {
    if (n % 40 === 7) return [];
    if (n % 40 === 13) return [paragraph, `New: ${paragraph.split(' ').toReversed().join(' ')}`];
    return n % 3 === 0 ? [paragraph.replaceAll(/word\d+/g, (word) => (roll(12) === 0 ? `other${roll(500)}` : word))] : [paragraph];
  });
  for (let move = 0; move < 5; move++) changed.splice(roll(changed.length), 0, ...changed.splice(roll(changed.length), 1));
  return changed;
}

async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-diff-'));
  const [before, after] = [policy(), revised(policy())].map((paragraphs) => paragraphs.join('\n\n')) as [string, string];
  const files = Object.entries({ before, after }).map(([name, text]) => {
    const file = join(folder, name);
    writeFileSync(file, `${text.split(/\s+/).join('\n')}\n`);
    return file;
  });
  let parts: DiffPart[] = [];
  const ours = async () => timed(async () => void (parts = wordDiff(before, after)));
  const theirs = async () => timed(() => diffed(files));
  try {
    await inTurn(3, { ours, theirs });
    const times = await inTurn(rounds, { ours, theirs });
    const [own, gnu] = [median(times.ours), median(times.theirs)];
    return {
      name: 'telling two texts of 200 kB apart, word by word',
      ours: { label: 'wordDiff()', value: own, unit: 'ms' },
      against: [{ label: 'diff, the same words one a line', value: gnu, unit: 'ms' }],
      ratios: [{ against: 'diff, the same words one a line', ratio: gnu / own }],
      bar: `at most ${bar} times the time of diff`,
      reached: own <= bar * gnu,
      notes: [
        `${before.length.toLocaleString('en-US')} and ${after.length.toLocaleString('en-US')} characters; ${parts.length.toLocaleString('en-US')} parts`,
        'edits in every third paragraph, some paragraphs new, gone or elsewhere',
        'diff is a process of its own, its start included',
        `medians of ${rounds} rounds, taken in turn`,
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Ends with status 1, for the texts differ. */
function diffed(files: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile('diff', files, { maxBuffer: 64 * 1024 * 1024 }, (error) => (error && error.code !== 1 ? reject(error) : resolve()));
  });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

if (import.meta.main) print(await run());
