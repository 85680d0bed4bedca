import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { postgresBinaries, unprivileged, type Launch } from './postgres-binaries.js';

export interface EmbeddedPostgres {
  /** Of the role that owns the schema. */
  ownerUrl: string;
  /** Of the role that the server works with. */
  serverUrl: string;
  stop(): Promise<void>;
}

/**
 * Keeps PostgreSQL's life tied to ours: its standard input is a pipe that we hold. However we end, kill -9 included, the
 * pipe closes and the guard stops PostgreSQL; when PostgreSQL ends by itself, so does the guard.
 */
const GUARD = 'exec 3<&0; "$@" 3<&- </dev/null & p=$!; (read -r _ <&3; kill -INT $p 2>/dev/null) & g=$!; wait $p; s=$?; kill $g 2>/dev/null; exit $s';

/** Starts the PostgreSQL of the npm package under `folder`, on a socket of its own, so that no other one is disturbed. */
export async function startEmbeddedPostgres(folder: string, say: (line: string) => void): Promise<EmbeddedPostgres> {
  const binaries = postgresBinaries();
  const data = join(folder, 'postgres');
  const launch = unprivileged([data, binaries]);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (launch.owner) chownSync(data, launch.owner.uid, launch.owner.gid);

  const password = keptPassword(folder);
  if (!existsSync(join(data, 'PG_VERSION'))) {
    say('making the database');
    initialise(binaries, data, password, launch);
  }
  await stopOrphan(data);

  // A socket's path may be 107 bytes at most, so it cannot live in an arbitrarily deep folder.
  const sockets = mkdtempSync(join(tmpdir(), 'paddock-pg-'));
  if (launch.owner) chownSync(sockets, launch.owner.uid, launch.owner.gid);
  const log = join(folder, 'postgres.log');
  const args = ['-D', data, '-k', sockets, '-c', 'listen_addresses=', '-c', 'max_connections=200', '-c', 'unix_socket_permissions=0700', '-c', 'shared_buffers=256MB', '-c', 'jit=off'];
  const server = keepRunning(() => launchGuarded(launch, join(binaries, 'postgres'), args, log), say);

  const url = (user: string, database: string) => `postgresql://${user}:${password}@localhost/${database}?host=${encodeURIComponent(sockets)}`;
  const stop = async () => {
    await server.stop();
    rmSync(sockets, { recursive: true, force: true });
  };
  try {
    await prepareRoles(url('paddock_owner', 'postgres'), password);
  } catch (error) {
    await stop();
    throw new Error(`PostgreSQL did not start; see ${log}`, { cause: error });
  }
  return { ownerUrl: url('paddock_owner', 'paddock'), serverUrl: url('paddock_server', 'paddock'), stop };
}

function keptPassword(folder: string): string {
  const file = join(folder, 'postgres-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

function initialise(binaries: string, data: string, password: string, launch: Launch): void {
  const once = mkdtempSync(join(tmpdir(), 'paddock-pg-'));
  const passwordFile = join(once, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (launch.owner) for (const path of [once, passwordFile]) chownSync(path, launch.owner.uid, launch.owner.gid);
  const args = ['-D', data, '-U', 'paddock_owner', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', `--pwfile=${passwordFile}`, '--no-instructions'];
  const [command, rest] = launch.command(join(binaries, 'initdb'), args);
  const result = spawnSync(command, rest, { ...launch.user, cwd: '/', encoding: 'utf8' });
  rmSync(once, { recursive: true });
  if (result.status !== 0) throw new Error(`initdb failed: ${result.error?.message ?? result.stderr}`);
}

/** One that a killed server left is stopping by itself; one whose guard was killed too is stopped here. */
async function stopOrphan(data: string): Promise<void> {
  const pidFile = join(data, 'postmaster.pid');
  for (let attempt = 0; attempt < 150 && existsSync(pidFile); attempt += 1) {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    if (!isPostgres(pid)) return;
    if (attempt % 20 === 10) process.kill(pid, 'SIGINT');
    await delay(100);
  }
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres';
  } catch {
    return false;
  }
}

function launchGuarded(launch: Launch, program: string, args: string[], log: string): ChildProcess {
  const out = openSync(log, 'a', 0o600);
  const [command, rest] = launch.command('/bin/sh', ['-c', GUARD, 'paddock-postgres', program, ...args]);
  // Detached: Ctrl-C reaches the server alone, which ends its work before it lets PostgreSQL go.
  const child = spawn(command, rest, { ...launch.user, cwd: '/', stdio: ['pipe', out, out], detached: true });
  closeSync(out);
  return child;
}

function keepRunning(launch: () => ChildProcess, say: (line: string) => void): { stop(): Promise<void> } {
  let stopping = false;
  let child = launch();
  let ended = Promise.withResolvers<void>();
  const watch = () => {
    child.once('exit', () => {
      if (stopping) return ended.resolve();
      say('PostgreSQL ended unexpectedly; starting it again');
      setTimeout(() => {
        if (stopping) return ended.resolve();
        child = launch();
        watch();
      }, 500);
    });
    child.once('error', (error) => say(`PostgreSQL could not be started: ${error.message}`));
  };
  watch();
  return {
    async stop() {
      stopping = true;
      child.stdin?.destroy();
      await Promise.race([ended.promise, delay(15_000, undefined, { ref: false })]);
    },
  };
}

async function prepareRoles(ownerUrl: string, password: string): Promise<void> {
  const client = await connectWithin(ownerUrl, 20_000);
  try {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'paddock_server') AS role, EXISTS (SELECT FROM pg_database WHERE datname = 'paddock') AS database`,
    );
    if (!rows[0]?.role) await client.query(`CREATE ROLE paddock_server LOGIN PASSWORD '${password}'`);
    if (!rows[0]?.database) await client.query('CREATE DATABASE paddock');
  } finally {
    await client.end();
  }
}

async function connectWithin(url: string, milliseconds: number): Promise<Client> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(30);
    }
  }
}
