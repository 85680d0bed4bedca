import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { policyPage } from '../support/changing-page.ts';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { residentBytes } from './support/memory.ts';
import { startPortal } from '../stage/portal.ts';
import { ofServer, startPostgres } from './support/postgres.ts';
import { inTurn, median } from './support/rounds.ts';
import { onStage } from '../stage/stage.ts';
import type { Stage } from '../stage/stage.ts';

const bar = { timegate: 0.5, growthMiB: 64 };
const policies = 100;
const snapshotsOfPolicy = 1000;
const rounds = 9;
const readsOfRound = 4000;
const atOnce = 32;
const poolSize = 20;
const sources = 1000;
const concurrency = 4;
const mebi = 1024 ** 2;

type TimeGates = typeof import('../../apps/server/src/policies/memento/timegate.service.js');
type Prepared = typeof import('../../apps/server/src/database/prepared.js');
type Connection = typeof import('../../apps/server/src/database/connection.js');

/** One document and one capture stand behind all: what is read is their dates. */
const SEED = `
  INSERT INTO publisher (id, slug, legal_name) VALUES (gen_random_uuid(), 'bench-lab', 'Bench Lab');
  INSERT INTO document (sha256, media_type, bytes) VALUES (repeat('a', 64), 'text/plain', 'a');
  INSERT INTO policy (id, publisher_id, slug, title) SELECT gen_random_uuid(), p.id, 'policy-' || n, 'Policy' FROM publisher p, generate_series(1, ${policies}) n;
  INSERT INTO capture (id, policy_id, captured_at, outcome) SELECT gen_random_uuid(), id, now(), 'changed' FROM policy;
  INSERT INTO snapshot (id, policy_id, capture_id, captured_at, raw_sha256, effective_from)
    SELECT gen_random_uuid(), c.policy_id, c.id, at, repeat('a', 64), at FROM capture c, generate_series(1, ${snapshotsOfPolicy}) n, LATERAL (SELECT now() - n * interval '6 hours' AS at) moment;
  ANALYZE snapshot; ANALYZE policy`;

/** What was in force at a moment, each time another, against reading one snapshot by its key. */
async function timegate(stage: Stage): Promise<BenchResult> {
  const { ownerUrl, serverUrl } = await startPostgres(stage);
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(SEED);
  const { rows } = await client.query<{ id: string }>('SELECT id FROM snapshot ORDER BY random() LIMIT 5000');
  await client.end();
  const { TimeGate } = await ofServer<TimeGates>('policies/memento/timegate.service.js');
  const { prepared } = await ofServer<Prepared>('database/prepared.js');
  const { connectionOptions } = await ofServer<Connection>('database/connection.js');
  const database = await new DataSource(connectionOptions(serverUrl, poolSize)).initialize();
  stage.undo(() => database.destroy());
  const gate = new TimeGate(database, { publicUrl: 'https://lab.example' } as never);
  const began = Date.now();
  const ways = {
    gate: rateOf((turn) =>
      gate.select(`policy-${1 + (turn % policies)}`, new Date(began - ((turn * 7919) % (snapshotsOfPolicy * 6)) * 3_600_000)),
    ),
    row: rateOf((turn) => prepared(database, 'one-row', 'SELECT * FROM snapshot WHERE id = $1', [rows[turn % rows.length]!.id])),
  };
  await inTurn(2, ways);
  const rates = await inTurn(rounds, ways);
  const [ours, theirs] = [median(rates.gate), median(rates.row)];
  return {
    name: `what was in force at a moment, of ${(policies * snapshotsOfPolicy).toLocaleString('en-US')} snapshots`,
    ours: { label: 'TimeGate', value: ours, unit: 'answers/s' },
    against: [{ label: 'one snapshot by its primary key', value: theirs, unit: 'rows/s' }],
    ratios: [{ against: 'one snapshot by its primary key', ratio: ours / theirs }],
    bar: `at least ${bar.timegate} of a primary-key read`,
    reached: ours / theirs >= bar.timegate,
    notes: [
      `${policies} policies of ${snapshotsOfPolicy} snapshots; each answer names the memento, the first and the last, with all links of RFC 7089`,
      `${atOnce} at once over ${poolSize} connections; medians of ${rounds} rounds of ${readsOfRound}, taken in turn`,
    ],
  };
}

