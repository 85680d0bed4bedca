import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { processorSeconds } from './support/memory.ts';
import { inTurn, median } from './support/rounds.ts';
import { distribute } from './support/swarm.ts';
import { startPortal } from '../stage/portal.ts';
import { onStage } from '../stage/stage.ts';
import type { Stage } from '../stage/stage.ts';

const size = 256 * 1024 * 1024;
const clients = 4;
const rounds = 3;
/** Of the second result: what the server sends at most, in MB/s. */
const uplink = 25;
const bar = 2;

/** Seconds until the last of four clients has a file: as a swarm of libtorrent, and each for itself by a link with curl. */
export async function run(): Promise<BenchResult[]> {
  return [await onStage((stage) => onLoopback(stage)), await onStage((stage) => behindAnUplink(stage))];
}

async function onLoopback(stage: Stage): Promise<BenchResult> {
  const portal = await startPortal(stage, { env: { PADDOCK_SEEDER_MEGABYTES: '10000' } });
  const { swarm, links } = await distribute(stage, portal, size, clients);
  const used: Record<'swarm' | 'links', number[]> = { swarm: [], links: [] };
  const watched = (way: keyof typeof used, work: () => Promise<number>) => async () => {
    const before = processorSeconds(portal.pid);
    const seconds = await work();
    used[way].push(processorSeconds(portal.pid) - before);
    return seconds;
  };
  const seconds = await inTurn(rounds, { swarm: watched('swarm', () => swarm()), links: watched('links', () => links()) });
  return {
    ...report('with nothing between server and clients', seconds),
    bar: 'none was set: on one machine the link copies, and the swarm hashes on the same cores what each client sends on',
    reached: true,
    notes: [
      `medians of ${rounds} rounds, taken in turn, from the start of the clients to the last one's last byte; libtorrent verifies (v1 and v2), curl does not`,
      `the server used ${median(used.swarm).toFixed(1)} processor seconds for the swarm and ${median(used.links).toFixed(1)} for the links`,
      'the .torrent as it is handed out: tracker, seeder and webseed',
    ],
  };
}

async function behindAnUplink(stage: Stage): Promise<BenchResult> {
  const portal = await startPortal(stage, { env: { PADDOCK_SEEDER_MEGABYTES: String(uplink) } });
  const { swarm, links } = await distribute(stage, portal, size, clients);
  const limit = ['--limit-rate', String((uplink * 1e6) / clients)];
  const result = report(
    `from a server that sends ${uplink} MB/s`,
    await inTurn(rounds, { swarm: () => swarm('no-webseed'), links: () => links(...limit) }),
  );
  return {
    ...result,
    bar: `at least ${bar} times as fast as links`,
    reached: result.ratios[0]!.ratio >= bar,
    notes: [
      `medians of ${rounds} rounds, taken in turn; the seeder is set to ${uplink} MB/s for all, each curl to a quarter of that, as a full uplink would share itself`,
      'seeder alone, no webseed; clients reach each other at the speed of loopback',
    ],
  };
}

function report(where: string, seconds: Record<'swarm' | 'links', number[]>) {
  const [swarm, links] = [median(seconds.swarm), median(seconds.links)];
  const label = `${clients} times curl, each by its own link`;
  return {
    name: `${size / 1024 ** 2} MiB to ${clients} clients ${where}`,
    ours: { label: 'a swarm of libtorrent', value: swarm, unit: 's' },
    against: [{ label, value: links, unit: 's' }],
    ratios: [{ against: label, ratio: links / swarm }],
  };
}

if (import.meta.main) print(await run());
