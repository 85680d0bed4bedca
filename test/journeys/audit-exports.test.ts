import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newAuditor, type Listed } from '../support/auditors.js';
import { seedAcceptances } from '../support/many-acceptances.js';
import type { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';
import { SlowDownload } from '../support/slow-download.js';

const ROWS = 40_000;
const PARQUET = 'application/vnd.apache.parquet';

describe('exports of the audit', () => {
  const its = portalUnderTest();

  beforeAll(async () => {
    await seedAcceptances(its.database.ownerUrl, ROWS);
  }, 120_000);

  const address = (query = '') => `${its.url}/api/v1/audit/acceptances?${query}`;
  const credentials = (person: Person) => ({ cookie: [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ') });
  const ends = () =>
    its.database.query<{ subject: string; detail: { outcome: string; rows: number } }>(
      `SELECT subject_id AS subject, detail FROM event WHERE kind = 'audit-export-ended' ORDER BY at, id`,
    );
  const ended = async (after: number) => {
    await until('the end of the export is recorded', 30_000, async () => (await ends()).length > after);
    return (await ends()).at(-1)!.detail;
  };
  /** Nobody keeps a transaction open once all exports have ended. */
  const openTransactions = () =>
    its.database.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < now() - interval '200 ms' AND state <> 'idle'`,
    );

  test('a Parquet file is read by DuckDB, typed, in several groups, with the rows of the NDJSON file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'paddock-parquet-'));
    try {
      const file = join(folder, 'acceptances.parquet');
      const answer = await fetch(address(), { headers: { accept: PARQUET, ...credentials(its.admin) } });
      expect(answer.headers.get('content-type')).toBe(PARQUET);
      await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
      const connection = await (await DuckDBInstance.create()).connect();
      const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
      expect(
        await rows(
          `SELECT count(*)::int AS n, count(DISTINCT id)::int AS ids, min(typeof("at")) AS "at", min(typeof("licenseVersion")) AS version FROM '${file}'`,
        ),
      ).toEqual([{ n: ROWS, ids: ROWS, at: expect.stringMatching(/^TIMESTAMP/), version: 'INTEGER' }]);
      expect(await rows(`SELECT count(DISTINCT row_group_id)::int AS groups FROM parquet_metadata('${file}')`)).toEqual([{ groups: 4 }]);
      const one = (await its.admin.get<Listed>('/audit/acceptances?limit=1')).body.items[0]!;
      expect(await rows(`SELECT id, model, "signerName", "signerEmail", epoch_ms("at") AS ms, release FROM '${file}' LIMIT 1`)).toEqual([
        {
          id: one['id'],
          model: one['model'],
          signerName: one['signerName'],
          signerEmail: one['signerEmail'],
          ms: String(Date.parse(String(one['at']))),
          release: null,
        },
      ]);
      connection.closeSync();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('holds what stood when it began, in order, while rows are appended', async () => {
    const answer = await fetch(address('model=audited-3'), { headers: { accept: 'application/x-ndjson', ...credentials(its.admin) } });
    const reader = answer.body!.getReader();
    let text = Buffer.from((await reader.read()).value!).toString();
    await its.database.query('SET session_replication_role = replica');
    await its.database.query(
      `INSERT INTO acceptance SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'presentation_id', gen_random_uuid(),
         'created_at', a.created_at - interval '1 microsecond'))).* FROM acceptance a WHERE a.model_id = (SELECT id FROM model WHERE slug = 'audited-3')`,
    );
    await its.database.query('RESET session_replication_role');
    for (let part = await reader.read(); !part.done; part = await reader.read()) text += Buffer.from(part.value).toString();
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; at: string });
    expect([rows.length, new Set(rows.map(({ id }) => id)).size]).toEqual([ROWS / 20, ROWS / 20]);
    expect(rows.map(({ at }) => at)).toEqual(
      rows
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
  });

  test('a client that leaves ends the query, and what it may have got is recorded', async () => {
    const before = (await ends()).length;
    const download = await SlowDownload.begin(address(), 'never', { accept: 'text/csv', ...credentials(its.admin) });
    download.stop();
    const { outcome, rows } = await ended(before);
    expect(outcome).toBe('broken-off');
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan(ROWS);
    await until('the database is left alone', 30_000, async () => (await openTransactions()).length === 0);
  });

  test.each<[string, (auditor: Person & { role: string }) => Promise<unknown>]>([
    ['role ends', ({ role }) => its.admin.call('DELETE', `/roles/${role}`, {})],
    ['role’s time is over', ({ role }) => its.database.query(`UPDATE role_assignment SET valid_until = now() WHERE id = $1`, [role])],
    ['person signs out', (auditor) => auditor.call('DELETE', '/session', {})],
  ])('an export is cut within a second when its %s', async (_, end) => {
    const auditor = await newAuditor(its);
    const before = (await ends()).length;
    const download = await SlowDownload.begin(address(), 50, { accept: 'application/x-ndjson', ...credentials(auditor) });
    const asked = performance.now();
    await end(auditor);
    expect((await ended(before)).outcome).toBe('role-ended');
    expect(performance.now() - asked).toBeLessThan(2500);
    await download.ended;
    expect(download.bytes.toString()).not.toMatch(/0\r\n\r\n$/);
  });

  test('no more than three run at once; a fourth is told to wait, and may come when one has ended', async () => {
    const before = (await ends()).length;
    const headers = { accept: 'text/csv', ...credentials(its.admin) };
    const running = await Promise.all([1, 2, 3].map(() => SlowDownload.begin(address(), 'never', headers)));
    const refused = await its.admin.get('/audit/sign-ins', { headers: { accept: 'text/csv' } });
    expect([refusalIn(refused), refused.headers.get('retry-after')]).toEqual(['429 export-limit', '30']);
    for (const download of running) download.stop();
    await until('all have ended', 30_000, async () => (await ends()).length === before + 3);
    expect((await its.admin.get('/audit/sign-ins', { headers: { accept: 'text/csv' } })).status).toBe(200);
  });

  test('begin and end of an export are events with format, filters and rows, and without the words that were looked for', async () => {
    const before = (await ends()).length;
    await its.admin.get('/audit/acceptances?model=audited-7&state=declined&q=grace', { headers: { accept: 'text/csv' } });
    const detail = await ended(before);
    const [begin] = await its.database.query<{ subject_id: string; detail: object }>(
      `SELECT subject_id, detail FROM event WHERE kind = 'audit-exported' ORDER BY at DESC, id DESC LIMIT 1`,
    );
    expect(begin!.detail).toEqual({ kind: 'acceptances', format: 'csv', filters: { model: 'audited-7', state: 'declined', q: true } });
    expect((await ends()).at(-1)!.subject).toBe(begin!.subject_id);
    expect(detail).toMatchObject({ outcome: 'complete' });
    expect(await its.database.query(`SELECT 1 FROM event WHERE kind LIKE 'audit-%' AND detail::text ILIKE '%grace%'`)).toEqual([]);
  });
});
