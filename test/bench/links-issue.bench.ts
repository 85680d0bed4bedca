import autocannon from 'autocannon';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { IssueParameters, LoopRun } from './links-issue-loop.ts';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { startPortal } from '../stage/portal.ts';
import type { StagedPortal } from '../stage/portal.ts';
import { startPostgres } from './support/postgres.ts';
import { inTurn, median } from './support/rounds.ts';
import { end, onStage } from '../stage/stage.ts';

const bar = { ratio: 0.5, p99: 50 };
const rounds = 7;
const seconds = 3;
const connections = 32;
const files = 16;
const release = 'r1';
const model = 'bench-model';

interface Latency {
  p50: number;
  p99: number;
}

interface Latencies {
  portal: Latency[];
  loop: Latency[];
}

/** Link manifests a second by the whole portal, against a bare loop over the very same statements. */
export function run(): Promise<BenchResult> {
  return onStage(async (stage) => {
    const { ownerUrl, serverUrl } = await startPostgres(stage);
    const node = process.env['BENCH_PORTAL_NODE_ARGS']?.split(' ') ?? [];
    const portal = await startPortal(stage, { node, env: { PADDOCK_DATABASE_URL: serverUrl, PADDOCK_DATABASE_OWNER_URL: ownerUrl } });
    await publishRelease(portal);
    const grant = await portal.admin.accept(model);
    const token = await portal.admin.token(['download']);
    const loop = fork(join(import.meta.dirname, 'links-issue-loop.ts'));
    stage.undo(() => end(loop, 'SIGKILL'));
    loop.send({ serverUrl, token, grant, release, connections } satisfies IssueParameters);
    await once(loop, 'message');

    const latencies: Latencies = { portal: [], loop: [] };
    const ways = {
      portal: () => issueByPortal(portal.url, grant, token, latencies.portal),
      loop: () => issueByLoop(loop, latencies.loop),
    };
    await inTurn(1, ways);
    for (const side of Object.values(latencies)) side.length = 0;
    const rates = await inTurn(rounds, ways);
    return report(median(rates.portal), median(rates.loop), latencies);
  });
}

async function publishRelease({ admin }: StagedPortal): Promise<void> {
  await admin.post('/publishers', { slug: 'bench-lab', legalName: 'Bench Lab' });
  await admin.post('/models', { publisher: 'bench-lab', slug: model, title: 'Bench' });
  await admin.post(`/models/${model}/terms`, { admission: 'assent', license: 'sample-community' });
  await admin.post(`/models/${model}/releases`, { name: release });
  const address = `/models/${model}/releases/${release}`;
  for (let file = 1; file <= files; file++) await admin.upload(address, `model-${file}-of-${files}.bin`, Buffer.alloc(1000, file));
  await admin.post(`${address}/publish`);
}

async function issueByPortal(portal: string, grant: string, token: string, latencies: Latency[]): Promise<number> {
  const result = await autocannon({
    url: `${portal}/api/v1/grants/${grant}/links`,
    method: 'POST',
    connections,
    duration: seconds,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ release }),
  });
  if (result.errors > 0 || result['2xx'] === 0 || result.non2xx > 0) throw new Error(`the portal refused: ${JSON.stringify(result)}`);
  latencies.push(result.latency);
  return result['2xx'] / result.duration;
}

async function issueByLoop(loop: ChildProcess, latencies: Latency[]): Promise<number> {
  loop.send(seconds);
  const [run] = (await once(loop, 'message')) as [LoopRun];
  latencies.push(run);
  return run.rate;
}

function medianOf(rounds: Latency[]): Latency {
  return { p50: median(rounds.map(({ p50 }) => p50)), p99: median(rounds.map(({ p99 }) => p99)) };
}

function report(portal: number, loop: number, latencies: Latencies): BenchResult {
  const { p50, p99 } = medianOf(latencies.portal);
  const bare = medianOf(latencies.loop);
  const ratio = portal / loop;
  return {
    name: `issuing the links of a release of ${files} files`,
    ours: { label: 'POST /api/v1/grants/{id}/links', value: portal, unit: 'manifests/s' },
    against: [{ label: 'bare pg loop, the same statements', value: loop, unit: 'rounds/s' }],
    ratios: [{ against: 'bare pg loop, the same statements', ratio }],
    bar: `at least ${bar.ratio} times the bare loop, and 99 % answered within ${bar.p99} ms`,
    reached: ratio >= bar.ratio && p99 <= bar.p99,
    notes: [
      `p50 ${p50} ms, p99 ${p99} ms with ${connections} connections; p50 ${bare.p50} ms, p99 ${bare.p99} ms in the bare loop, which runs ${connections} rounds at once`,
      'both through a pool of 20 to one PostgreSQL; each issue is a synced commit of link and event',
      `medians of ${rounds} rounds of ${seconds} s, taken in turn; the load generator shares the machine with portal and PostgreSQL`,
    ],
  };
}

if (import.meta.main) print(await run());
