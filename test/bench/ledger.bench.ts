import { hashLeaf, inclusionProof, rootFromInclusionProof, tileReader, treeRoot } from '@paddock/ledger';
import { diskStore } from '@paddock/storage';
import 'reflect-metadata';
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { IntegratorParameters, Published } from './ledger-integrator.ts';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { ofServer, startPostgres } from './support/postgres.ts';
import { inTurn, median } from './support/rounds.ts';
import { end, onStage } from '../stage/stage.ts';
import type { Stage } from '../stage/stage.ts';
import { writeTiledTree } from './support/tiled-tree.ts';

const bar = { chain: 5, plain: 0.5, p99: 1000, tiles: 6 };
const rounds = 5;
const seconds = 3;
const writers = 64;
const leaves = 10_000_000n;
const proofs = 200;

const chain = `
  CREATE TABLE chain_head (hash bytea NOT NULL);
  INSERT INTO chain_head VALUES ('');
  CREATE TABLE chain_entry (id uuid PRIMARY KEY, entry bytea NOT NULL, hash bytea NOT NULL);
  CREATE TABLE plain_entry (id uuid PRIMARY KEY, kind text NOT NULL, subject_id uuid NOT NULL, entry bytea NOT NULL, created_at timestamptz NOT NULL, salt bytea NOT NULL);
  GRANT ALL ON chain_head, chain_entry, plain_entry TO paddock_server;`;
/** One round trip, and the head is locked no longer than until its commit: the fastest a chain can be. */
const chainAppend = `
  WITH head AS (SELECT hash FROM chain_head FOR UPDATE), next AS (SELECT sha256(hash || $2) AS hash FROM head),
       moved AS (UPDATE chain_head SET hash = (SELECT hash FROM next))
  INSERT INTO chain_entry (id, entry, hash) SELECT $1, $2, hash FROM next`;
const plainInsert = 'INSERT INTO plain_entry (id, kind, subject_id, entry, created_at, salt) VALUES ($1, $2, $3, $4, $5, $6)';

/** Appends by writers at once, each its own commit, while the log is integrated; and proofs from a large log. */
export function run(): Promise<BenchResult[]> {
  return onStage(async (stage) => [...(await appends(stage)), await proofFromLargeTree(stage)]);
}

async function appends(stage: Stage): Promise<BenchResult[]> {
  const { ownerUrl, serverUrl } = await startPostgres(stage);
  const { connectionOptions } = await ofServer<typeof import('../../apps/server/src/database/connection.js')>('database/connection.js');
  const { LedgerService } = await ofServer<typeof import('../../apps/server/src/ledger/ledger.service.js')>('ledger/ledger.service.js');
  const { prepared } = await ofServer<typeof import('../../apps/server/src/database/prepared.js')>('database/prepared.js');
  const owner = await new DataSource(connectionOptions(ownerUrl, 1)).initialize();
  await owner.query(chain);
  await owner.destroy();
  const database = await new DataSource(connectionOptions(serverUrl, writers)).initialize();
  stage.undo(() => database.destroy());
  const published = await integrator(stage, { serverUrl, folder: join(stage.folder, 'log') });
  const ledger = new LedgerService();
  const acknowledged: { subject: string; at: number }[] = [];
  const entry = randomBytes(180);

  const ways = {
    ledger: () =>
      rateOf(async () => {
        const subject = uuidv7();
        await ledger.append(database.manager, 'acceptance', subject, new Date(), { typedName: 'Ada Lovelace', agreement: subject });
        acknowledged.push({ subject, at: Date.now() });
      }),
    chain: () => rateOf(() => prepared(database, 'chain', chainAppend, [uuidv7(), entry])),
    plain: () =>
      rateOf(() => prepared(database, 'plain', plainInsert, [uuidv7(), 'acceptance', uuidv7(), entry, new Date(), entry.subarray(0, 16)])),
  };
  await inTurn(1, ways);
  acknowledged.length = 0;
  const rates = await inTurn(rounds, ways);
  const delays = await delaysOf(database, acknowledged, published);
  return [report(median(rates.ledger), median(rates.chain), median(rates.plain), delays.length), reportDelay(delays)];
}

async function integrator(stage: Stage, parameters: IntegratorParameters): Promise<Published[]> {
  const child = fork(join(import.meta.dirname, 'ledger-integrator.ts'));
  stage.undo(() => end(child, 'SIGKILL'));
  const published: Published[] = [];
  child.on('message', (one: Published) => published.push(one));
  child.send(parameters);
  await once(child, 'message');
  return published;
}

