import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { accept, presented, type Accepting } from '../support/accepting.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/free-port.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { until } from '../support/processes.js';
import { publishModel } from '../support/publication.js';
import { SlowDownload } from '../support/slow-download.js';

const CYCLES = 6;
const PEOPLE = 12;
const MIB = 1024 * 1024;
/** Each cycle starts a server anew, on a machine that may have much else to do. */
const SLOW_MS = 240_000;

describe('a server that is killed or stopped', () => {
  let folder: string;
  let database: TestDatabase;
  let portal: TestPortal;
  let env: Record<string, string>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-crash-'));
    database = await testDatabase();
    // One port, so that people meet the same address after each restart.
    env = { PADDOCK_DATABASE_OWNER_URL: database.ownerUrl, PADDOCK_PORT: String(await freePort()), PADDOCK_SHUTDOWN_SECONDS: '2' };
    portal = await start();
  });
  afterAll(async () => {
    await portal.stop('SIGKILL');
    await database.drop();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  const start = () => startPortal({ databaseUrl: database.serverUrl, dataDir: folder, env });

  test(
    'keeps every acknowledged acceptance with its grant and ledger entry, and none by halves',
    async () => {
      const everyone: Accepting[] = [];
      for (let cycle = 0; cycle < CYCLES; cycle += 1) {
        const now = await Promise.all(
          Array.from({ length: PEOPLE }, (_, n) => portal.person(`crash-${cycle}-${n}@example.org`).then(presented)),
        );
        everyone.push(...now);
        const answers = Promise.all(now.map(accept));
        await setTimeout(Math.random() * 60);
        await portal.stop('SIGKILL');
        await answers;
        portal = await start();
      }
      const acknowledged = everyone.filter((one) => one.acknowledged !== undefined).map((one) => ({ one, id: one.acknowledged }));
      await Promise.all(everyone.map(accept));
      for (const { one, id } of acknowledged) expect(one.acknowledged).toBe(id);
      // Else no kill came in between, and the test showed nothing.
      expect(acknowledged.length).toBeLessThan(everyone.length);
      const rows = await database.query<{ id: string; grants: number; entries: number }>(
        `SELECT a.id, (SELECT count(*)::int FROM access_grant WHERE acceptance_id = a.id AND ended_at IS NULL) AS grants,
         (SELECT count(*)::int FROM ledger_entry WHERE subject_id = a.id AND kind = 'acceptance') AS entries FROM acceptance a`,
      );
      expect(rows.map(({ id }) => id).toSorted()).toEqual(everyone.map((one) => one.acknowledged).toSorted());
      expect(rows.filter(({ grants, entries }) => grants !== 1 || entries !== 1)).toEqual([]);
      const [halves] = await database.query<{ grants: number; presentations: number }>(
        `SELECT (SELECT count(*)::int FROM access_grant g WHERE NOT is_public AND NOT EXISTS (SELECT FROM acceptance WHERE id = g.acceptance_id)) AS grants,
         (SELECT count(*)::int FROM presentation p WHERE state = 'accepted' AND NOT EXISTS (SELECT FROM acceptance WHERE presentation_id = p.id)) AS presentations`,
      );
      expect(halves).toEqual({ grants: 0, presentations: 0 });
    },
    SLOW_MS,
  );

  test('asked to stop, it lets a download finish and takes no new connections', async () => {
    const download = await begin(2, 'short', 8 * MIB);
    const exit = portal.stop();
    await until('new connections are refused', 1500, () =>
      fetch(`${portal.url}/health/live`).then(
        () => false,
        () => true,
      ),
    );
    await until('the whole file came', 30_000, () => download.received === 8 * MIB);
    download.stop();
    expect(await exit).toBe(0);
    portal = await start();
    expect(await outcome(8 * MIB)).toBe('complete');
  });

  test('asked to stop, it cuts what has not finished within PADDOCK_SHUTDOWN_SECONDS', async () => {
    const download = await begin(100, 'long', 64 * MIB);
    const began = Date.now();
    expect(await portal.stop()).toBe(0);
    expect(Date.now() - began).toBeGreaterThan(1900);
    expect(Date.now() - began).toBeLessThan(5000);
    download.stop();
    expect(download.received).toBeLessThan(64 * MIB);
    portal = await start();
    expect(await outcome(64 * MIB)).toBe('stopped');
  });

  async function begin(everyMs: number, slug: string, size: number): Promise<SlowDownload> {
    await publishModel(await portal.admin(), { slug, admission: 'open', files: { 'weights.bin': Buffer.alloc(size, 7) } });
    const { body } = await (await portal.admin()).post<{ artifacts: { url: string }[] }>(`/models/${slug}/releases/r1/links`);
    return SlowDownload.begin(body.artifacts[0]!.url, everyMs);
  }

  /** How the last download of a file of this size ended, as its event tells. */
  async function outcome(size: number): Promise<string | undefined> {
    const rows = await database.query<{ outcome: string }>(
      `SELECT e.detail->>'outcome' AS outcome FROM event e JOIN link x ON x.id = e.subject_id JOIN artifact a ON a.release_id = x.release_id WHERE e.kind = 'download-ended' AND a.size = $1`,
      [size],
    );
    return rows.at(-1)?.outcome;
  }
});
