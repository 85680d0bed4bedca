import { HASH_CLASS, peerAddress, Swarm } from '@paddock/delivery';
import { execFile, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { startPortal } from '../stage/portal.ts';
import { newLicensee, torrentOf } from './support/licensees.ts';
import { inTurn, median } from './support/rounds.ts';
import { onStage } from '../stage/stage.ts';
import type { Stage } from '../stage/stage.ts';

const runToEnd = promisify(execFile);
const bars = { npm: 3, opentracker: 1.2, bytes: 200 };
const rounds = 5;
const seconds = 3;
const connections = 32;
const peers = 2000;
const licensees = 16;
const memoryPeers = 1_000_000;
const peersPerPasskey = 10;

/** Announces a second with the gate on, against two trackers that have none; then the memory of a million peers. */
export function run(): Promise<BenchResult[]> {
  return onStage(async (stage) => {
    const portal = await announcesAt(stage);
    const npm = await npmTracker(stage);
    const opentracker = await openTracker(stage);
    const ways = {
      portal: () => rate(portal.origin, portal.paths),
      npm: () => rate(npm.origin, npm.paths),
      opentracker: () => rate(opentracker.origin, opentracker.paths),
    };
    await inTurn(1, ways);
    const rates = await inTurn(rounds, ways);
    return [report(median(rates.portal), median(rates.npm), median(rates.opentracker)), memory()];
  });
}

interface Tracker {
  origin: string;
  /** A file of announce paths. */
  paths: string;
}

async function announcesAt(stage: Stage): Promise<Tracker> {
  const { url, admin } = await startPortal(stage, { env: { PADDOCK_LOG_LEVEL: 'warn', PADDOCK_SEEDER: 'false' } });
  await admin.post('/models', { publisher: 'demo-lab', slug: 'tracked', title: 'Tracked' });
  await admin.post('/models/tracked/terms', { admission: 'assent', license: 'sample-community' });
  await admin.post('/models/tracked/releases', { name: 'r1' });
  await admin.upload('/models/tracked/releases/r1', 'weights.bin', new Uint8Array(300_000));
  await admin.post('/models/tracked/releases/r1/publish');
  const paths: string[] = [];
  for (let one = 0; one < licensees; one += 1) paths.push(await announcePath(url, one));
  return { origin: url, paths: await pathsFile(stage, 'portal', paths) };
}

async function announcePath(url: string, number: number): Promise<string> {
  const { person, grant } = await newLicensee(url, 'tracked', number);
  const bytes = await torrentOf(person, grant);
  const passkey = /\/announce\/([\w-]{32})/.exec(bytes.toString('latin1'))![1]!;
  const info = bytes.subarray(bytes.indexOf('4:info') + 6, bytes.lastIndexOf('12:piece layers'));
  return `/announce/${passkey}?info_hash=${encoded(createHash('sha1').update(info).digest('hex'))}`;
}

async function npmTracker(stage: Stage): Promise<Tracker> {
  const child = stage.start(process.execPath, [join(import.meta.dirname, 'npm-tracker.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await said(child, /port (\d+)/);
  return { origin: `http://127.0.0.1:${port}`, paths: await pathsFile(stage, 'npm', [`/announce?info_hash=${encoded('ab'.repeat(20))}`]) };
}

async function openTracker(stage: Stage): Promise<Tracker> {
  const port = await freePort();
  await writeFile(join(stage.folder, 'whitelist'), `${'ab'.repeat(20)}\n`);
  // It gives its rights up and looks for the list in the folder that it shuts itself into.
  await chmod(stage.folder, 0o755);
  stage.start('opentracker', ['-i', '127.0.0.1', '-p', String(port), '-w', 'whitelist', '-d', stage.folder], { stdio: 'ignore' });
  const tracker = {
    origin: `http://127.0.0.1:${port}`,
    paths: await pathsFile(stage, 'open', [`/announce?info_hash=${encoded('ab'.repeat(20))}`]),
  };
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(
      `${tracker.origin}/announce?info_hash=${encoded('ab'.repeat(20))}&port=2&left=1&compact=1&peer_id=${'a'.repeat(20)}`,
    ).catch(() => undefined);
    if ((await answer?.text())?.includes('5:peers')) return tracker;
    if (tries > 50) throw new Error('opentracker does not answer');
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function pathsFile(stage: Stage, name: string, paths: string[]): Promise<string> {
  const file = join(stage.folder, `${name}.paths`);
  await writeFile(file, `${paths.join('\n')}\n`);
  return file;
}

async function rate(origin: string, paths: string): Promise<number> {
  const script = join(import.meta.dirname, 'announces.lua');
  const { stdout } = await runToEnd('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, origin], {
    env: { PATH: process.env['PATH'], ANNOUNCE_PATHS: paths, PEERS: String(peers) },
  });
  if (/Non-2xx/.test(stdout)) throw new Error(stdout);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)![1]);
}

/** Of the swarm's tables, address book left aside: what one more peer costs. */
function memory(): BenchResult {
  const swarm = new Swarm(Math.random);
  globalThis.gc?.();
  const before = process.memoryUsage();
  for (let peer = 0; peer < memoryPeers; peer += 1) {
    const address = peerAddress(`10.${(peer >> 16) & 255}.${(peer >> 8) & 255}.${peer & 255}`);
    const announce = { infoHash: '', port: 6881, uploaded: 0, downloaded: 0, left: 1, event: '' as const, numwant: 0 };
    swarm.announce({ address, announce, hashClass: HASH_CLASS.v1, owner: Math.floor(peer / peersPerPasskey), now: 1, minInterval: 1 });
  }
  globalThis.gc?.();
  const after = process.memoryUsage();
  const bytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / memoryPeers;
  return {
    name: 'memory of a swarm of a million peers',
    ours: { label: 'Paddock', value: Math.round(bytes), unit: 'bytes a peer' },
    against: [{ label: 'the bar', value: bars.bytes, unit: 'bytes a peer' }],
    ratios: [{ against: 'the bar', ratio: bars.bytes / bytes }],
    bar: `at most ${bars.bytes} bytes a peer`,
    reached: bytes <= bars.bytes,
    notes: [
      'heap and array buffers of the swarm after a million announces; passkeys, of which each peer holds a number, are kept beside it',
    ],
  };
}

function report(portal: number, npm: number, opentracker: number): BenchResult {
  return {
    name: 'announces by HTTP, with the gate on',
    ours: { label: 'Paddock', value: Math.round(portal), unit: 'announces/s' },
    against: [
      { label: 'bittorrent-tracker (npm)', value: Math.round(npm), unit: 'announces/s' },
      { label: 'opentracker (Debian)', value: Math.round(opentracker), unit: 'announces/s' },
    ],
    ratios: [
      { against: 'bittorrent-tracker (npm)', ratio: portal / npm },
      { against: 'opentracker (Debian)', ratio: portal / opentracker },
    ],
    bar: `at least ${bars.npm} times bittorrent-tracker and ${bars.opentracker} times opentracker`,
    reached: portal / npm >= bars.npm && portal / opentracker >= bars.opentracker,
    notes: [
      `wrk with ${connections} connections, ${peers} peers of one swarm, 50 peers asked for; medians of ${rounds} rounds of ${seconds} s, taken in turn`,
      `the portal judged ${licensees} passkeys at every announce, and read the facts of each again after 0.9 s; the others ask nobody`,
      'opentracker closes each connection after its answer',
    ],
  };
}

async function said(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout!) {
    text += String(chunk);
    const found = pattern.exec(text)?.[1];
    if (found) return found;
  }
  throw new Error('the tracker did not start');
}

function encoded(hex: string): string {
  return hex.replaceAll(/../g, '%$&');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

if (import.meta.main) print(await run());
