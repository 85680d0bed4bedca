/**
 * `npm run bench [-- NAME…] [-- --date=YYYY-MM-DD]`: runs the benches of this folder, each in a process of its own, prints
 * what they found and writes docs/benchmarks.md. A bar that is not reached is said, and fails nothing; a bench that
 * cannot be run does.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine, loadNow } from './report/machine.ts';
import { keepRun } from './report/kept-runs.ts';
import { printed } from './report/printed.ts';
import type { BenchResult } from './result.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { date: { type: 'string' } } });
const date = values.date ?? new Date().toISOString().slice(0, 10);
let running: ChildProcess | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop());
process.once('disconnect', () => stop());
// The channel tells of a lost parent; it must not keep a run that is over.
process.channel?.unref();

for (const bench of chosen(positionals)) {
  console.log(`\n${bench} …`);
  const before = loadNow();
  const results = await run(bench);
  if (results) {
    for (const result of results) console.log(printed(result));
    keepRun({ bench, date, load: [before, loadNow()], machine: describeMachine(), results });
  } else {
    console.log(`  ${bench} could not be run`);
    process.exitCode = 1;
  }
}

function chosen(names: string[]): string[] {
  const all = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.bench.ts'))
    .map((name) => name.slice(0, -'.bench.ts'.length));
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`there is no bench ${unknown.join(', ')}; there are ${all.join(', ')}`);
  return names.length > 0 ? names : all.toSorted();
}

async function run(bench: string): Promise<BenchResult[] | undefined> {
  const child = spawn(process.execPath, [join(import.meta.dirname, `${bench}.bench.ts`)], { stdio: ['ignore', 'pipe', 'inherit'] });
  running = child;
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  running = undefined;
  return code === 0 ? (JSON.parse(said) as BenchResult[]) : undefined;
}

/** The bench clears its stage and ends; then so do we. */
function stop(): void {
  running?.once('close', () => process.exit(130));
  if (!running?.kill('SIGTERM')) process.exit(130);
}
