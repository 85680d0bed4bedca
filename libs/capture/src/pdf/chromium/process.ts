import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { DevTools } from './devtools.js';

/** `nobody` and `nogroup`, whom files of nobody's belong to. */
const NOBODY = 65_534;

/** No way out even for what the confined page lets through: every name and address is unknown. */
const FLAGS = [
  '--headless',
  '--remote-debugging-pipe',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--dns-prefetch-disable',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  '--renderer-process-limit=1',
];

export interface RunningChromium {
  devtools: DevTools;
  /** Ends Chromium with all its processes, and clears what it wrote. */
  stop(): Promise<void>;
}

/**
 * Starts a Chromium of its own in a fresh folder. Root starts it as nobody: Chromium's sandbox needs no privilege where user
 * namespaces are allowed, and refuses to start for root.
 */
export async function startChromium(executable: string, sandbox: boolean): Promise<RunningChromium> {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-print-'));
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (user.uid) await chown(folder, NOBODY, NOBODY);
  const flags = [...FLAGS, `--user-data-dir=${join(folder, 'profile')}`, ...(sandbox ? [] : ['--no-sandbox']), 'about:blank'];
  const child = spawn(executable, flags, {
    ...user,
    cwd: '/',
    // A group of its own, so that all its processes can be ended at once.
    detached: true,
    env: environment(folder),
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const devtools = new DevTools(child.stdio[3] as Writable, child.stdio[4] as Readable);
  child.once('error', (error) => devtools.end(error));
  child.once('exit', (code, signal) => devtools.end(new Error(`Chromium ended with ${signal ?? code}`)));
  const stop = async () => {
    await killGroup(child);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  return { devtools, stop };
}

/** Nothing of ours but where programs are: secrets live in environments. */
function environment(folder: string): NodeJS.ProcessEnv {
  const own = ['HOME', 'TMPDIR', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR'];
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC', ...Object.fromEntries(own.map((name) => [name, folder])) };
}

async function killGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  await exited;
}
