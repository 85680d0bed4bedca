import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Launch } from './postgres-binaries.js';

/**
 * Keeps PostgreSQL's life tied to ours: its standard input is a pipe that we hold. However we end, kill -9 included, the
 * pipe closes and the guard removes the folder of the socket ($1) and stops PostgreSQL; when PostgreSQL ends by itself, so
 * does the guard.
 */
const GUARD =
  'exec 3<&0; k=$1; shift; "$@" 3<&- </dev/null & p=$!; (read -r _ <&3; rm -rf "$k"; kill -INT $p 2>/dev/null) & g=$!; wait $p; s=$?; kill $g 2>/dev/null; exit $s';

export function launchGuarded(
  launch: Launch,
  program: string,
  args: string[],
  { log, sockets }: { log: string; sockets: string },
): ChildProcess {
  const out = openSync(log, 'a', 0o600);
  const [command, rest] = launch.command('/bin/sh', ['-c', GUARD, 'paddock-postgres', sockets, program, ...args]);
  // Detached: Ctrl-C reaches the server alone, which ends its work before it lets PostgreSQL go.
  const child = spawn(command, rest, { ...launch.user, cwd: '/', stdio: ['pipe', out, out], detached: true });
  closeSync(out);
  return child;
}

/** Starts PostgreSQL again whenever it ends unasked. */
export function keepRunning(launch: () => Promise<ChildProcess>, say: (line: string) => void): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  let child: ChildProcess | undefined;
  const run = async () => {
    while (!signal.aborted) {
      try {
        child = await launch();
        if (signal.aborted) child.stdin?.destroy();
        await ended(child);
      } catch (error) {
        say(`PostgreSQL could not be started: ${(error as Error).message}`);
      }
      if (signal.aborted) return;
      say('PostgreSQL ended unexpectedly; starting it again');
      await delay(500, undefined, { signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    async stop() {
      stopping.abort();
      child?.stdin?.destroy();
      await Promise.race([running, delay(15_000, undefined, { ref: false })]);
    },
  };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => resolve());
    child.once('error', reject);
  });
}

/** One that a killed server left is stopping by itself; one whose guard was killed too is stopped here. */
export async function stopOrphan(data: string): Promise<void> {
  const pidFile = join(data, 'postmaster.pid');
  for (let attempt = 0; attempt < 150 && existsSync(pidFile); attempt += 1) {
    const { pid, sockets } = readPidFile(pidFile);
    const command = commandOf(pid);
    if (command === undefined) return;
    if (!isPostgresOn(data, command)) {
      // The id was given to another program since; PostgreSQL would take that for itself and refuse to start.
      rmSync(pidFile, { force: true });
      return;
    }
    if (attempt % 20 === 10) {
      process.kill(pid, 'SIGINT');
      if (sockets.startsWith(join(tmpdir(), 'paddock-pg-'))) rmSync(sockets, { recursive: true, force: true });
    }
    await delay(100);
  }
}

function readPidFile(file: string): { pid: number; sockets: string } {
  const [pid = '', , , , sockets = ''] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return { pid: Number.parseInt(pid, 10), sockets };
}

function commandOf(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return undefined;
  }
}

function isPostgresOn(data: string, command: string[]): boolean {
  return command[0]?.endsWith('postgres') === true && command.includes(data);
}