function rateOf(one: (turn: number) => Promise<unknown>): (round: number) => Promise<number> {
  return async (round) => {
    const begin = performance.now();
    let turn = round * readsOfRound;
    const end = turn + readsOfRound;
    const lane = async () => {
      while (turn < end) await one(turn++);
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
    return (readsOfRound * 1000) / (performance.now() - begin);
  };
}

/** Two nights over a thousand sources: all are new in the first, none has changed in the second. */
async function nights(stage: Stage): Promise<BenchResult> {
  const site = await startSite(stage);
  const { ownerUrl, serverUrl } = await startPostgres(stage);
  const env = {
    PADDOCK_DATABASE_URL: serverUrl,
    PADDOCK_DATABASE_OWNER_URL: ownerUrl,
    PADDOCK_CAPTURE_ALLOW_LOOPBACK: 'true',
    PADDOCK_CAPTURE_CONCURRENCY: String(concurrency),
    PADDOCK_CHROMIUM: 'none',
  };
  const portal = await startPortal(stage, { env });
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  stage.undo(() => client.end());
  for (let n = 0; n < sources; n++)
    await portal.admin.post('/policies', {
      slug: `source-${n}-${randomUUID()}`,
      title: 'Source',
      sourceUrl: `${site.url}/${n}`,
      schedule: 'manual',
    });
  const night = async () => {
    site.most = 0;
    await client.query(`UPDATE policy SET schedule = 'daily', next_capture_at = now() WHERE source_url IS NOT NULL`);
    const begin = performance.now();
    let highest = 0;
    let [left] = [sources];
    while (left > 0) {
      await setTimeout(50);
      highest = Math.max(highest, residentBytes(portal.pid));
      const { rows } = await client.query<{ left: number }>(
        `SELECT count(*)::int AS left FROM policy WHERE source_url IS NOT NULL AND next_capture_at < now() + interval '1 hour'`,
      );
      left = rows[0]!.left;
    }
    return { rate: (sources * 1000) / (performance.now() - begin), highest, most: site.most };
  };
  const first = await night();
  const second = await night();
  const third = await night();
  const growth = (third.highest - second.highest) / mebi;
  return {
    name: `a nightly run over ${sources.toLocaleString('en-US')} policies on a local server`,
    ours: { label: 'growth of the portal’s memory from the second night to the third', value: growth, unit: 'MiB' },
    against: [],
    ratios: [],
    bar: `never more than PADDOCK_CAPTURE_CONCURRENCY sources at a time, and memory that stays flat (within ${bar.growthMiB} MiB)`,
    reached: Math.max(first.most, second.most, third.most) <= concurrency && growth <= bar.growthMiB,
    notes: [
      `at most ${Math.max(first.most, second.most, third.most)} sources at a time, with a setting of ${concurrency}`,
      `highest resident memory of each night: ${[first, second, third].map(({ highest }) => `${Math.round(highest / mebi)} MiB`).join(', ')}`,
      `${first.rate.toFixed(0)} captures a second in the first night, in which each makes a snapshot with a typeset PDF; ${second.rate.toFixed(0)} and ${third.rate.toFixed(0)} in those in which nothing has changed`,
    ],
  };
}

/** Counts how many are asking at a time. */
async function startSite(stage: Stage): Promise<{ url: string; most: number }> {
  const site = { url: '', most: 0 };
  let now = 0;
  const server = createServer(async (request, response) => {
    site.most = Math.max(site.most, (now += 1));
    await setTimeout(5);
    now -= 1;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(policyPage({ clauseSeven: `clause 7 of ${request.url}` }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stage.undo(() => server.close());
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return site;
}

if (import.meta.main) print([await onStage(timegate), await onStage(nights)]);
