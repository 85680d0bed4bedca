import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { OciLayout } from '../support/oci-image.ts';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { startDockerRegistry } from './support/docker-registry.ts';
import { medianLatency } from './support/latency.ts';
import { processorSeconds } from './support/memory.ts';
import { startPortal } from '../stage/portal.ts';
import type { StagedPortal } from '../stage/portal.ts';
import { inTurn, median } from './support/rounds.ts';
import { onStage } from '../stage/stage.ts';
import type { Stage } from '../stage/stage.ts';

const mebibyte = 1024 * 1024;
/** One layer of a gibibyte, and as much in 64 of them. */
const images = { large: [1024], small: Array.from({ length: 64 }, () => 1) };
type Image = keyof typeof images;
const rounds = 5;
const manifestCount = 2000;
const bar = { pull: 0.95, manifest: 0.5, import: 0.8 };
const cli = resolve(import.meta.dirname, '../../apps/cli/bin/paddock.js');
const runToEnd = promisify(execFile);

interface Server {
  pid: number;
  host: string;
  /** For skopeo; nothing where everybody may. */
  credentials: string[];
}

/** By skopeo and by HTTP, from a portal that asks the gate and from a docker-registry that asks nobody; and imports. */
export function run(): Promise<BenchResult[]> {
  return onStage(async (stage) => {
    const portal = await startPortal(stage);
    await portal.admin.accept('demo-llama-assent');
    const token = await portal.admin.token(['publish', 'download']);
    const registry = await startDockerRegistry(stage);
    for (const image of Object.keys(images) as Image[]) {
      const layout = writeImage(stage, image);
      await importImage(portal, token, layout, `demo-lab/${image}`);
      await runToEnd('skopeo', ['copy', '--dest-tls-verify=false', `oci:${layout}`, `docker://${registry.host}/demo-lab/${image}:v1`]);
    }
    const ours: Server = { pid: portal.pid, host: new URL(portal.url).host, credentials: ['--src-creds', `bench:${token}`] };
    const theirs: Server = { ...registry, credentials: [] };
    return [
      await pulls(stage, 'large', ours, theirs),
      await pulls(stage, 'small', ours, theirs),
      await manifests(ours.host, token, theirs.host),
      await imports(stage, portal, token),
    ];
  });
}

function writeImage(stage: Stage, image: Image): string {
  const layout = new OciLayout(join(stage.folder, image));
  layout.list(layout.image(images[image].map((size) => randomBytes(size * mebibyte))));
  return layout.root;
}

async function importImage({ url }: StagedPortal, token: string, layout: string, name: string): Promise<void> {
  const env = { PATH: process.env['PATH'], PADDOCK_URL: url, PADDOCK_TOKEN: token };
  await runToEnd(process.execPath, [cli, 'runtime', 'import', layout, '--name', name, '--tag', 'v1', '--access', 'licensees'], { env });
}

async function pulls(stage: Stage, image: Image, ours: Server, theirs: Server): Promise<BenchResult> {
  const bytes = images[image].reduce((sum, size) => sum + size * mebibyte, 0);
  const used: Record<'ours' | 'theirs', number[]> = { ours: [], theirs: [] };
  const pull =
    (side: keyof typeof used, { pid, host, credentials }: Server) =>
    async () => {
      const to = memoryFolder(stage, side);
      const before = processorSeconds(pid);
      const speed = await speedOf(bytes, () =>
        runToEnd('skopeo', ['copy', '--src-tls-verify=false', ...credentials, `docker://${host}/demo-lab/${image}:v1`, `dir:${to}`]),
      );
      used[side].push(((processorSeconds(pid) - before) / bytes) * 1024 ** 3);
      await rm(to, { recursive: true });
      return speed;
    };
  const ways = { ours: pull('ours', ours), theirs: pull('theirs', theirs) };
  await inTurn(1, ways);
  const speeds = await inTurn(rounds, ways);
  const ratio = median(speeds.ours) / median(speeds.theirs);
  const what = image === 'large' ? 'one layer of 1 GiB' : '64 layers of 1 MiB';
  return {
    name: `pulling ${what} by skopeo`,
    ours: { label: 'Paddock, for licensees', value: median(speeds.ours), unit: 'GB/s' },
    against: [{ label: 'docker-registry, for everybody', value: median(speeds.theirs), unit: 'GB/s' }],
    ratios: [{ against: 'docker-registry, for everybody', ratio }],
    bar: `at least ${bar.pull} times docker-registry`,
    reached: ratio >= bar.pull,
    notes: [
      `medians of ${rounds} rounds, taken in turn; skopeo hashes what it pulls and keeps it in memory`,
      `server processor seconds for each GiB: ${median(used.ours).toFixed(2)} here, ${median(used.theirs).toFixed(2)} there (PostgreSQL not counted)`,
    ],
  };
}

