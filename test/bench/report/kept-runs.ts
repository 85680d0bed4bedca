import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BenchResult } from '../result.ts';
import { benchmarksPage } from './page.ts';

const docs = resolve(import.meta.dirname, '../../../docs');
const kept = resolve(docs, 'benchmarks.json');

export interface Run {
  bench: string;
  date: string;
  /** Of the machine just before the bench began, and just after it ended. */
  load: [before: number, after: number];
  machine: string;
  results: BenchResult[];
}

/** Keeps the newest run of each bench, so that one can be run alone, and writes the page anew from all of them. */
export function keepRun(run: Run): void {
  const earlier = existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as Run[]) : [];
  const runs = [...earlier.filter(({ bench }) => bench !== run.bench), run].toSorted((a, b) => (a.bench < b.bench ? -1 : 1));
  mkdirSync(docs, { recursive: true });
  writeFileSync(kept, `${JSON.stringify(runs, null, 2)}\n`);
  writeFileSync(resolve(docs, 'benchmarks.md'), benchmarksPage(runs));
}
