import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const PADDOCK = resolve(import.meta.dirname, '../../apps/cli/bin/paddock.js');

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface ProgramOptions {
  cwd?: string;
  input?: string;
  /** Besides this process's own. */
  env?: Record<string, string>;
}

export interface Running {
  process: ChildProcess;
  ended: Promise<Ran>;
}

/** The real `paddock` command as a process, with an access token. */
export function startPaddock(portal: string, token: string | undefined, args: string[], more: Record<string, string> = {}): Running {
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent', PADDOCK_URL: portal, ...(token && { PADDOCK_TOKEN: token }), ...more };
  return started(spawn(process.execPath, [PADDOCK, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

export function runPaddock(portal: string, token: string | undefined, ...args: string[]): Promise<Ran> {
  return startPaddock(portal, token, args).ended;
}

/** Any other program, to its end. */
export function runProgram(program: string, args: string[], options: ProgramOptions = {}): Promise<Ran> {
  const { cwd, input = '', env } = options;
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  // One that reads none may have ended before it is given any.
  child.stdin.on('error', () => undefined).end(input);
  return started(child).ended;
}

function started(child: ChildProcess): Running {
  const text = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...text }));
  return { process: child, ended };
}
