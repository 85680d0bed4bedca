import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const runToEnd = promisify(execFile);

/**
 * Programs of a peer, which share an environment and a log. None outlives this process: `setpriv --pdeathsig` lets the
 * kernel kill them when it dies, by a signal too.
 */
export class ChildPrograms {
  readonly #children: ChildProcess[] = [];
  readonly #log: string;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(folder: string, environment: Record<string, string>) {
    this.#log = join(folder, 'output.log');
    this.#environment = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin`, ...environment };
  }

  /** Runs a program to its end; rejects when it fails or takes longer than 20 s. */
  async run(program: string, args: string[]): Promise<void> {
    await runToEnd(program, args, { env: this.#environment, timeout: 20_000, killSignal: 'SIGKILL' });
  }

  /** Starts a program that runs until it or all are killed. */
  start(program: string, args: string[]): ChildProcess {
    const log = openSync(this.#log, 'a');
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], { env: this.#environment, stdio: ['ignore', log, log] });
    closeSync(log);
    this.#children.push(child);
    return child;
  }

  /** Throws when a started program has ended. */
  assertRunning(): void {
    const ended = this.#children.find((child) => child.exitCode !== null || child.signalCode !== null);
    if (ended) throw new Error(`${ended.spawnargs.join(' ')} ended with ${ended.exitCode ?? ended.signalCode}`);
  }

  /** What the started programs have printed. */
  async log(): Promise<string> {
    return readFile(this.#log, 'utf8').catch(() => '');
  }

  /** One of the started programs, or all of them. */
  async kill(one?: ChildProcess): Promise<void> {
    const children = one ? this.#children.splice(this.#children.indexOf(one), 1) : this.#children.splice(0);
    for (const child of children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
}
