import { ListAccessRequests } from '@paddock/contracts';
import { Agent, request } from 'node:http';
import { Client } from 'pg';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { startPortal } from '../stage/portal.ts';
import type { StagedPortal } from '../stage/portal.ts';
import { ofServer, startPostgres } from './support/postgres.ts';
import { seedRequests } from './support/requests.ts';
import { inTurn, median } from './support/rounds.ts';
import { onStage } from '../stage/stage.ts';

const bar = { queue: 0.5, decisions: 300 };
const requests = 100_000;
const models = 20;
const rounds = 7;
const pagesOfRound = 200;
const decisionsOfRound = 1000;
const decisionRounds = 5;

type Queue = typeof import('../../apps/server/src/access-requests/review/review-queue.service.js');

/** What reviewers look at: filtered in several ways, sorted both ways. */
const pages: Record<string, string>[] = [
  { awaiting: 'true', order: 'waiting' },
  { state: 'submitted', order: 'waiting', model: 'bench-1' },
  { state: 'in-review', assigned: 'me', order: 'waiting' },
  { state: 'rejected', order: 'newest' },
  { awaiting: 'true', assigned: 'nobody', order: 'newest', model: 'bench-7' },
  { order: 'newest', limit: '200' },
];

function run(): Promise<BenchResult[]> {
  return onStage(async (stage) => {
    const { ownerUrl, serverUrl } = await startPostgres(stage);
    const portal = await startPortal(stage, { env: { PADDOCK_DATABASE_URL: serverUrl, PADDOCK_DATABASE_OWNER_URL: ownerUrl } });
    await publishModels(portal);
    await seedRequests(ownerUrl, requests, ['submitted', 'in-review', 'returned', 'approved', 'rejected', 'appealed', 'withdrawn']);
    const client = new Client({ connectionString: serverUrl });
    await client.connect();
    stage.undo(() => client.end());
    return [await queue(portal, client), await decide(portal, ownerUrl)];
  });
}

async function publishModels({ admin }: StagedPortal): Promise<void> {
  await admin.post('/publishers', { slug: 'bench-lab', legalName: 'Bench Lab' });
  for (let n = 1; n <= models; n++) {
    await admin.post('/models', { publisher: 'bench-lab', slug: `bench-${n}`, title: 'Bench' });
    await admin.post(`/models/bench-${n}/terms`, { admission: 'application', license: 'sample-community' });
  }
}

async function queue(portal: StagedPortal, client: Client): Promise<BenchResult> {
  const { queueStatement } = await ofServer<Queue>('access-requests/review/review-queue.service.js');
  const { rows } = await client.query<{ account_id: string }>(`SELECT account_id FROM role_assignment WHERE role = 'admin'`);
  const actor = { account: rows[0]!.account_id, roles: [{ role: 'admin', scope: 'portal', publisher: null, model: null }] as const };
  const agent = new Agent({ keepAlive: true });
  const p95 = async (one: (page: Record<string, string>) => Promise<unknown>) => {
    const times: number[] = [];
    for (let turn = 0; turn < pagesOfRound; turn++) {
      const begin = performance.now();
      await one(pages[turn % pages.length]!);
      times.push(performance.now() - begin);
    }
    return times.toSorted((a, b) => a - b)[Math.floor(pagesOfRound * 0.95)]!;
  };
  const ways = {
    portal: () => p95((page) => fetchPage(portal, agent, page)),
    sql: () =>
      p95((page) => {
        const { sql, parameters } = queueStatement(actor, ListAccessRequests.parse({ scope: 'review', ...page }));
        return client.query(sql, parameters);
      }),
  };
  await inTurn(2, ways);
  const found = await inTurn(rounds, ways);
  agent.destroy();
  const [ours, bare] = [median(found.portal), median(found.sql)];
  return {
    name: `a page of the review queue over ${requests.toLocaleString('en-US')} requests, filtered and sorted`,
    ours: { label: 'GET /api/v1/access-requests?scope=review', value: ours, unit: 'ms (p95)' },
    against: [{ label: 'the same statements, bare', value: bare, unit: 'ms (p95)' }],
    ratios: [{ against: 'the same statements, bare', ratio: bare / ours }],
    bar: `p95 at least ${bar.queue} times as fast as the bare SQL`,
    reached: bare / ours >= bar.queue,
    notes: [
      `${pages.length} combinations of filter and order, one request at a time over one connection`,
      'the portal prepares each combination once per connection, and asks first whose session it is; the bare statements are planned each time',
      `medians of ${rounds} rounds of ${pagesOfRound}, taken in turn`,
    ],
  };
}

function fetchPage(portal: StagedPortal, agent: Agent, page: Record<string, string>): Promise<void> {
  const url = `${portal.url}/api/v1/access-requests?${new URLSearchParams({ scope: 'review', ...page }).toString()}`;
  return new Promise((done, fail) => {
    request(url, { agent, headers: { cookie: portal.admin.cookie } }, (answer) => {
      if (answer.statusCode !== 200) fail(new Error(`the queue was answered with ${answer.statusCode}`));
      answer.resume().once('end', done);
    })
      .once('error', fail)
      .end();
  });
}

async function decide(portal: StagedPortal, ownerUrl: string): Promise<BenchResult> {
  const rates: number[] = [];
  for (let round = 0; round <= decisionRounds; round++) {
    const ids = await seedRequests(ownerUrl, decisionsOfRound, ['submitted']);
    const begin = performance.now();
    const { done } = await portal.admin.post<{ done: number }>('/decisions', { command: 'approve', requests: ids.map((id) => ({ id })) });
    if (done !== decisionsOfRound) throw new Error(`${done} of ${decisionsOfRound} were decided`);
    rates.push((decisionsOfRound * 1000) / (performance.now() - begin));
  }
  const value = median(rates.slice(1));
  return {
    name: `${decisionsOfRound.toLocaleString('en-US')} decisions in one call`,
    ours: { label: 'POST /api/v1/decisions', value, unit: 'decisions/s' },
    against: [],
    ratios: [],
    bar: `at least ${bar.decisions} decisions a second, each with its own event and ledger entry`,
    reached: value >= bar.decisions,
    notes: [
      'approvals: each in a transaction of its own that judges the answers anew and writes decision, grant, two ledger entries, two events and a letter',
      `median of ${decisionRounds} rounds after one to warm up; portal and PostgreSQL share the machine`,
    ],
  };
}

if (import.meta.main) print(await run());
