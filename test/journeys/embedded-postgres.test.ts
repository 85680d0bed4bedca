import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PASSWORD, Person } from '../support/person.js';
import { commandLine, processesNaming, until } from '../support/processes.js';
import { launchServer, startPortal, type TestPortal } from '../support/portal.js';

const NOBODY = 65534;
const root = process.getuid?.() === 0;

describe('a portal with its own PostgreSQL', () => {
  let made: string;
  let folder: string;
  let portal: TestPortal | undefined;

  beforeAll(async () => {
    made = newFolder();
    await (await startPortal({ dataDir: made })).stop();
  });
  afterAll(() => rmSync(made, { recursive: true, maxRetries: 20, retryDelay: 250 }));
  beforeEach(() => {
    folder = newFolder();
  });
  afterEach(async () => {
    if (portal?.process.exitCode === null && portal.process.signalCode === null) await portal.stop('SIGKILL');
    portal = undefined;
    await nothingLeft();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  });

  const start = async (options: Parameters<typeof startPortal>[0] = {}) => (portal = await startPortal({ dataDir: folder, ...options }));
  /** On a copy of a folder that was used before. */
  const startUsed = () => {
    execFileSync('cp', ['-a', `${made}/.`, folder]);
    return start();
  };
  const nothingLeft = () => until('no process on the data folder', 30_000, () => processesNaming(folder).length === 0);
  const pidFile = () => readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n');
  const postmaster = () => Number(pidFile()[0]);
  const socketFolder = () => pidFile()[4]!;
  const guard = () => processesNaming(folder).find((pid) => commandLine(pid).includes('paddock-postgres'))!;

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends server and PostgreSQL with exit code 0 and leaves nothing', async (signal) => {
    const { url, stop } = await startUsed();
    const sockets = socketFolder();
    expect(existsSync(sockets)).toBe(true);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(listeningOnTcp(postmaster())).toEqual([]);
    expect(await stop(signal)).toBe(0);
    expect(processesNaming(folder)).toEqual([]);
    expect(existsSync(sockets)).toBe(false);
    expect(existsSync(join(folder, 'server.lock'))).toBe(false);
  });

  test('after kill -9 of the server PostgreSQL ends by itself, and the next start has the data', async () => {
    const first = await startUsed();
    await first.person('kept@example.org');
    const sockets = socketFolder();
    await first.stop('SIGKILL');
    await until('PostgreSQL ended', 5000, () => processesNaming(folder).length === 0);
    expect(existsSync(sockets)).toBe(false);
    const second = await start();
    expect((await (await signIn(second, 'kept@example.org')).get('/me')).body).toMatchObject({ email: 'kept@example.org' });
  });

  test('after kill -9 of server and guard the next start stops the PostgreSQL that was left', async () => {
    const first = await startUsed();
    await first.person('kept@example.org');
    const [orphan, sockets] = [postmaster(), socketFolder()];
    // Frozen, it cannot see that its guard is gone and begin anew.
    first.process.kill('SIGSTOP');
    process.kill(guard(), 'SIGKILL');
    await first.stop('SIGKILL');
    expect(commandLine(orphan)).toContain('postgres');
    const second = await start();
    expect(commandLine(orphan)).toBe('');
    expect(existsSync(sockets)).toBe(false);
    await signIn(second, 'kept@example.org');
    expect(await second.stop()).toBe(0);
  });

  test('after kill -9 of the guard alone the server goes on and still stops PostgreSQL', async () => {
    const { url, stop } = await startUsed();
    const before = guard();
    process.kill(before, 'SIGKILL');
    await until('another guard', 30_000, () => guard() !== undefined && guard() !== before);
    await until('ready again', 30_000, async () => (await fetch(`${url}/health/ready`)).status === 200);
    expect(await stop()).toBe(0);
    expect(processesNaming(folder)).toEqual([]);
  });

  test('a start that was killed while it made the database is begun again', async () => {
    const { process: server, output, ended } = launchServer({ dataDir: folder });
    await until('the database is being made', 30_000, () => output().includes('making the database'));
    server.kill('SIGKILL');
    await ended;
    const { url } = await start();
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  test('a signal during the start ends it', async () => {
    const { process: server, output, ended } = launchServer({ dataDir: folder });
    await until('PostgreSQL runs', 30_000, () => output().includes('bringing the schema'));
    server.kill('SIGTERM');
    expect(await ended).toBe(143);
    await nothingLeft();
  });

  test('while PostgreSQL is down requests answer 503 with Retry-After, and it comes back by itself', async () => {
    const { url, admin } = await startUsed();
    const administrator = await admin();
    process.kill(postmaster(), 'SIGKILL');
    const seen = new Set<string>();
    const told: unknown[] = [];
    await until('ready again', 30_000, async () => {
      const [ready, me, models] = await Promise.all([
        within(fetch(`${url}/health/ready`)),
        within(administrator.get('/me')),
        within(fetch(`${url}/api/v1/models`)),
      ]);
      for (const { status, headers } of [me, models]) seen.add(`${status} ${headers.get('retry-after')}`);
      if (ready.status === 503) told.push(await ready.json());
      return told.length > 0 && ready.status === 200 && me.status === 200;
    });
    expect([...seen].sort()).toEqual(['200 null', '503 2']);
    expect(told[0]).toEqual({ state: 'not-ready', database: 'down', store: 'up' });
  });

  test('a second server on the folder is refused and does not disturb the first', async () => {
    const { url, process: first } = await startUsed();
    const { output, ended } = launchServer({ dataDir: folder });
    expect(await ended).toBe(1);
    expect(output()).toContain(`Another Paddock (process ${first.pid}) runs on ${folder}`);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(existsSync(join(folder, 'server.lock'))).toBe(true);
  });

  test('a start that fails late ends PostgreSQL too', async () => {
    execFileSync('cp', ['-a', `${made}/.`, folder]);
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { output, ended } = launchServer({ dataDir: folder, env: { PADDOCK_PORT: String((other.address() as AddressInfo).port) } });
    expect(await ended).toBe(1);
    expect(output()).toContain('EADDRINUSE');
    expect(processesNaming(folder)).toEqual([]);
    other.close();
  });

  test('an ordinary user runs it in a folder of their own', async () => {
    if (root) chownSync(folder, NOBODY, NOBODY);
    const { url, stop } = await start(root ? { launcher: ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] } : {});
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(await stop()).toBe(0);
  });

  if (root) {
    test('root runs it below a folder that nobody else may enter', async () => {
      chmodSync(folder, 0o700);
      const { url, stop } = await start({ dataDir: join(folder, 'deeper/data') });
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      expect(await stop()).toBe(0);
    });
  }
});

/** Open to others to pass through, so that PostgreSQL runs as nobody where the server is root. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-own-'));
  chmodSync(folder, 0o711);
  return folder;
}

function signIn({ url }: TestPortal, email: string): Promise<Person> {
  return new Person(url).signIn(email, PASSWORD);
}

/** An answer that takes longer counts as none. */
async function within<T>(answer: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, fail) => setTimeout(() => fail(new Error('no answer within 8 s')), 8000).unref());
  return Promise.race([answer, late]);
}

/** Addresses of TCP sockets in state LISTEN that the process holds open. */
function listeningOnTcp(pid: number): string[] {
  const inodes = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1]));
  const lines = ['tcp', 'tcp6'].flatMap((family) => readFileSync(`/proc/net/${family}`, 'utf8').trim().split('\n').slice(1));
  const sockets = lines.map((line) => line.trim().split(/\s+/));
  return sockets.filter(([, , , state, , , , , , inode]) => state === '0A' && inodes.has(inode)).map(([, address]) => address!);
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
