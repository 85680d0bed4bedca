import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { watchMemory } from './support/memory.ts';
import { startNginx } from './support/nginx.ts';
import { startPortal } from '../stage/portal.ts';
import type { StagedPortal } from '../stage/portal.ts';
import { benchModel, preparePublishing } from './support/publishing.ts';
import { inTurn, median } from './support/rounds.ts';
import { onStage } from '../stage/stage.ts';
import type { Stage } from '../stage/stage.ts';

const mebibyte = 1024 * 1024;
const size = 1024 * mebibyte;
const rounds = 7;
const bar = { nginx: 0.7, pipe: 2.5, growth: 64 * mebibyte };
const runToEnd = promisify(execFile);

interface Growth {
  store: number;
  portal: number;
}

/** GB/s of one file of 1 GiB from the page cache, by curl, over loopback: by the store alone, by a portal's link, and by others. */
export function run(): Promise<BenchResult[]> {
  return onStage(async (stage) => {
    const portal = await startPortal(stage);
    const link = await publish(stage, portal);
    const root = join(portal.dataDir, 'store');
    const key = await storedKey(root);
    const nginx = `${await startNginx(stage, join(root, 'objects'))}/${key}`;
    const node = await startServer(stage, root);
    const growth: Growth = { store: 0, portal: 0 };
    const watched = (side: keyof Growth, pid: number, url: string) => async () => {
      const { result, growth: grown } = await watchMemory(pid, () => download(url));
      growth[side] = Math.max(growth[side], grown);
      return result;
    };
    const ways = {
      portal: watched('portal', portal.pid, link),
      store: watched('store', node.pid, `${node.url}/store/${key}`),
      nginx: () => download(nginx),
      pipe: () => download(`${node.url}/pipe/${key}`),
    };
    // A server's first download grows its memory most, so growth is watched here too.
    await inTurn(1, ways);
    const speeds = await inTurn(rounds, ways);
    const others = { nginx: median(speeds.nginx), pipe: median(speeds.pipe) };
    return [
      report('from the disk store', 'Paddock disk store', median(speeds.store), others, growth.store),
      report("through a portal's link", 'Paddock portal, GET /d/…', median(speeds.portal), others, growth.portal),
    ];
  });
}

/** Publishes a release that is open to all; gives the link to its file. */
async function publish(stage: Stage, portal: StagedPortal): Promise<string> {
  const directory = join(stage.folder, 'release');
  await mkdir(directory);
  await pipeline(Readable.from(zeros()), createWriteStream(join(directory, 'large.bin')));
  const publishDirectory = await preparePublishing(portal);
  await portal.admin.post(`/models/${benchModel}/terms`, { admission: 'open', license: 'sample-permissive' });
  await publishDirectory(directory, 'r1');
  const { artifacts } = await portal.admin.post<{ artifacts: { url: string }[] }>(`/models/${benchModel}/releases/r1/links`);
  return artifacts[0]!.url;
}

/** The key of the one large object, in a store that holds the demo's files too. */
async function storedKey(root: string): Promise<string> {
  const names = (await readdir(join(root, 'objects/artifacts'))).toSorted();
  // Ids begin with their time.
  return `artifacts/${names.at(-1)}`;
}

async function startServer(stage: Stage, root: string): Promise<{ url: string; pid: number }> {
  const child = stage.start(process.execPath, [join(import.meta.dirname, 'download-server.ts'), root], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout!, 'data')) as [Buffer];
  return { url: `http://127.0.0.1:${String(port).trim()}`, pid: child.pid ?? 0 };
}

/** GB/s by curl's own clock. */
async function download(url: string): Promise<number> {
  const { stdout } = await runToEnd('curl', ['-sf', '-o', '/dev/null', '-w', '%{size_download} %{time_total}', url]);
  const [bytes = 0, seconds = 0] = stdout.split(' ').map(Number);
  if (bytes !== size) throw new Error(`${url} gave ${bytes} bytes instead of ${size}`);
  return bytes / seconds / 1e9;
}

function report(way: string, label: string, value: number, { nginx, pipe }: { nginx: number; pipe: number }, growth: number): BenchResult {
  const against = [
    { label: 'nginx sendfile', value: nginx, unit: 'GB/s' },
    { label: 'createReadStream().pipe()', value: pipe, unit: 'GB/s' },
  ];
  return {
    name: `downloading 1 GiB ${way}`,
    ours: { label, value, unit: 'GB/s' },
    against,
    ratios: against.map((other) => ({ against: other.label, ratio: value / other.value })),
    bar: `at least ${bar.nginx} times nginx and ${bar.pipe} times pipe(), memory growing by less than ${bar.growth / mebibyte} MiB`,
    reached: value >= bar.nginx * nginx && value >= bar.pipe * pipe && growth < bar.growth,
    notes: [
      `medians of ${rounds} rounds, taken in turn`,
      `the server's memory grew by at most ${Math.round(growth / mebibyte)} MiB in a download`,
    ],
  };
}

async function* zeros(): AsyncIterable<Uint8Array> {
  for (let sent = 0; sent < size; sent += mebibyte) yield Buffer.alloc(mebibyte);
}

if (import.meta.main) print(await run());
