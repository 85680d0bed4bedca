import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { CliFailure, EXIT } from '../../cli-failure.js';

const LINES_KEPT = 12;
const STOP_SECONDS = 5;

/** Loopback is where a portal on trial listens, so the container shares the network; all else it is not given. */
const CONFINED = ['--rm', '--network=host', '--read-only', '--tmpfs=/tmp', '--cap-drop=all', '--security-opt=no-new-privileges'];

export interface ContainerPlan {
  image: string;
  /** Handed on by the environment, where no other user of the machine reads it. */
  env: Readonly<Record<string, string>>;
  /** Empty at the start and gone at the end. */
  volume: string;
  args: readonly string[];
}

/** One run of an image by a container engine: of it nothing stays. */
export class Container {
  /** Undefined while it runs. */
  exitCode: number | undefined;
  private readonly name = `paddock-verify-${randomBytes(6).toString('hex')}`;
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;
  private readonly lines: string[] = [];
  private fault: NodeJS.ErrnoException | undefined;

  /** @param engine the program and its own options */
  constructor(
    private readonly engine: readonly [program: string, ...options: string[]],
    { image, env, volume, args }: ContainerPlan,
    onLine: (line: string) => void,
  ) {
    const [program, ...options] = engine;
    const names = Object.keys(env).flatMap((name) => ['--env', name]);
    const run = [...options, 'run', '--name', this.name, ...CONFINED, ...names, '--volume', volume, image, ...args];
    this.child = spawn(program, run, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      createInterface({ input: stream }).on('line', (line) => {
        this.lines.push(line);
        if (this.lines.length > LINES_KEPT) this.lines.shift();
        onLine(line);
      });
    this.child.on('error', (error) => (this.fault = error));
    this.ended = once(this.child, 'close').then(
      ([code]) => void (this.exitCode = (code as number | null) ?? EXIT.refusedHere),
      () => void (this.exitCode = EXIT.refusedHere),
    );
  }

  /** The last lines that it or its engine wrote. */
  get said(): string {
    return this.lines.map((line) => `\n  | ${line}`).join('');
  }

  /** @throws CliFailure that says why it does not run (any more) */
  refuseEnded(): void {
    if (this.fault?.code === 'ENOENT' || this.fault?.code === 'EACCES') throw engineMissing(this.engine[0]);
    if (this.exitCode !== undefined) throw endedEarly(this.exitCode, this.said);
  }

  /** Asks it to end, and ends the engine if it is still about something else, such as pulling. */
  async stop(): Promise<void> {
    if (this.exitCode !== undefined) return;
    const [program, ...options] = this.engine;
    const stopping = spawn(program, [...options, 'stop', '-t', String(STOP_SECONDS), this.name], { stdio: 'ignore' });
    await once(stopping, 'close').catch(() => undefined);
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await Promise.race([this.ended, pause(1000)]);
      if (this.exitCode !== undefined) return;
      this.child.kill(signal);
    }
    await this.ended;
  }
}

function engineMissing(program: string): CliFailure {
  const remedy = 'Install podman, or name another engine by --engine or PADDOCK_CONTAINER_ENGINE.';
  return new CliFailure('engine-missing', `there is no container engine ${program}`, remedy, EXIT.refusedHere);
}

/** The runtime ends with the exit codes of `paddock download`; above 124 they are the engine's. */
function endedEarly(code: number, said: string): CliFailure {
  if (code === EXIT.refusedByPortal)
    return new CliFailure('release-refused', `the runtime did not get the release:${said}`, '', EXIT.refusedByPortal);
  const own = Object.values(EXIT).find((one) => one === code) ?? EXIT.refusedHere;
  return new CliFailure('container-ended', `the container ended with ${code}:${said}`, '', own);
}
