import { ListAcceptances } from '@paddock/contracts';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Client } from 'pg';
import { seedAcceptances } from '../support/many-acceptances.ts';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { CopyOut } from './support/copy-out.ts';
import { watchMemory } from './support/memory.ts';
import { startPortal } from '../stage/portal.ts';
import type { StagedPortal } from '../stage/portal.ts';
import { ofServer, startPostgres } from './support/postgres.ts';
import { inTurn, median } from './support/rounds.ts';
import { onStage } from '../stage/stage.ts';

const bar = { page: 3, export: 0.5, growth: 64 };
const acceptances = 1_000_000;
const pageRounds = 7;
const pagesOfRound = 100;
const exportRounds = 3;

type Statements = typeof import('../../apps/server/src/audit/lists/audit-statement.js');
type Kinds = typeof import('../../apps/server/src/audit/kinds/all-kinds.js');

/** What auditors look at. */
const pages: Record<string, string>[] = [
  {},
  { model: 'audited-3' },
  { state: 'declined' },
  { model: 'audited-7', licenseVersion: '2', state: 'accepted' },
  { license: 'audited-1', from: '2026-01-01T00:00:00Z', to: '2026-06-01T00:00:00Z' },
  { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z', limit: '200' },
];

function run(): Promise<BenchResult[]> {
  return onStage(async (stage) => {
    const { ownerUrl, serverUrl } = await startPostgres(stage);
    const portal = await startPortal(stage, { env: { PADDOCK_DATABASE_URL: serverUrl, PADDOCK_DATABASE_OWNER_URL: ownerUrl } });
    await seedAcceptances(ownerUrl, acceptances);
    const client = new Client({ connectionString: serverUrl });
    await client.connect();
    stage.undo(() => client.end());
    const { pageStatement } = await ofServer<Statements>('audit/lists/audit-statement.js');
    const { KINDS } = await ofServer<Kinds>('audit/kinds/all-kinds.js');
    const question = { kind: KINDS.acceptances, places: { portal: true, publishers: [], models: [], assignments: [] } };
    const bare = (page: Record<string, string>) => {
      const { limit, ...filters } = ListAcceptances.parse(page);
      const { sql, values } = pageStatement({ ...question, filters }, limit + 1);
      return client.query({ name: `bare-${pages.indexOf(page)}`, text: sql, values });
    };
    return [await readPages(portal, bare), await exportAll(portal, client, KINDS.acceptances)];
  });
}

async function readPages(portal: StagedPortal, bare: (page: Record<string, string>) => Promise<unknown>): Promise<BenchResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
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
    portal: () => p95((page) => read(portal, `?${new URLSearchParams(page).toString()}`, 'application/json', agent)),
    sql: () => p95(bare),
  };
  await inTurn(3, ways);
  const found = await inTurn(pageRounds, ways);
  agent.destroy();
  const [ours, sql] = [median(found.portal), median(found.sql)];
  return {
    name: `a page of the audit over ${acceptances.toLocaleString('en-US')} acceptances, filtered`,
    ours: { label: 'GET /api/v1/audit/acceptances', value: ours, unit: 'ms (p95)' },
    against: [{ label: 'the same statements, bare', value: sql, unit: 'ms (p95)' }],
    ratios: [{ against: 'the same statements, bare', ratio: sql / ours }],
    bar: `p95 at most ${bar.page} times that of the bare SQL`,
    reached: ours / sql <= bar.page,
    notes: [
      `${pages.length} combinations of filters, one request at a time over one connection; both sides prepare each combination once`,
      'the portal asks first whose session it is, and commits the event of the disclosure before it answers',
      `medians of ${pageRounds} rounds of ${pagesOfRound}, taken in turn`,
    ],
  };
}

async function exportAll(portal: StagedPortal, client: Client, { columns, lookups }: Kinds['KINDS']['acceptances']): Promise<BenchResult> {
  const listed = Object.entries(columns).map(([name, { sql }]) => `${sql} AS "${name}"`);
  const copy = `COPY (SELECT ${listed.join(', ')} FROM acceptance x ${lookups} ORDER BY x.created_at DESC, x.id DESC) TO STDOUT (FORMAT csv, HEADER)`;
  let growth = 0;
  const rate = async (work: () => Promise<number>) => {
    const begin = performance.now();
    const bytes = await work();
    if (bytes < acceptances * 100) throw new Error(`only ${bytes} bytes were exported`);
    return (acceptances * 1000) / (performance.now() - begin);
  };
  const found = await inTurn(exportRounds, {
    portal: async () => {
      const watched = await watchMemory(portal.pid, () => rate(() => read(portal, '', 'text/csv')));
      growth = Math.max(growth, watched.growth / 1024 ** 2);
      return watched.result;
    },
    copy: () => rate(() => CopyOut.bytesOf(client, copy)),
  });
  const [ours, theirs] = [median(found.portal), median(found.copy)];
  return {
    name: `exporting ${acceptances.toLocaleString('en-US')} acceptances as CSV`,
    ours: { label: 'GET /api/v1/audit/acceptances, text/csv', value: ours, unit: 'rows/s' },
    against: [{ label: 'COPY … TO STDOUT, the same rows', value: theirs, unit: 'rows/s' }],
    ratios: [{ against: 'COPY … TO STDOUT, the same rows', ratio: ours / theirs }],
    bar: `at least ${bar.export} of COPY, and resident memory grows by at most ${bar.growth} MiB`,
    reached: ours / theirs >= bar.export && growth <= bar.growth,
    notes: [
      `the portal’s memory grew by ${growth.toFixed(0)} MiB at most in one export`,
      'COPY joins and sorts with two parallel workers; the portal reads on one connection in the order of an index, and sends its first rows at once',
      `medians of ${exportRounds} rounds, taken in turn; portal, PostgreSQL and the reader share the machine`,
    ],
  };
}

/** The bytes of the answer. */
function read(portal: StagedPortal, query: string, accept: string, agent?: Agent): Promise<number> {
  return new Promise((done, fail) => {
    const take = (answer: IncomingMessage) => {
      let bytes = 0;
      if (answer.statusCode !== 200) fail(new Error(`the audit was answered with ${answer.statusCode}`));
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.once('end', () => done(bytes)).once('error', fail);
    };
    const headers = { accept, cookie: portal.admin.cookie };
    request(`${portal.url}/api/v1/audit/acceptances${query}`, { headers, ...(agent && { agent }) }, take)
      .once('error', fail)
      .end();
  });
}

if (import.meta.main) print(await run());
