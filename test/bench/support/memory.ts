import { readFileSync } from 'node:fs';

/** Growth in bytes of a process's resident memory while the work is done, at its highest. */
export async function watchMemory<T>(pid: number, work: () => Promise<T>): Promise<{ result: T; growth: number }> {
  const before = residentBytes(pid);
  let highest = before;
  const sampling = setInterval(() => (highest = Math.max(highest, residentBytes(pid))), 10);
  const result = await work().finally(() => clearInterval(sampling));
  return { result, growth: highest - before };
}

export function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

/** Processor seconds that a process has used, all its threads together. */
export function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
