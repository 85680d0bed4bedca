import { CHANNELS, effectiveAccess } from '@paddock/domain';
import type { Channel } from '@paddock/domain';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { amounts, seedLicensedRows } from './support/licensed-rows.ts';
import { ofServer, startPostgres } from './support/postgres.ts';
import { inTurn, median } from './support/rounds.ts';
import { onStage } from '../stage/stage.ts';
import { shuffledFacts } from './support/varied-facts.ts';

const bar = { decisions: 5e6, ratio: 0.5 };
const pureRounds = 7;
const rounds = 9;
const readsOfRound = 8_000;
const atOnce = 32;
/** What PADDOCK_DATABASE_POOL is by default. */
const poolSize = 20;

type Facts = typeof import('../../apps/server/src/grants/access-facts.js');
type Prepared = typeof import('../../apps/server/src/database/prepared.js');
type Connection = typeof import('../../apps/server/src/database/connection.js');

/** Decisions a second of the pure gate over facts of every kind, in an order that no branch predictor knows. */
async function decide(): Promise<BenchResult> {
  const now = Date.now();
  const facts = shuffledFacts(100_000, now);
  const channels: Channel[] = facts.map((_, index) => CHANNELS[index % CHANNELS.length]!);
  let allowed = 0;
  const decideAll = () => {
    allowed = 0;
    for (let index = 0; index < facts.length; index++) if (effectiveAccess(facts[index]!, channels[index]!, now).allowed) allowed++;
  };
  const rate = async () => {
    const begin = performance.now();
    for (let pass = 0; pass < 10; pass++) decideAll();
    return (10 * facts.length * 1000) / (performance.now() - begin);
  };
  await rate();
  const value = median((await inTurn(pureRounds, { rate })).rate);
  return {
    name: 'deciding effective access from facts at hand',
    ours: { label: 'effectiveAccess()', value, unit: 'decisions/s' },
    against: [],
    ratios: [],
    bar: `at least ${bar.decisions / 1e6} million decisions a second on one thread`,
    reached: value >= bar.decisions,
    notes: [
      `${facts.length} different facts, shuffled; ${Math.round((allowed / facts.length) * 100)} % are allowed`,
      `median of ${pureRounds} rounds`,
    ],
  };
}

/** Gathering the facts of a link's file and deciding, as each download request does, against reading one row by its key. */
function gather(): Promise<BenchResult> {
  return onStage(async (stage) => {
    const { ownerUrl, serverUrl } = await startPostgres(stage);
    const { links } = await seedLicensedRows(ownerUrl);
    const { connectionOptions } = await ofServer<Connection>('database/connection.js');
    const { gatherForLink } = await ofServer<Facts>('grants/access-facts.js');
    const { prepared } = await ofServer<Prepared>('database/prepared.js');
    const database = await new DataSource(connectionOptions(serverUrl, poolSize)).initialize();
    stage.undo(() => database.destroy());
    await connectAll((database.driver as unknown as { master: Pool }).master);
    const facts = rateOf(async (turn) => {
      const gathered = await gatherForLink(database, links[turn % links.length]!, `model-${1 + (turn % amounts.artifacts)}.safetensors`);
      if (!gathered) throw new Error('a link was not found');
      effectiveAccess(gathered.facts, 'link', gathered.now);
    });
    const row = rateOf(async (turn) => {
      const [found] = await prepared(database, 'one-row', 'SELECT * FROM link WHERE id = $1', [links[turn % links.length]!]);
      if (!found) throw new Error('a link was not found');
    });
    await inTurn(2, { facts, row });
    const rates = await inTurn(rounds, { facts, row });
    return report(median(rates.facts), median(rates.row));
  });
}

function report(facts: number, row: number): BenchResult {
  return {
    name: 'gathering the facts of a link from PostgreSQL and deciding',
    ours: { label: 'facts and decision', value: facts, unit: 'requests/s' },
    against: [{ label: 'one row by primary key', value: row, unit: 'requests/s' }],
    ratios: [{ against: 'one row by primary key', ratio: facts / row }],
    bar: `at least ${bar.ratio} times as many as prepared reads of one row of the same table, through the same pool`,
    reached: facts / row >= bar.ratio,
    notes: [
      `${amounts.grants} grants with links, ${amounts.licenses} licenses of ${amounts.versions} versions, ${amounts.models * amounts.releases * amounts.artifacts} artifacts; a pool of ${poolSize} and ${atOnce} requests at once on both sides`,
      'the server asks for the facts of requests that come together by one statement of up to 16; the row is read by one statement a request',
      `medians of ${rounds} rounds of ${readsOfRound}, taken in turn; client and PostgreSQL share the machine`,
    ],
  };
}

/** Runs a round and gives its rate. */
function rateOf(one: (turn: number) => Promise<void>): () => Promise<number> {
  return async () => {
    let turn = 0;
    const begin = performance.now();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (turn < readsOfRound) await one(turn++);
      }),
    );
    return (readsOfRound * 1000) / (performance.now() - begin);
  };
}

async function connectAll(pool: Pool): Promise<void> {
  const clients = await Promise.all(Array.from({ length: poolSize }, () => pool.connect()));
  for (const client of clients) client.release();
}

if (import.meta.main) print([await decide(), await gather()]);
