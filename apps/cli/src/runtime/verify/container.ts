import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { CliFailure, EXIT } from '../../cli-failure.js';

const LINES_KEPT = 12;
const STOP_SECONDS = 5;

const ENGINE_REMEDY = 'Correct what it says, or name another engine by --engine or PADDOCK_CONTAINER_ENGINE.';
const ENDED_REMEDY = 'Correct what it says and run the command again; nothing was recorded.';

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
  private readonly unshown: string[] = [];
  private fault: NodeJS.ErrnoException | undefined;

  /** @param engine the program and its own options */
  constructor(
    private readonly engine: readonly [program: string, ...options: string[]],
    { image, env, volume, args }: ContainerPlan,
    /** Says whether it showed the line; what it did not is told when the container fails. */
    shown: (line: string) => boolean,
  ) {
    const [program, ...options] = engine;
    const names = Object.keys(env).flatMap((name) => ['--env', name]);
    const run = [...options, 'run', '--name', this.name, ...CONFINED, ...names, '--volume', volume, image, ...args];
    this.child = spawn(program, run, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      createInterface({ input: stream }).on('line', (line) => {
        if (!shown(line)) this.unshown.push(line);
        if (this.unshown.length > LINES_KEPT) this.unshown.shift();
      });
    this.child.on('error', (error) => (this.fault = error));
    this.ended = once(this.child, 'close').then(
      ([code]) => void (this.exitCode = (code as number | null) ?? EXIT.refusedHere),
      () => void (this.exitCode = EXIT.refusedHere),
    );
  }

  /** What there is to say of the last lines that it or its engine wrote. */
  get said(): string {
    if (this.unshown.length === 0) return 'its words are above';
    return `it said last:${this.unshown.map((line) => `\n  | ${line}`).join('')}`;
  }

  /** @throws CliFailure that says why it does not run (any more) */
  refuseEnded(): void {
    if (this.fault?.code === 'ENOENT' || this.fault?.code === 'EACCES') throw engineMissing(this.engine[0]);
    if (this.exitCode !== undefined) throw endedEarly(this.exitCode, this.said);
  }

  async endsWithin(milliseconds: number): Promise<boolean> {
    await Promise.race([this.ended, pause(milliseconds, undefined, { ref: false })]);
    return this.exitCode !== undefined;
  }

  /** Asks it to end, and ends the engine if it is still about something else, such as pulling. */
  async stop(): Promise<void> {
    if (this.exitCode !== undefined) return;
    const [program, ...options] = this.engine;
    const stopping = spawn(program, [...options, 'stop', '-t', String(STOP_SECONDS), this.name], { stdio: 'ignore' });
    await once(stopping, 'close').catch(() => undefined);
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      if (await this.endsWithin(1000)) return;
      this.child.kill(signal);
    }
    await this.ended;
  }
}

function engineMissing(program: string): CliFailure {
  const remedy = 'Install podman, or name another engine by --engine or PADDOCK_CONTAINER_ENGINE.';
  return new CliFailure('engine-missing', `there is no container engine ${program}`, remedy, EXIT.refusedHere);
}

/** The runtime ends with the exit codes of `paddock download`, and the engine with these when it is the one that failed. */
function endedEarly(code: number, said: string): CliFailure {
  if (code >= 125 && code <= 127)
    return new CliFailure('engine-failed', `the container engine could not run the image; ${said}`, ENGINE_REMEDY, EXIT.refusedHere);
  const own = Object.values(EXIT).find((one) => one === code) ?? EXIT.refusedHere;
  if (own !== EXIT.refusedByPortal)
    return new CliFailure('container-ended', `the container ended with ${code} before it had answered; ${said}`, ENDED_REMEDY, own);
  const remedy = 'The token that the container is given (PADDOCK_RUNTIME_TOKEN, else yours) must be of one of its licensees.';
  return new CliFailure('release-refused', `the portal refused the release to the container; ${said}`, remedy, own);
}
