/**
 * The statements of issuing links and nothing else, in a process of its own: who asks, what the gate needs, the files,
 * the link with its event. Told its parameters once, then for how many seconds to run; answers with what came of it.
 */
import 'reflect-metadata';
import { createHash, randomUUID } from 'node:crypto';
import { parse } from 'pg-connection-string';
import { Pool } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { ofServer } from './support/postgres.ts';

export interface IssueParameters {
  serverUrl: string;
  token: string;
  grant: string;
  release: string;
  connections: number;
}

const { BY_TOKEN } = await ofServer<typeof import('../../apps/server/src/accounts/identity/identity.service.js')>(
  'accounts/identity/identity.service.js',
);
const { BY_RELEASE } = await ofServer<typeof import('../../apps/server/src/grants/access-facts.js')>('grants/access-facts.js');
const { ARTIFACTS, ISSUE } =
  await ofServer<typeof import('../../apps/server/src/delivery/links/links.service.js')>('delivery/links.service.js');
export interface LoopRun {
  /** Rounds a second. */
  rate: number;
  /** Of one round, in milliseconds. */
  p50: number;
  p99: number;
}

const day = 24 * 3600 * 1000;

process.once('message', (parameters: IssueParameters) => {
  const round = rounds(parameters);
  process.on('message', (seconds: number) => void runFor(seconds, parameters.connections, round).then((run) => process.send?.(run)));
  process.send?.('ready');
});

function rounds({ serverUrl, token, grant, release }: IssueParameters): () => Promise<void> {
  const { host, port, user, password, database } = parse(serverUrl);
  const pool = new Pool({ host: host ?? '', port: Number(port ?? 5432), user, password, database: database ?? '', max: 20 });
  const hash = createHash('sha256').update(token).digest();
  return async () => {
    const {
      rows: [identity],
    } = await pool.query({ name: 'identity-by-token', text: BY_TOKEN, values: [hash] });
    const {
      rows: [facts],
    } = await pool.query({ name: 'facts-by-release', text: BY_RELEASE, values: [[identity.account], [identity.seat], [grant], [release]] });
    await pool.query({ name: 'artifacts-of-release', text: ARTIFACTS, values: [facts.release] });
    const values = [
      uuidv7(),
      grant,
      facts.holder,
      facts.release,
      'link',
      null,
      null,
      new Date(Date.now() + day),
      uuidv7(),
      randomUUID(),
      identity.account,
      facts.model,
    ];
    await pool.query({ name: 'issue-link', text: ISSUE, values });
  };
}

async function runFor(seconds: number, connections: number, round: () => Promise<void>): Promise<LoopRun> {
  const latencies: number[] = [];
  const begin = performance.now();
  const until = begin + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let start = performance.now(); start < until; start = performance.now()) {
        await round();
        latencies.push(performance.now() - start);
      }
    }),
  );
  const rate = (latencies.length * 1000) / (performance.now() - begin);
  latencies.sort((a, b) => a - b);
  const percentile = (part: number) => Math.round(latencies[Math.floor(latencies.length * part)] ?? Number.NaN);
  return { rate, p50: percentile(0.5), p99: percentile(0.99) };
}
