import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { keepOnce } from './data-folder.js';
import { keepRunning, launchGuarded, stopOrphan } from './postgres-guard.js';
import { postgresBinaries, unprivileged, type Launch } from './postgres-binaries.js';

export interface EmbeddedPostgres {
  /** Of the role that owns the schema. */
  ownerUrl: string;
  /** Of the role that the server works with. */
  serverUrl: string;
  stop(): Promise<void>;
}

/** Starts the PostgreSQL of the npm package under `folder`, on a socket of its own, so that no other one is disturbed. */
export async function startEmbeddedPostgres(folder: string, say: (line: string) => void): Promise<EmbeddedPostgres> {
  const binaries = postgresBinaries();
  const data = join(folder, 'postgres');
  const launch = unprivileged([data, binaries]);
  const password = keepOnce(join(folder, 'postgres-password'), () => randomBytes(24).toString('hex'));
  if (!existsSync(join(data, 'PG_VERSION'))) {
    say('making the database');
    initialise(binaries, data, password, launch);
  }

  // A socket's path may be 107 bytes at most, so it cannot live in an arbitrarily deep folder.
  const sockets = mkdtempSync(join(tmpdir(), 'paddock-pg-'));
  const log = join(folder, 'postgres.log');
  const args = [
    '-D',
    data,
    '-k',
    sockets,
    '-c',
    'listen_addresses=',
    '-c',
    'max_connections=200',
    '-c',
    'unix_socket_permissions=0700',
    '-c',
    'shared_buffers=256MB',
    '-c',
    'jit=off',
  ];
  const server = keepRunning(async () => {
    await stopOrphan(data);
    // A guard that was killed has taken it along.
    mkdirSync(sockets, { recursive: true, mode: 0o700 });
    if (launch.owner) chownSync(sockets, launch.owner.uid, launch.owner.gid);
    return launchGuarded(launch, join(binaries, 'postgres'), args, { log, sockets });
  }, say);

  const url = (user: string, database: string) => urlOf(user, password, database, sockets);
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

/** The URL of the server's role, or of the owner's, in the PostgreSQL that another process has started under `folder`. */
export function runningPostgres(folder: string, role: 'paddock_server' | 'paddock_owner' = 'paddock_server'): string {
  // postmaster.pid, line 5: the folder of the socket (PostgreSQL, "Server file layout").
  const sockets = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[4]!;
  const password = readFileSync(join(folder, 'postgres-password'), 'utf8');
  return urlOf(role, password, 'paddock', sockets);
}

function urlOf(user: string, password: string, database: string, sockets: string): string {
  return `postgresql://${user}:${password}@localhost/${database}?host=${encodeURIComponent(sockets)}`;
}

/** Under another name until it is whole: what an interrupted start leaves must never be taken for a database. */
function initialise(binaries: string, data: string, password: string, launch: Launch): void {
  for (const name of readdirSync(dirname(data)))
    if (name.startsWith('postgres-new-')) rmSync(join(dirname(data), name), { recursive: true, force: true });
  const fresh = mkdtempSync(`${data}-new-`);
  const once = mkdtempSync(join(tmpdir(), 'paddock-pg-'));
  const passwordFile = join(once, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (launch.owner) for (const path of [fresh, once, passwordFile]) chownSync(path, launch.owner.uid, launch.owner.gid);
  const args = [
    '-D',
    fresh,
    '-U',
    'paddock_owner',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    `--pwfile=${passwordFile}`,
    '--no-instructions',
  ];
  const [command, rest] = launch.command(join(binaries, 'initdb'), args);
  const result = spawnSync(command, rest, { ...launch.user, cwd: '/', encoding: 'utf8' });
  rmSync(once, { recursive: true });
  if (result.status !== 0) throw new Error(`initdb failed: ${result.error?.message ?? result.stderr.trim()}`);
  renameSync(fresh, data);
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
