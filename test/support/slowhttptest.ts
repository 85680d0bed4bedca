import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export const slowhttptestRemedy = 'apt-get install -y --no-install-recommends slowhttptest';

export interface SlowVerdict {
  /** Why it stopped, in its words. */
  exit: string;
  /** Whether its own probe was answered in time all the while. */
  available: boolean;
  connected: number;
}

/** Debian's slowhttptest, which opens so many connections and ends when all are gone or the seconds are over. */
export async function slowhttptest(mode: string[], url: string, connections: number, seconds: number): Promise<SlowVerdict> {
  const args = [...mode, '-c', String(connections), '-r', String(connections), '-l', String(seconds), '-p', '10', '-u', url];
  const { stdout } = await promisify(execFile)('slowhttptest', args, { timeout: (seconds + 20) * 1000, maxBuffer: 16 * 1024 * 1024 });
  // oxlint-disable-next-line no-control-regex -- it colors what it says
  const said = stdout.replaceAll(/\u001b\[[0-9;]*m/g, '');
  const last = (pattern: RegExp) => [...said.matchAll(pattern)].at(-1)?.[1] ?? '';
  return {
    exit: last(/Exit status: (.*)/g).trim(),
    available: /service available:\s+YES/.test(said) && !/service available:\s+NO/.test(said),
    connected: Number(last(/connected:\s+(\d+)/g)),
  };
}
