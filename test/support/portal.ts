import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Person } from './person.js';

const SERVER = resolve(import.meta.dirname, '../../apps/server/dist/bundle/main.js');
export const ADMIN = { email: 'admin@example.org', password: 'correct-horse-battery' };

export interface TestPortal {
  url: string;
  dataDir: string;
  process: ChildProcess;
  /** Everything that the server wrote: the lines for people and the log. */
  output(): string;
  /** A signed-in administrator. */
  admin(): Promise<Person>;
  /** A new person, signed up and signed in. */
  person(email: string, name?: string): Promise<Person>;
  /** Asks it to stop and waits for its exit code; the data folder stays when it was given. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface PortalOptions {
  /** Without it the portal starts its own PostgreSQL. */
  databaseUrl?: string;
  dataDir?: string;
  env?: Record<string, string | undefined>;
  /** A program with its arguments that starts the server, such as one that changes the user. */
  launcher?: string[];
  /** The server of another version. */
  main?: string;
}

export interface ServerProcess {
  process: ChildProcess;
  output(): string;
  /** The exit code, or null when a signal ended it. */
  ended: Promise<number | null>;
}

/** A real server process on a free port. */
export async function startPortal(options: PortalOptions = {}): Promise<TestPortal> {
  const { dataDir } = options;
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'paddock-portal-')));
  const server = launchServer({ ...options, dataDir: folder });
  const url = await readyUrl(server);
  return {
    url,
    dataDir: folder,
    process: server.process,
    output: server.output,
    admin: () => new Person(url).signIn(ADMIN.email, ADMIN.password),
    person: async (email, name = 'Ada Lovelace') => new Person(url).signUp(email, name),
    stop: async (signal = 'SIGTERM') => {
      server.process.kill(signal);
      const code = await server.ended;
      // PostgreSQL outlives a killed server by the moment that its guard takes, and still writes.
      if (dataDir === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
      return code;
    },
  };
}

/** The process alone, for tests of servers that do not become ready. */
export function launchServer({ databaseUrl, dataDir, env = {}, launcher = [], main = SERVER }: PortalOptions): ServerProcess {
  const [program, ...args] = [...launcher, process.execPath, main];
  const child = spawn(program!, args, {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      PADDOCK_DATA_DIR: dataDir,
      PADDOCK_PORT: '0',
      PADDOCK_ADMIN_EMAIL: ADMIN.email,
      PADDOCK_ADMIN_PASSWORD: ADMIN.password,
      ...(databaseUrl && { PADDOCK_DATABASE_URL: databaseUrl, PADDOCK_DATABASE_POOL: '8' }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return { process: child, output: () => output, ended };
}

function readyUrl({ process: child, output, ended }: ServerProcess): Promise<string> {
  return new Promise((done, fail) => {
    child.stderr?.on('data', () => {
      const url = /ready at (\S+)/.exec(output())?.[1];
      if (url) done(url);
    });
    void ended.then(() => fail(new Error(`the portal ended before it was ready:\n${output()}`)));
  });
}
