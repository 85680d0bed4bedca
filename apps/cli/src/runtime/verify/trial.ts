import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { CliFailure, EXIT } from '../../cli-failure.js';
import { Container } from './container.js';
import { ModelServer, type Answered } from './model-server.js';

const POLL_MS = 25;
const CONTEXT = 512;
const ENDING_MS = 200;
/** What the runtime says once the release is there, before it starts llama-server; on the stream that the server's log follows on. */
const FETCHED = /^paddock: \S+ \S+ (is licensed to you under|has no license)/;
/** A line may come a moment after what it tells of. */
const LATE_MS = 2000;

export interface Trial {
  engine: readonly [program: string, ...options: string[]];
  image: string;
  model: string;
  release: string;
  /** Address of the portal, and the token that fetches the release. */
  env: Readonly<Record<string, string>>;
  /** From the start to an answer of /health, pulling and fetching included. */
  withinMs: number;
}

export interface Tried extends Answered {
  loadMilliseconds: number;
}

/**
 * Runs the image against the release, and asks it twice for the same.
 * @throws CliFailure when it does not come to that, or the answers differ; the container is gone either way
 */
export async function tryImage(trial: Trial, say: (line: string) => void, interrupted: AbortSignal): Promise<Tried> {
  const port = await freePort();
  const key = randomBytes(24).toString('hex');
  const server = new ModelServer(port, key);
  let fetchedAt: number | undefined;
  /** After it is fetched, most of what is said is the server's log. */
  const shown = (line: string) => {
    const show = fetchedAt === undefined || line.startsWith('paddock: ');
    if (FETCHED.test(line)) fetchedAt ??= performance.now();
    if (show) say(line);
    return show;
  };
  say(`starting ${trial.image}`);
  const container = new Container(trial.engine, planOf(trial, port, key), shown);
  try {
    await untilHealthy(container, server, trial.withinMs, interrupted);
    const healthyAt = performance.now();
    await until(() => fetchedAt !== undefined, LATE_MS);
    if (fetchedAt === undefined) throw noRuntime();
    say(`healthy ${Math.round(healthyAt - fetchedAt)} ms after the release was there; asking twice`);
    const [first, second] = [await server.complete(interrupted), await server.complete(interrupted)];
    container.refuseEnded();
    if (first.outputSha256 !== second.outputSha256) throw outputDiffers(first, second);
    return { ...second, loadMilliseconds: Math.max(0, healthyAt - fetchedAt) };
  } catch (error) {
    if (interrupted.aborted) throw stopped();
    // A connection breaks a moment before its server is known to have ended, and that is what there is to say.
    if (await container.endsWithin(ENDING_MS)) container.refuseEnded();
    throw error;
  } finally {
    await container.stop();
  }
}

function planOf({ image, model, release, env }: Trial, port: number, key: string) {
  const listening = ['--host', '127.0.0.1', '--port', String(port)];
  return {
    image,
    env: { ...env, LLAMA_API_KEY: key },
    volume: '/models',
    args: ['--paddock', `${model}/${release}`, ...listening, '--threads', '1', '-c', String(CONTEXT)],
  };
}

async function untilHealthy(container: Container, server: ModelServer, withinMs: number, interrupted: AbortSignal): Promise<void> {
  for (const deadline = performance.now() + withinMs; ; await pause(POLL_MS)) {
    interrupted.throwIfAborted();
    container.refuseEnded();
    if (await server.healthy()) return;
    if (performance.now() > deadline) throw neverHealthy(withinMs, container.said);
  }
}

/** Waits that long at most. */
async function until(holds: () => boolean, withinMs: number): Promise<void> {
  for (const deadline = performance.now() + withinMs; !holds() && performance.now() < deadline;) await pause(POLL_MS);
}

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  holder.close();
  await once(holder, 'close');
  return port;
}

function neverHealthy(withinMs: number, said: string): CliFailure {
  const detail = `the server was not healthy within ${withinMs / 60_000} minutes; ${said}`;
  return new CliFailure('never-healthy', detail, 'Give it longer by --within, where it only is slow.', EXIT.refusedHere);
}

function noRuntime(): CliFailure {
  const remedy = 'Use an image that knows --paddock, as infra/images/runtime builds it.';
  return new CliFailure('image-unfit', 'the image serves something without having fetched the release', remedy, EXIT.refusedHere);
}

function outputDiffers(first: Answered, second: Answered): CliFailure {
  const detail = `the output is not deterministic (${first.outputSha256}, then ${second.outputSha256}); nothing was recorded`;
  return new CliFailure('output-differs', detail, 'A verification needs an engine that answers the same to the same.', EXIT.wrongBytes);
}

function stopped(): CliFailure {
  return new CliFailure('interrupted', 'the container was stopped; nothing was recorded', 'Run the command again.', EXIT.interrupted);
}
