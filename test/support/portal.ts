import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Person } from './person.js';

const SERVER = resolve(import.meta.dirname, '../../apps/server/dist/main.js');
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
  /** Asks it to stop and waits; the data folder stays when it was given. */
  stop(): Promise<number | null>;
}

export interface PortalOptions {
  /** Without it the portal starts its own PostgreSQL. */
  databaseUrl?: string;
  dataDir?: string;
  env?: Record<string, string>;
}

/** A real server process on a free port. */
export async function startPortal({ databaseUrl, dataDir, env = {} }: PortalOptions = {}): Promise<TestPortal> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'paddock-portal-')));
  const child = spawn(process.execPath, ['--enable-source-maps', SERVER], {
    env: {
      PATH: process.env['PATH'],
      PADDOCK_DATA_DIR: folder,
      PADDOCK_PORT: '0',
      PADDOCK_ADMIN_EMAIL: ADMIN.email,
      PADDOCK_ADMIN_PASSWORD: ADMIN.password,
      ...(databaseUrl && { PADDOCK_DATABASE_URL: databaseUrl, PADDOCK_DATABASE_POOL: '8' }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const url = await readyUrl(child, () => output);
  return {
    url,
    dataDir: folder,
    process: child,
    output: () => output,
    admin: () => new Person(url).signIn(ADMIN.email, ADMIN.password),
    person: async (email, name = 'Ada Lovelace') => new Person(url).signUp(email, name),
    stop: async () => {
      const ended = new Promise<number | null>((done) => (child.exitCode === null ? child.once('exit', done) : done(child.exitCode)));
      child.kill('SIGTERM');
      const code = await ended;
      if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}

function readyUrl(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((done, fail) => {
    const look = () => {
      const url = /ready at (\S+)/.exec(output())?.[1];
      if (url) done(url);
    };
    child.stderr?.on('data', look);
    child.once('exit', () => fail(new Error(`the portal ended before it was ready:\n${output()}`)));
  });
}
