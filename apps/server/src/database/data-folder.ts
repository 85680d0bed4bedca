import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A server runs on the folder. */
export class FolderInUse extends Error {}

/** Makes the folder and keeps a second server off it. Returns the release; throws FolderInUse. */
export function claimDataFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'server.lock');
  const mine = `${process.pid} ${startOf(process.pid)}`;
  for (;;) {
    try {
      makeWhole(file, mine);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const [pid, start] = readFileSync(file, 'utf8').split(' ');
      if (start && startOf(Number(pid)) === start) {
        throw new FolderInUse(
          `Another Paddock (process ${pid}) runs on ${folder}. Stop it, or set PADDOCK_DATA_DIR or PADDOCK_DATABASE_URL.`,
          {
            cause: error,
          },
        );
      }
      rmSync(file, { force: true });
    }
  }
}

/** When the process started, in clock ticks: a process id alone may have been given to another since. */
function startOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19];
  } catch {
    return undefined;
  }
}

/** The portal's secret, made once where the configuration gives none. */
export function keepSecret(folder: string): void {
  mkdirSync(folder, { recursive: true });
  keepOnce(join(folder, 'secret'), () => randomBytes(32).toString('hex'));
}

/** What the file holds; made where there is none, and the same for all processes that ask at once. */
export function keepOnce(file: string, make: () => string): string {
  try {
    if (!existsSync(file)) makeWhole(file, make());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}

/** Nobody ever reads half of it, and it never replaces a file. */
function makeWhole(file: string, content: string): void {
  const whole = `${file}.${process.pid}`;
  rmSync(whole, { force: true });
  writeFileSync(whole, content, { flag: 'wx', mode: 0o600, flush: true });
  try {
    linkSync(whole, file);
  } finally {
    rmSync(whole, { force: true });
  }
}
