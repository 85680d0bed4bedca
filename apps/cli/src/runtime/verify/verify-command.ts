import { InvalidArgumentError, type Command } from 'commander';
import * as z from 'zod';
import { CliFailure, EXIT } from '../../cli-failure.js';
import type { Portal } from '../../portal/portal.js';
import { printable } from '../../terminal/printable.js';
import { RuntimesApi } from '../runtimes-api.js';
import { pinnedImage } from './pinned-image.js';
import { tryImage, type Tried } from './trial.js';

type Environment = Readonly<Record<string, string | undefined>>;

interface VerifyOptions {
  image: string;
  engine: string;
  within: number;
}

const HELP = `
PADDOCK_CONTAINER_ENGINE names the engine where --engine does not.
It pulls the image if it is not there, fetches the release in it, loads it, asks the same twice at temperature 0 in one
thread, and records engine, load time, rate and SHA-256 of the output on the portal.
The token needs the scope "publish". The container is given PADDOCK_RUNTIME_TOKEN where that is set (scopes "read" and
"download" are enough for it), else the same token, which then needs these too.`;

const Recorded = z.object({ id: z.string(), image: z.string() });

export function addVerifyRuntimeCommand(runtime: Command, openPortal: () => Promise<Portal>, env: Environment): void {
  runtime
    .command('verify')
    .description('Run a release with a runtime image, and record on the portal that it ran and how.')
    .argument('<model>', 'the model')
    .argument('<release>', 'its release')
    .requiredOption('--image <reference>', 'host/publisher/name@sha256:…')
    .option('--engine <command>', 'the container engine and its global options', env['PADDOCK_CONTAINER_ENGINE'] || 'podman')
    .option('--within <minutes>', 'how long it may take until it is healthy', minutes, 60)
    .addHelpText('after', HELP)
    .action(async (model: string, release: string, options: VerifyOptions) => verify({ model, release }, options, openPortal, env));
}

async function verify(
  { model, release }: { model: string; release: string },
  { image: named, engine, within }: VerifyOptions,
  openPortal: () => Promise<Portal>,
  env: Environment,
): Promise<void> {
  const image = pinnedImage(named);
  const portal = await openPortal();
  const runtime = `${image.publisher}/${image.name}`;
  if (!(await new RuntimesApi(portal, image.publisher, image.name).findRuntime()))
    throw new CliFailure('runtime-missing', `there is no runtime ${runtime}`, 'Run `paddock runtime import` first.', EXIT.refusedHere);
  const handedOn = {
    PADDOCK_URL: portal.origin,
    PADDOCK_TOKEN: env['PADDOCK_RUNTIME_TOKEN'] || (portal.token ?? ''),
  };
  const trial = { engine: wordsOf(engine), image: image.reference, model, release, env: handedOn, withinMs: within * 60_000 };
  const tried = await interruptible((signal) => tryImage(trial, say, signal));
  const measured = { runtime, digest: image.digest, ...tried, verifiedAt: new Date().toISOString() };
  const url = portal.url('models', model, 'releases', release, 'verifications');
  const recorded = await portal.ask(Recorded, 'POST', url, measured);
  process.stdout.write(`${model} ${release}: verified with ${recorded.image}: ${wordsFor(tried)}\n`);
}

/** The first signal stops the container, a second one this process. */
async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, abort);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, abort);
  }
}

function wordsFor({ engine, loadMilliseconds, tokensPerSecond, outputSha256 }: Tried): string {
  return `${engine}, loaded in ${Math.round(loadMilliseconds)} ms, ${tokensPerSecond.toFixed(1)} tokens/s, output ${outputSha256}`;
}

function wordsOf(command: string): [string, ...string[]] {
  const [program, ...options] = command.split(/\s+/).filter((word) => word !== '');
  if (program === undefined)
    throw new CliFailure('engine-missing', 'no container engine is named', 'Leave out --engine for podman.', EXIT.refusedHere);
  return [program, ...options];
}

function minutes(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 10_080)) throw new InvalidArgumentError('It must be minutes, at most a week.');
  return value;
}

const say = (line: string) => void process.stderr.write(`${printable(line)}\n`);
