import type { VerifiedCheckpoint } from '@paddock/ledger';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { runningPostgres } from '../../apps/server/src/database/embedded-postgres.js';
import { startPaddock } from '../support/command-line.js';
import { freePort } from '../support/free-port.js';
import type { Person } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { until } from '../support/processes.js';
import { PublicLogReader } from '../support/public-log.js';

/** More by PADDOCK_TEST_CRASHES: each fourth one kills the server, the others PostgreSQL. */
const CYCLES = Number(process.env['PADDOCK_TEST_CRASHES'] ?? 20);
const ANSWERS = 50;
const PEOPLE = 10;
const MODEL = 'demo-llama-assent';

interface Shown {
  person: Person;
  body: Record<string, unknown>;
}

describe('a ledger whose server and database are killed', () => {
  let folder: string;
  let port: string;
  let portal: TestPortal;
  /** Ids of what was answered with 2xx. */
  const acknowledged: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-ledger-crash-'));
    port = String(await freePort());
    await start();
  });
  afterAll(async () => {
    await portal.stop();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  const start = async () => {
    portal = await startPortal({ dataDir: folder, env: { PADDOCK_PORT: port } });
  };
  const log = () => new PublicLogReader(portal.url);

  test(
    'loses nothing that was acknowledged, gives no index twice, and never contradicts a checkpoint',
    async () => {
      const people = await Promise.all(Array.from({ length: PEOPLE }, (_, n) => portal.person(`crash-${n}@example.org`)));
      let older: VerifiedCheckpoint = await log().checkpointOf(1);
      for (let cycle = 0; cycle < CYCLES; cycle += 1) {
        const newcomer = await portal.person(`newcomer-${cycle}@example.org`);
        const shown = await Promise.all([
          present(newcomer, true),
          ...Array.from({ length: ANSWERS - 1 }, (_, n) => present(people[n % PEOPLE]!, false)),
        ]);
        const answers = Promise.all(shown.map(answer));
        await somewhereWithin(answers);
        const ofServer = cycle % 4 === 0;
        await (ofServer ? portal.stop('SIGKILL') : killPostgres());
        await answers;
        if (ofServer) await start();
        older = await consistentWith(older);
      }
      expect(acknowledged.length).toBeGreaterThan(0);
      expect(acknowledged.length).toBeLessThan(CYCLES * ANSWERS);
      await expectLedgerOf(acknowledged);
      await log().expectWhole(older);
      expect(await startPaddock(portal.url, undefined, ['ledger', 'check'], { PADDOCK_DATA_DIR: folder }).ended).toMatchObject({ code: 0 });
    },
    60_000 + CYCLES * 15_000,
  );

  async function present(person: Person, accepts: boolean): Promise<Shown> {
    const { body } = await person.post<{ id: string; assent: { attestations: { id: string }[] } }>('/presentations', { model: MODEL });
    if (!accepts) return { person, body: { presentation: body.id, declined: true } };
    const attestations = Object.fromEntries(body.assent.attestations.map(({ id }) => [id, true]));
    return { person, body: { presentation: body.id, typedName: 'Ada Lovelace', attestations, assented: true } };
  }

  /** A connection that broke says nothing. */
  async function answer({ person, body }: Shown): Promise<void> {
    const said = await person.post<{ id: string }>('/acceptances', body).catch(() => undefined);
    if (said?.status === 201) acknowledged.push(said.body.id);
  }

  /** After so many acknowledged as chance will have it, and a little: a point of time is none on a machine that is busy. */
  async function somewhereWithin(answers: Promise<unknown>): Promise<void> {
    const enough = acknowledged.length + Math.floor(Math.random() * ANSWERS);
    let over = false;
    void answers.then(() => (over = true));
    await until('some are acknowledged', 60_000, () => over || acknowledged.length >= enough);
    await setTimeout(Math.random() * 50);
  }

  /** Another one takes its place; the portal is ready on it. */
  async function killPostgres(): Promise<void> {
    const postmaster = () => readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n');
    const [killed] = postmaster();
    process.kill(Number(killed), 'SIGKILL');
    await until('PostgreSQL is ready again', 30_000, () => {
      const [pid, , , , , , , state] = existsSync(join(folder, 'postgres/postmaster.pid')) ? postmaster() : [];
      return pid !== undefined && pid !== killed && state?.trim() === 'ready';
    });
    await until('the portal is ready again', 30_000, async () => (await fetch(`${portal.url}/health/ready`)).status === 200);
  }

  /** Once it is longer than before: what was acknowledged before the kill is integrated, too. */
  async function consistentWith(older: VerifiedCheckpoint): Promise<VerifiedCheckpoint> {
    const size = await query<{ n: number }>('SELECT count(*)::int AS n FROM ledger_entry');
    await log().checkpointOf(size[0]!.n, 10_000);
    return log().expectConsistent(older);
  }

  async function expectLedgerOf(ids: string[]): Promise<void> {
    const missing = await query(
      `SELECT one.id FROM unnest($1::uuid[]) AS one (id) WHERE (SELECT count(*) FROM ledger_entry e JOIN entry_index i ON i.entry_id = e.id WHERE e.subject_id = one.id) <> 1`,
      [ids],
    );
    expect(missing).toEqual([]);
    const [indexes] = await query(
      'SELECT count(*)::int AS n, count(DISTINCT index)::int AS distinct, max(index)::int + 1 AS next FROM entry_index',
    );
    const [entries] = await query<{ n: number }>('SELECT count(*)::int AS n FROM ledger_entry');
    expect(indexes).toEqual({ n: entries!.n, distinct: entries!.n, next: entries!.n });
    const halves = await query(`SELECT id FROM acceptance a WHERE NOT EXISTS (SELECT FROM ledger_entry WHERE subject_id = a.id)`);
    expect(halves).toEqual([]);
  }

  async function query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: runningPostgres(folder) });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }
});