async function manifests(ours: string, token: string, theirs: string): Promise<BenchResult> {
  const answer = await fetch(`http://${ours}/v2/token`, {
    headers: { authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` },
  });
  const authorization = `Bearer ${((await answer.json()) as { token: string }).token}`;
  const path = '/v2/demo-lab/small/manifests/v1';
  const accept = 'application/vnd.oci.image.manifest.v1+json';
  const ways = {
    ours: () => medianLatency(`http://${ours}${path}`, { accept, authorization }, manifestCount),
    theirs: () => medianLatency(`http://${theirs}${path}`, { accept }, manifestCount),
  };
  await inTurn(1, ways);
  const latencies = await inTurn(rounds, ways);
  const ratio = median(latencies.theirs) / median(latencies.ours);
  return {
    name: 'GET of a manifest of 64 layers by tag, p50',
    ours: { label: 'Paddock, by registry token and gate', value: median(latencies.ours), unit: 'ms' },
    against: [{ label: 'docker-registry, without authorisation', value: median(latencies.theirs), unit: 'ms' }],
    ratios: [{ against: 'docker-registry, without authorisation', ratio }],
    bar: `at least ${bar.manifest} times as fast as docker-registry`,
    reached: ratio >= bar.manifest,
    notes: [`medians of ${rounds} medians, each of ${manifestCount} requests over one connection`],
  };
}

/** Where a disk that others use too does not count. */
function memoryFolder(stage: Stage, side: string): string {
  const folder = join('/dev/shm', `${basename(stage.folder)}-${side}`);
  stage.undo(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Blobs are a publisher's, so that one whom no other import knows sends all of them. */
async function imports(stage: Stage, portal: StagedPortal, token: string): Promise<BenchResult> {
  const layout = join(stage.folder, 'large');
  const bytes = images.large.reduce((sum, size) => sum + size * mebibyte, 0);
  let publishers = 0;
  const used: number[] = [];
  const ways = {
    ours: async () => {
      const slug = `import-${(publishers += 1)}`;
      await portal.admin.post('/publishers', { slug, legalName: slug });
      const before = processorSeconds(portal.pid);
      const speed = await speedOf(bytes, () => importImage(portal, token, layout, `${slug}/runtime`));
      used.push(processorSeconds(portal.pid) - before);
      return speed;
    },
    theirs: async () => {
      const to = join(stage.folder, 'copied');
      const speed = await speedOf(bytes, () => runToEnd('skopeo', ['copy', `oci:${layout}`, `oci:${to}:v1`]));
      await rm(to, { recursive: true });
      return speed;
    },
  };
  await inTurn(1, ways);
  const speeds = await inTurn(rounds, ways);
  const ratio = median(speeds.ours) / median(speeds.theirs);
  return {
    name: 'importing a layer of 1 GiB from a layout',
    ours: { label: 'paddock runtime import', value: median(speeds.ours), unit: 'GB/s' },
    against: [{ label: 'skopeo copy between two layouts', value: median(speeds.theirs), unit: 'GB/s' }],
    ratios: [{ against: 'skopeo copy between two layouts', ratio }],
    bar: `at least ${bar.import} times skopeo copy`,
    reached: ratio >= bar.import,
    notes: [
      `medians of ${rounds} rounds, taken in turn; both ends of an import hash every byte, and what is acknowledged is on the disk`,
      `the server used ${median(used).toFixed(1)} processor seconds for each`,
    ],
  };
}

/** GB/s of the whole time, from its start to its exit. */
async function speedOf(bytes: number, work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return bytes / 1e6 / (performance.now() - begin);
}

if (import.meta.main) print(await run());
