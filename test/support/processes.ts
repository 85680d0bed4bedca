import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Process ids whose command line holds the text. */
export function processesNaming(text: string): number[] {
  return everyProcess().filter((pid) => pid !== process.pid && commandLine(pid).includes(text));
}

export function childrenOf(parent: number): number[] {
  return everyProcess().filter((pid) => new RegExp(`^PPid:\\t${parent}$`, 'm').test(textOf(`/proc/${pid}/status`)));
}

export function commandLine(pid: number): string {
  return textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
}

function everyProcess(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Looks every 20 ms until the check says yes; rejects when it takes longer than `milliseconds`. */
export async function until(what: string, milliseconds: number, check: () => unknown): Promise<void> {
  for (const deadline = Date.now() + milliseconds; ; await setTimeout(20)) {
    if (await check()) return;
    if (Date.now() > deadline) throw new Error(`not within ${milliseconds} ms: ${what}`);
  }
}
