/**
 * The statements of issuing links and nothing else, in a process of its own: who asks, what the gate needs, the files,
 * the link with its event. Told its parameters once, then for how many seconds to run; answers with rounds a second.
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

const { BY_TOKEN } = await ofServer<typeof import('../../apps/server/src/accounts/identity/identity.service.js')>('accounts/identity/identity.service.js');
const { BY_RELEASE } = await ofServer<typeof import('../../apps/server/src/grants/access-facts.js')>('grants/access-facts.js');
const { ARTIFACTS, ISSUE } = await ofServer<typeof import('../../apps/server/src/delivery/links.service.js')>('delivery/links.service.js');
const day = 24 * 3600 * 1000;

process.once('message', (parameters: IssueParameters) => {
  const round = rounds(parameters);
  process.on('message', (seconds: number) => void rateFor(seconds, parameters.connections, round).then((rate) => process.send?.(rate)));
  process.send?.('ready');
});

function rounds({ serverUrl, token, grant, release }: IssueParameters): () => Promise<void> {
  const { host, port, user, password, database } = parse(serverUrl);
  const pool = new Pool({ host: host ?? '', port: Number(port ?? 5432), user, password, database: database ?? '', max: 20 });
  const hash = createHash('sha256').update(token).digest();
  return async () => {
    const { rows: [identity] } = await pool.query({ name: 'identity-by-token', text: BY_TOKEN, values: [hash] });
    const { rows: [facts] } = await pool.query({ name: 'facts-by-release', text: BY_RELEASE, values: [[identity.account], [grant], [release]] });
    await pool.query({ name: 'artifacts-of-release', text: ARTIFACTS, values: [facts.release] });
    const values = [uuidv7(), grant, facts.holder, facts.release, 'link', null, null, new Date(Date.now() + day), uuidv7(), randomUUID(), identity.account, facts.model];
    await pool.query({ name: 'issue-link', text: ISSUE, values });
  };
}

async function rateFor(seconds: number, connections: number, round: () => Promise<void>): Promise<number> {
  let done = 0;
  const begin = performance.now();
  const until = begin + seconds * 1000;
  await Promise.all(Array.from({ length: connections }, async () => {
    for (; performance.now() < until; done++) await round();
  }));
  return (done * 1000) / (performance.now() - begin);
}
