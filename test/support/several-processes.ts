import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { NetConnectOpts } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../apps/server/src/database/embedded-postgres.js';
import { ChildPrograms } from './child-programs.js';
import { FaultProxy } from './fault-proxy.js';
import { freePort } from './free-port.js';
import { startNginx } from './nginx.js';
import { ADMIN, startPortal } from './portal.js';
import { Person } from './person.js';
import { until } from './processes.js';
import { startS3Bucket } from './s3-bucket.js';

/** A process of the installation: it can be killed at any time, and comes back as its supervisor would bring it. */
export interface Part {
  kill(): Promise<void>;
  /** Resolves when it does its work again. */
  start(): Promise<void>;
}

/** A wire between two parts: it can be cut at any time, and mended. */
export interface Wire {
  cutOff(): void;
  mend(): void;
}

export interface SeveralProcesses {
  /** Of nginx, the portal's public address. */
  url: string;
  /** Of the `http` processes themselves. */
  http: [string, string];
  /** Of the `jobs` processes. */
  jobs: [string, string];
  parts: Record<'http-1' | 'jobs-1' | 'redis' | 'http-2' | 's3' | 'nginx' | 'postgres' | 'jobs-2', Part>;
  /** Of nginx to the one and the other `http` process, of all processes to what they share; a `jobs` process that is cut off stands still. */
  wires: Record<'http-1' | 'http-2' | 'jobs-1' | 'jobs-2' | 'postgres' | 's3' | 'redis', Wire>;
  admin(): Promise<Person>;
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  /** What `paddock ledger check` is to be told of it. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

/** One portal of two `http` and two `jobs` processes over a PostgreSQL, a Ceph gateway and a Redis of their own, behind nginx. */
export async function startSeveral(more: Record<string, string> = {}): Promise<SeveralProcesses> {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-several-'));
  const undo: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })];
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    return { ...(await started(folder, more, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function started(folder: string, more: Record<string, string>, undo: (() => unknown)[]): Promise<Omit<SeveralProcesses, 'stop'>> {
  const postgres = await startEmbeddedPostgres(folder, () => undefined);
  undo.push(() => postgres.stop());
  const bucket = await startS3Bucket();
  undo.push(() => bucket.rgw.stop());
  const redis = await redisPart(folder, undo);
  const wire = async (target: NetConnectOpts) => {
    const proxy = await FaultProxy.start(target);
    undo.push(() => proxy.stop());
    return proxy;
  };
  const shared = {
    postgres: await wire({ path: join(new URL(postgres.serverUrl).searchParams.get('host')!, '.s.PGSQL.5432') }),
    s3: await wire({ host: '127.0.0.1', port: Number(new URL(bucket.rgw.endpoint).port) }),
    redis: await wire({ host: '127.0.0.1', port: redis.port }),
  };
  const [front, ...ports] = (await Promise.all(Array.from({ length: 5 }, freePort))) as [number, number, number, number, number];
  const at = (port: number) => `http://127.0.0.1:${port}`;
  const url = at(front);
  const env = {
    PADDOCK_DATABASE_URL: overTcp(postgres.serverUrl, shared.postgres.port),
    PADDOCK_DATABASE_OWNER_URL: postgres.ownerUrl,
    PADDOCK_DATABASE_POOL: '8',
    PADDOCK_SECRET: 'one secret that all of them share, long enough',
    PADDOCK_LEDGER_KEY: '5e'.repeat(32),
    PADDOCK_PUBLIC_URL: url,
    PADDOCK_TRUSTED_PROXIES: '127.0.0.1',
    PADDOCK_REDIS_URL: `redis://127.0.0.1:${shared.redis.port}`,
    ...bucket.env,
    PADDOCK_S3_ENDPOINT: at(shared.s3.port),
    ...more,
  };
  const portal = (role: 'http' | 'jobs', port: number) =>
    portalPart(join(folder, `${role}-${port}`), { ...env, PADDOCK_ROLE: role, PADDOCK_PORT: String(port) }, undo);
  const [one, two, three, four] = await Promise.all([
    portal('http', ports[0]),
    portal('http', ports[1]),
    portal('jobs', ports[2]),
    portal('jobs', ports[3]),
  ]);
  const [toOne, toTwo] = [await wire({ host: '127.0.0.1', port: ports[0] }), await wire({ host: '127.0.0.1', port: ports[1] })];
  const nginx = await startNginx({ port: front, portals: [toOne.port, toTwo.port] });
  undo.push(() => nginx.stop());
  return {
    url,
    http: [at(ports[0]), at(ports[1])],
    jobs: [at(ports[2]), at(ports[3])],
    parts: {
      'http-1': one,
      'jobs-1': three,
      redis,
      'http-2': two,
      s3: { kill: bucket.rgw.killGateway, start: bucket.rgw.startGateway },
      nginx,
      postgres: postgresPart(folder, postgres.ownerUrl),
      'jobs-2': four,
    },
    wires: { 'http-1': toOne, 'http-2': toTwo, 'jobs-1': three, 'jobs-2': four, ...shared },
    admin: () => new Person(url).signIn(ADMIN.email, ADMIN.password),
    query: (text, values) => queried(postgres.ownerUrl, text, values),
    env,
  };
}

async function redisPart(folder: string, undo: (() => unknown)[]): Promise<Part & { port: number }> {
  const port = await freePort();
  const programs = new ChildPrograms(folder, {});
  undo.push(() => programs.kill());
  const start = async () => {
    programs.start('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']);
  };
  await start();
  return { port, start, kill: () => programs.kill() };
}

async function portalPart(dataDir: string, env: Record<string, string>, undo: (() => unknown)[]): Promise<Part & Wire> {
  const start = () => startPortal({ dataDir, env });
  let portal = await start();
  undo.push(() => portal.stop('SIGKILL'));
  return {
    kill: async () => void (await portal.stop('SIGKILL')),
    start: async () => {
      portal = await start();
    },
    cutOff: () => void portal.process.kill('SIGSTOP'),
    mend: () => void portal.process.kill('SIGCONT'),
  };
}

/** The embedded PostgreSQL listens on a socket only, and a wire to it is one of TCP. */
function overTcp(url: string, port: number): string {
  const changed = new URL(url);
  changed.searchParams.delete('host');
  changed.host = `127.0.0.1:${port}`;
  return changed.toString();
}

/** Its keeper starts it again by itself. */
function postgresPart(folder: string, url: string): Part {
  return {
    kill: async () => {
      const pid = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8');
      process.kill(Number.parseInt(pid, 10), 'SIGKILL');
    },
    start: () =>
      until('PostgreSQL answers again', 60_000, () =>
        queried(url, 'SELECT 1').then(
          () => true,
          () => false,
        ),
      ),
  };
}

async function queried<Row>(connectionString: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}
