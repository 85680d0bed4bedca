import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { diskStore } from '@paddock/storage';
import type { BenchResult } from './result.js';

const mebibyte = 1024 * 1024;
const size = 1024 * mebibyte;
const key = 'models/large.gguf';
const rounds = 5;
const bar = { nginx: 0.7, pipe: 2.5, growth: 64 * mebibyte };
const runToEnd = promisify(execFile);

/** GB/s of one download of 1 GiB from the page cache, by curl, over loopback: the store, nginx's sendfile, and pipe(). */
export async function run(): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-download-'));
  const started: ChildProcess[] = [];
  try {
    await diskStore({ root: folder }).put(key, zeros());
    const node = spawn(process.execPath, [join(import.meta.dirname, 'download-server.ts'), folder], { stdio: ['pipe', 'pipe', 'inherit'] });
    started.push(node);
    const [port] = (await once(node.stdout, 'data')) as [Buffer];
    const own = `http://127.0.0.1:${String(port).trim()}`;
    const reference = await startNginx(folder, started);
    return await compare({ store: `${own}/store/${key}`, nginx: `${reference}/${key}`, pipe: `${own}/pipe/${key}` }, node.pid ?? 0);
  } finally {
    for (const child of started) if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  }
}

interface Speeds {
  store: number;
  nginx: number;
  pipe: number;
}

async function compare(urls: { store: string; nginx: string; pipe: string }, pid: number): Promise<BenchResult> {
  // The server's first download grows its memory most.
  let { growth } = await watchMemory(pid, () => download(urls.store));
  for (const url of [urls.nginx, urls.pipe]) await download(url);
  const speeds: Speeds[] = [];
  for (let round = 0; round < rounds; round++) {
    const watched = await watchMemory(pid, () => download(urls.store));
    growth = Math.max(growth, watched.growth);
    speeds.push({ store: watched.result, nginx: await download(urls.nginx), pipe: await download(urls.pipe) });
  }
  const medianOf = (way: keyof Speeds): number => median(speeds.map((round) => round[way]));
  const [store, nginx, pipe] = [medianOf('store'), medianOf('nginx'), medianOf('pipe')];
  return {
    name: 'downloading 1 GiB from the disk store',
    ours: { label: 'Paddock disk store', value: store, unit: 'GB/s' },
    against: [
      { label: 'nginx sendfile', value: nginx, unit: 'GB/s' },
      { label: 'createReadStream().pipe()', value: pipe, unit: 'GB/s' },
    ],
    ratios: [
      { against: 'nginx sendfile', ratio: store / nginx },
      { against: 'createReadStream().pipe()', ratio: store / pipe },
    ],
    bar: `at least ${bar.nginx} times nginx and ${bar.pipe} times pipe(), memory growing by less than ${bar.growth / mebibyte} MiB`,
    reached: store >= bar.nginx * nginx && store >= bar.pipe * pipe && growth < bar.growth,
    notes: [`medians of ${rounds} rounds, taken in turn`, `the server's memory grew by at most ${Math.round(growth / mebibyte)} MiB in a download`],
  };
}

/** GB/s by curl's own clock. */
async function download(url: string): Promise<number> {
  const { stdout } = await runToEnd('curl', ['-sf', '-o', '/dev/null', '-w', '%{size_download} %{time_total}', url]);
  const [bytes = 0, seconds = 0] = stdout.split(' ').map(Number);
  if (bytes !== size) throw new Error(`${url} gave ${bytes} bytes instead of ${size}`);
  return bytes / seconds / 1e9;
}

/** Growth in bytes of a process's resident memory while the work is done, at its highest. */
async function watchMemory<T>(pid: number, work: () => Promise<T>): Promise<{ result: T; growth: number }> {
  const before = residentBytes(pid);
  let highest = before;
  const sampling = setInterval(() => (highest = Math.max(highest, residentBytes(pid))), 10);
  const result = await work().finally(() => clearInterval(sampling));
  return { result, growth: highest - before };
}

function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

async function startNginx(folder: string, started: ChildProcess[]): Promise<string> {
  const port = await freePort();
  const path = join(folder, 'nginx.conf');
  await writeFile(path, nginxConfiguration(folder, port));
  const nginx = spawn('/usr/sbin/nginx', ['-c', path, '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(nginx, 'spawn').catch((error: unknown) => {
    throw new Error('nginx is needed: apt-get install -y --no-install-recommends nginx-light', { cause: error });
  });
  started.push(nginx);
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 100; attempt++, await setTimeout(50)) {
    if (await fetch(`${url}/${key}`, { method: 'HEAD' }).then(() => true, () => false)) return url;
  }
  throw new Error(`nginx did not answer at ${url}`);
}

/** One process: with a master, a killed one would leave its worker behind. */
function nginxConfiguration(folder: string, port: number): string {
  const bodies = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
events { worker_connections 64; }
http {
  ${bodies.join('\n  ')}
  access_log off;
  sendfile on;
  sendfile_max_chunk 0;
  server { listen 127.0.0.1:${port}; root ${folder}/objects; }
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function* zeros(): AsyncIterable<Uint8Array> {
  for (let sent = 0; sent < size; sent += mebibyte) yield Buffer.alloc(mebibyte);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
