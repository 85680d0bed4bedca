import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VerifiedCheckpoint } from '@paddock/ledger';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { until } from '../support/processes.js';
import { PublicLogReader } from '../support/public-log.js';

const OTHER_KEY = 'b'.repeat(64);

describe('the ledger of a portal that is stopped and started', () => {
  let folder: string;
  let database: TestDatabase;
  let backup: TestDatabase | undefined;
  let portal: TestPortal;
  let newest: VerifiedCheckpoint;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-ledger-'));
    database = await testDatabase();
    await start(database);
    newest = await log().checkpointOf(7);
  });
  afterAll(async () => {
    await portal.stop();
    await Promise.all([database.drop(), backup?.drop()]);
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  const start = async (on: TestDatabase, env: Record<string, string> = {}) => {
    portal = await startPortal({ databaseUrl: on.serverUrl, dataDir: folder, env: { PADDOCK_DATABASE_OWNER_URL: on.ownerUrl, ...env } });
  };
  const log = () => new PublicLogReader(portal.url);
  const restart = async (on: TestDatabase, env?: Record<string, string>) => {
    await portal.stop();
    await start(on, env);
  };
  const accept = async (email: string) => (await portal.person(email)).accept('demo-llama-assent');
  const halted = (reason: string) =>
    until(`the ledger is halted: ${reason}`, 30_000, async () =>
      (await (await fetch(`${portal.url}/metrics`)).text()).includes(`paddock_ledger_halted{reason="${reason}"} 1`),
    );

  test('keeps its name when the port changes, and goes on', async () => {
    expect(await (await fetch(`${portal.url}/health/ready`)).json()).not.toHaveProperty('impaired');
    const { origin, size } = newest;
    await restart(database);
    await accept('again@example.org');
    newest = await log().checkpointOf(Number(size) + 2);
    expect(newest.origin).toBe(origin);
    await log().expectWhole(newest);
  });

  test('is halted under another name and under another key, and says so', async () => {
    await restart(database, { PADDOCK_LEDGER_ORIGIN: 'other.example/ledger' });
    await halted('origin-changed');
    await restart(database, { PADDOCK_LEDGER_KEY: OTHER_KEY });
    await halted('unknown-key');
    expect(portal.output()).toContain('PADDOCK_LEDGER_PREVIOUS_KEY');
    expect((await log().checkpoint()).size).toBe(newest.size);
  });

  test('changes its key with an overlap: both sign, then the new one alone, and the old one has its end', async () => {
    const old = readFileSync(join(folder, 'ledger-key'), 'utf8').trim();
    const before = await log().checkpoint();
    await restart(database, { PADDOCK_LEDGER_KEY: OTHER_KEY, PADDOCK_LEDGER_PREVIOUS_KEY: old });
    await accept('overlap@example.org');
    newest = await log().checkpointOf(Number(newest.size) + 2);
    expect(await (await fetch(`${portal.url}/health/ready`)).json()).not.toHaveProperty('impaired');
    expect(newest.signatures).toHaveLength(2);
    await restart(database, { PADDOCK_LEDGER_KEY: OTHER_KEY });
    await accept('after@example.org');
    newest = await log().checkpointOf(Number(newest.size) + 2);
    expect(newest.signatures).toHaveLength(1);
    const { keys } = await log().keys();
    expect(keys.map(({ until }) => until)).toEqual([expect.any(String), null]);
    await log().expectWhole(before);
  });

  test('is halted on a database from an older backup: nothing is signed, the newer checkpoint stays, acceptances are taken', async () => {
    const env = { PADDOCK_LEDGER_KEY: OTHER_KEY };
    await portal.stop();
    backup = await database.copy();
    await start(database, env);
    await accept('lost@example.org');
    const published = await log().checkpointOf(Number(newest.size) + 2);
    await restart(backup, env);
    await halted('database-behind');
    let ready: unknown;
    // The metric is this process's own; that all processes know it follows.
    await until('the halt is in the database', 30_000, async () => {
      const answer = await fetch(`${portal.url}/health/ready`);
      ready = [answer.status, await answer.json()];
      return JSON.stringify(ready).includes('impaired');
    });
    expect(ready).toEqual([200, expect.objectContaining({ impaired: { ledger: 'database-behind' } })]);
    const { body } = await (await portal.admin()).get<{ ledger: { halted: object } }>('/system');
    expect(body.ledger.halted).toMatchObject({ reason: 'database-behind', remedy: expect.stringContaining('paddock ledger recover') });
    const requests = await startPortal({
      databaseUrl: backup.serverUrl,
      dataDir: folder,
      env: { ...env, PADDOCK_DATABASE_OWNER_URL: backup.ownerUrl, PADDOCK_ROLE: 'http' },
    });
    // It does not look itself, and its page is the one that staff see.
    expect(await (await fetch(`${requests.url}/health/ready`)).json()).toMatchObject({ impaired: { ledger: 'database-behind' } });
    await requests.stop();
    await accept('kept@example.org');
    const { note } = await log().checkpoint();
    expect(note).toContain(`\n${published.size}\n`);
    const [rows] = await backup.query<{ waiting: number; size: string }>(
      `SELECT (SELECT count(*)::int FROM ledger_entry e WHERE NOT EXISTS (SELECT FROM entry_index WHERE entry_id = e.id)) AS waiting, (SELECT max(size) FROM checkpoint) AS size`,
    );
    expect(rows).toEqual({ waiting: 2, size: String(newest.size) });
    expect(portal.output()).toContain('restored from an older backup');
  });
});
