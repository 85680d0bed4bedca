import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Process ids whose command line holds the text. */
export function processesNaming(text: string): number[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  return ids.filter((pid) => pid !== process.pid && commandLine(pid).includes(text));
}

export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
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
