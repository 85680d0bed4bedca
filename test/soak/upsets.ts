import type { SeveralProcesses } from '../support/several-processes.js';

export interface UpsetKind {
  what: string;
  begin(): unknown;
  end(): unknown;
}

const UPSET = ['http-1', 'postgres', 's3', 'redis', 'jobs-1'] as const;

/** A process of each kind and everything that they share, one after the other. */
export function upsetsOf({ parts, wires }: SeveralProcesses, how: 'kill' | 'cut'): UpsetKind[] {
  return UPSET.map((name) =>
    how === 'kill'
      ? { what: `${name} killed`, begin: () => parts[name].kill(), end: () => parts[name].start() }
      : { what: `${name} cut off`, begin: () => wires[name].cutOff(), end: () => wires[name].mend() },
  );
}
