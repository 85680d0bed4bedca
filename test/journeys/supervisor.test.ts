import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../support/free-port.js';
import { childrenOf, processesNaming, until } from '../support/processes.js';

const ROOT = resolve(import.meta.dirname, '../..');

describe('npm start', () => {
  let folder: string;
  let url: string;
  let supervisor: ChildProcess;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-start-'));
    const checkout = checkoutWithoutSources(join(folder, 'checkout'));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    // A process group of its own, as a shell gives to what runs in a terminal.
    supervisor = spawn(process.execPath, [join(checkout, 'tools/run.mjs'), 'start'], {
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        PADDOCK_DATA_DIR: join(folder, 'data'),
        PADDOCK_PORT: String(port),
        PADDOCK_LOG_LEVEL: 'silent',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    let output = '';
    supervisor.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until('the server is ready', 40_000, () => output.includes('ready at'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }));

  async function nothingLeft(server: number): Promise<void> {
    await until(
      'server and PostgreSQL are gone',
      10_000,
      () => processesNaming(folder).length === 0 && !processesNaming('apps/server/dist/bundle/main.js').includes(server),
    );
    await expect(fetch(`${url}/health/live`)).rejects.toThrow('fetch failed');
  }

  test.each([
    ['Ctrl-C, which the terminal sends to the whole group,', (pid: number) => process.kill(-pid, 'SIGINT')],
    ['SIGTERM to it alone', (pid: number) => process.kill(pid, 'SIGTERM')],
  ])('%s ends server and PostgreSQL with exit code 0', async (_, signal) => {
    const [server] = childrenOf(supervisor.pid!);
    const ended = once(supervisor, 'exit');
    signal(supervisor.pid!);
    expect(await ended).toEqual([0, null]);
    await nothingLeft(server!);
  });

  test('when it is killed, the server stops by itself', async () => {
    const [server] = childrenOf(supervisor.pid!);
    const ended = once(supervisor, 'exit');
    process.kill(supervisor.pid!, 'SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    await nothingLeft(server!);
  });
});

/** Its dependencies are links, which run.mjs never installs through, and it holds nothing to build. */
function checkoutWithoutSources(checkout: string): string {
  const files = ['tools/run.mjs', 'package.json', 'package-lock.json', 'nx.json'];
  for (const folder of ['tools', 'apps/server']) mkdirSync(join(checkout, folder), { recursive: true });
  for (const file of files) copyFileSync(join(ROOT, file), join(checkout, file));
  for (const folder of ['node_modules', 'apps/server/dist']) symlinkSync(join(ROOT, folder), join(checkout, folder));
  return checkout;
}
