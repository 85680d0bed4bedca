import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program such as a bench sets up and must not leave behind: a folder, processes, and whatever else has to be undone. */
export interface Stage {
  folder: string;
  /** Starts a process that the kernel kills should this one die without a word. */
  start(program: string, args: string[], options?: SpawnOptions): ChildProcess;
  /** Undone in the reverse order. */
  undo(step: () => unknown): void;
}

/** Runs the work and clears the stage afterwards: also when it fails, and when it is told to stop. */
export async function onStage<T>(work: (stage: Stage) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-stage-'));
  const steps: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  let clearing: Promise<void> | undefined;
  const clear = () => (clearing ??= runBackwards(steps));
  const stop = () => void clear().then(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await work({ folder, undo: (step) => void steps.push(step), start: (...args) => startOn(steps, ...args) });
  } finally {
    await clear();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

async function runBackwards(steps: (() => unknown)[]): Promise<void> {
  for (const step of steps.splice(0).toReversed()) await step();
}

function startOn(steps: (() => unknown)[], program: string, args: string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], options);
  steps.push(() => end(child, 'SIGKILL'));
  return child;
}

/** Ends a process and waits until it has. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