/** Commits a second, all writers together. */
async function rateOf(append: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  let count = 0;
  const writer = async () => {
    while (performance.now() - begin < seconds * 1000) {
      await append();
      count++;
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return (count * 1000) / (performance.now() - begin);
}

/** Of each acknowledged entry, in milliseconds until the published log held it. */
async function delaysOf(database: DataSource, acknowledged: { subject: string; at: number }[], published: Published[]): Promise<number[]> {
  const [total] = await database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM ledger_entry');
  const deadline = Date.now() + 60_000;
  while (published.at(-1)!.size < total!.n && Date.now() < deadline) await new Promise((done) => setTimeout(done, 50));
  const rows = await database.query<{ subject_id: string; index: string }[]>(
    'SELECT e.subject_id, i.index FROM ledger_entry e JOIN entry_index i ON i.entry_id = e.id',
  );
  const indexes = new Map(rows.map(({ subject_id, index }) => [subject_id, Number(index)]));
  const steps = published.filter(({ size }, n) => size !== published[n - 1]?.size);
  return acknowledged.map(({ subject, at }) => {
    const index = indexes.get(subject);
    const step = index === undefined ? undefined : steps.find(({ size }) => size > index);
    return step ? step.at - at : Number.POSITIVE_INFINITY;
  });
}

function report(ours: number, chained: number, plain: number, entries: number): BenchResult {
  const [chainRatio, plainRatio] = [ours / chained, ours / plain];
  return {
    name: `durable appends to the ledger by ${writers} writers`,
    ours: { label: 'ledger entry with its salt', value: ours, unit: 'commits/s' },
    against: [
      { label: 'hash chain under a head lock', value: chained, unit: 'commits/s' },
      { label: 'plain insert of one row', value: plain, unit: 'commits/s' },
    ],
    ratios: [
      { against: 'hash chain under a head lock', ratio: chainRatio },
      { against: 'plain insert of one row', ratio: plainRatio },
    ],
    bar: `at least ${bar.chain} times the chain and ${bar.plain} times plain inserts, one entry a commit each`,
    reached: chainRatio >= bar.chain && plainRatio >= bar.plain,
    notes: [
      `${entries.toLocaleString('en-US')} entries measured, which another process integrated, signed and published meanwhile`,
      'every append is one statement and one synced commit; the chain is hashed within PostgreSQL, in the same round trip',
      `medians of ${rounds} rounds of ${seconds} s, taken in turn; writers, integrator and PostgreSQL share the machine`,
    ],
  };
}

function reportDelay(delays: number[]): BenchResult {
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return {
    name: `from commit to the published ledger under ${writers} writers`,
    ours: { label: 'p99', value: at(0.99), unit: 'ms' },
    against: [],
    ratios: [],
    bar: `99 % within ${bar.p99} ms`,
    reached: at(0.99) <= bar.p99,
    notes: [
      `p50 ${Math.round(at(0.5))} ms, largest ${Math.round(sorted.at(-1)!)} ms; until index, tiles and signed checkpoint are on the disk`,
      'measured during the appends above, while other sides ran in between',
    ],
  };
}

async function proofFromLargeTree(stage: Stage): Promise<BenchResult> {
  const folder = join(stage.folder, 'large');
  const { entry } = writeTiledTree(join(folder, 'objects/ledger'), leaves);
  const { TileStore } = await ofServer<typeof import('../../apps/server/src/ledger/log/tile-store.js')>('ledger/log/tile-store.js');
  const store = new TileStore(diskStore({ root: folder }));
  const reads: number[] = [];
  const reader = (count: () => void) =>
    tileReader(leaves, async (tile) => {
      count();
      return (await store.read(tile))!;
    });
  const root = Buffer.from(
    await treeRoot(
      leaves,
      reader(() => undefined),
    ),
  );
  const times: number[] = [];
  for (let n = 0; n < proofs; n++) {
    const index = (leaves * BigInt(n)) / BigInt(proofs - 1) - (n === proofs - 1 ? 1n : 0n);
    let read = 0;
    const begin = performance.now();
    const proof = await inclusionProof(
      index,
      leaves,
      reader(() => read++),
    );
    times.push(performance.now() - begin);
    reads.push(read);
    if (!root.equals(rootFromInclusionProof(index, leaves, hashLeaf(entry), proof))) throw new Error(`the proof of leaf ${index} is wrong`);
  }
  const most = Math.max(...reads);
  return {
    name: `inclusion proof from a ledger of ${leaves.toLocaleString('en-US')} entries`,
    ours: { label: 'tiles read at most', value: most, unit: 'tiles' },
    against: [],
    ratios: [],
    bar: `at most ${bar.tiles} tiles`,
    reached: most <= bar.tiles,
    notes: [`${proofs} proofs from first to last entry, each verified; ${median(times).toFixed(1)} ms in the median, tiles on disk`],
  };
}

if (import.meta.main) print(await run());
