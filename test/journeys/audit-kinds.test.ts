import { AUDIT_KIND_NAMES, type Overview } from '@paddock/contracts';
import type { Listed } from '../support/auditors.js';
import { publishModel } from '../support/licenses.js';
import { portalUnderTest, ageRow } from '../support/portal-under-test.js';
import { problemIn, refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';

type Row = Record<string, unknown> & { id: string };

describe('the kinds of the audit', () => {
  const its = portalUnderTest();
  let approved: string;
  let declinedGrant: string;
  let link: string;

  beforeAll(async () => {
    await publishModel(its.admin, 'audited');
    const ada = await its.person('Ada Lovelace');
    approved = await ada.obtainGrant(its.admin);
    const manifest = await ada.links(approved);
    link = manifest.link;
    await (await fetch(manifest.artifacts[0]!.url)).arrayBuffer();
    await until('the download is recorded', 30_000, async () => (await list('downloads', `link=${link}&kind=download-ended`)).length === 1);
    declinedGrant = await (await its.person('Revoked Rita')).accept('audited');
    await its.admin.post(`/grants/${declinedGrant}/revoke`, { reason: 'a leak was seen' });
    const suspended = await (await its.person('Suspended Sue')).accept('audited');
    await its.admin.post(`/grants/${suspended}/suspend`, { reason: 'another look' });
    const expired = await (await its.person('Expired Eve')).accept('audited');
    await ageRow(
      its.database,
      'grant_period',
      `valid_from = now() - interval '2 days', valid_until = now() - interval '1 day'`,
      `grant_id = '${expired}'`,
    );
    await its.admin.post('/session', { email: 'nobody@example.org', password: 'not-the-password' });
  });

  const list = async (kind: string, query = '') => (await its.admin.get<Listed<Row>>(`/audit/${kind}?limit=200&${query}`)).body.items;

  test('the overview counts what happened, for the models that one is staff of', async () => {
    await its.admin.post(`/grants/${declinedGrant}/links`, { release: 'first' });
    const { body } = await its.admin.get<Overview>('/overview?by=day');
    const day = body.requests.at(-1)!;
    expect(day).toMatchObject({ submitted: 1, approved: 1, rejected: 0, returned: 0 });
    expect(day.medianWait).toBeGreaterThanOrEqual(0);
    expect(body.requests).toHaveLength(31);
    expect(body.acceptances).toContainEqual({ license: 'audited-license', version: 1, accepted: 3, declined: 0 });
    expect(body.downloads).toContainEqual({ channel: 'link', country: 'GB', links: 1, bytes: expect.any(Number) });
    expect(body.downloads.find(({ country }) => country === 'GB')!.bytes).toBeGreaterThan(0);

    const publisher = await its.person('Publisher');
    expect(refusalIn(await publisher.get('/overview'))).toBe('403 role-missing');
    await its.admin.post('/roles', { email: publisher.email, role: 'reviewer', model: 'audited' });
    const theirs = (await publisher.get<Overview>('/overview?by=month')).body;
    expect(theirs.acceptances.map(({ license }) => license)).toEqual(['audited-license']);
    expect(theirs.downloads.map(({ channel }) => channel)).not.toContain('link');
    expect(refusalIn(await its.admin.get('/overview?by=day&from=2000-01-01T00:00:00Z'))).toBe('400 malformed-request');
  });

  test('decisions name who decided, for whom, and why', async () => {
    const [row, ...others] = await list('decisions');
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      outcome: 'approve',
      requestKind: 'access',
      model: 'demo-llama',
      applicantName: 'Ada Lovelace',
      rule: null,
      round: 1,
    });
    expect(row!['reviewerName']).toEqual(expect.any(String));
    for (const query of [
      'outcome=approve',
      'by=person',
      `reviewer=${String(row!['reviewer'])}`,
      'q=lovelace',
      'model=demo-llama',
      `request=${String(row!['request'])}`,
    ])
      expect(await list('decisions', query)).toHaveLength(1);
    for (const query of ['outcome=reject', 'by=rule', 'q=nobody', 'model=audited', `licensee=${row!.id}`])
      expect(await list('decisions', query)).toEqual([]);
  });

  test('grants are in the state that their staff see', async () => {
    const { body } = await its.admin.get<Listed<{ id: string; state: string; model: string }>>('/grants?scope=staff&limit=200');
    const states = (rows: readonly { id: string }[]) =>
      Object.fromEntries(rows.map((row) => [row.id, (row as unknown as { state: string }).state]));
    const audited = (await list('grants')).filter((row) => row['licensee'] !== null);
    expect(states(audited)).toEqual(states(body.items));
    expect(new Set(Object.values(states(audited)))).toEqual(new Set(['active', 'revoked', 'suspended', 'expired']));
    for (const state of ['active', 'revoked', 'suspended', 'expired'])
      expect((await list('grants', `state=${state}`)).every((row) => row['state'] === state)).toBe(true);
    expect(await list('grants', 'q=rita')).toMatchObject([{ id: declinedGrant, reason: 'a leak was seen', licenseeName: 'Revoked Rita' }]);
  });

  test('downloads tell each link and each use of it, with bytes and channel', async () => {
    const rows = await list('downloads', `link=${link}`);
    expect(rows.map(({ kind }) => kind)).toEqual(['download-ended', 'download-started', 'link-issued']);
    for (const row of rows)
      expect(row).toMatchObject({
        link,
        grant: approved,
        channel: 'link',
        model: 'demo-llama',
        release: 'tiny-f32',
        holderName: 'Ada Lovelace',
      });
    expect(rows[0]).toMatchObject({ outcome: 'complete', path: expect.any(String), bytes: expect.any(Number) });
    expect(await list('downloads', `grant=${approved}&channel=link&q=ada`)).toHaveLength(3);
    expect(await list('downloads', 'channel=torrent')).toEqual([]);
  });

  test('staff actions are what people did by their role, and nothing that they did for themselves', async () => {
    const kinds = (await list('staff-actions')).map(({ kind }) => String(kind));
    expect(kinds).toEqual(
      expect.arrayContaining(['grant-revoked', 'grant-suspended', 'request-approve', 'model-created', 'license-version-added']),
    );
    expect(kinds.filter((kind) => /^(sign-in|agreement|download|link|token)/.test(kind))).toEqual([]);
    expect(await list('staff-actions', `subject=${declinedGrant}`)).toMatchObject([
      { kind: 'grant-revoked', detail: { reason: 'a leak was seen' } },
    ]);
  });

  test('sign-ins hold those that failed', async () => {
    expect(await list('sign-ins', 'code=bad-credentials')).toMatchObject([{ kind: 'sign-in', account: null }]);
    expect(await list('sign-ins', 'q=rita')).toMatchObject([{ kind: 'sign-in', name: 'Revoked Rita', way: 'password' }]);
  });

  test.each(AUDIT_KIND_NAMES)('%s: NDJSON, CSV and pages hold the same rows', async (kind) => {
    // Exporting is a staff action and an event itself.
    const before = encodeURIComponent(new Date().toISOString());
    const rows = await list(kind, `to=${before}`);
    const ndjson = await its.admin.get(`/audit/${kind}?to=${before}`, { headers: { accept: 'application/x-ndjson' } });
    expect(
      ndjson.text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(rows);
    expect(rows.length).toBeGreaterThan(0);
    const csv = await its.admin.get(`/audit/${kind}?to=${before}`, { headers: { accept: 'text/csv' } });
    expect(csv.text.split('\r\n')[0]).toBe(Object.keys(rows[0]!).join(','));
    expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="${kind}-${new Date().toISOString().slice(0, 10)}.csv"`);
    for (const { id } of rows) expect(csv.text).toContain(id);
  });

  test.each(AUDIT_KIND_NAMES)('%s are counted over time, without gaps', async (kind) => {
    const all = (await list(kind)).length;
    for (const by of ['day', 'week', 'month', 'year']) {
      const { body } = await its.admin.get<{ items: { from: string; count: number }[] }>(`/audit/${kind}/counts?by=${by}`);
      const [first, second] = body.items;
      expect(body.items.length).toBeGreaterThanOrEqual(30);
      expect(first!.from).toMatch(/T00:00:00.000Z$/);
      expect(Date.parse(second!.from)).toBeGreaterThan(Date.parse(first!.from));
      // Others may have come since.
      expect(body.items.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(all);
    }
  });

  test('counts obey the filters', async () => {
    const total = async (query: string) =>
      (await its.admin.get<{ items: { count: number }[] }>(`/audit/acceptances/counts?${query}`)).body.items.reduce(
        (sum, { count }) => sum + count,
        0,
      );
    expect([await total('model=audited'), await total('model=audited&q=rita'), await total('state=declined')]).toEqual([3, 1, 0]);
    expect(await total('from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z')).toBe(0);
  });

  test.each<[string, string]>([
    ['acceptances?cursor=x', '400 bad-cursor'],
    ['decisions?cursor=WyJ4IiwieSJd', '400 bad-cursor'],
    ['decisions?signer=00000000-0000-4000-8000-000000000000', '400 malformed-request'],
    ['sign-ins?model=audited', '400 malformed-request'],
    ['events?q=x', '400 malformed-request'],
    ['grants?sealed=true', '400 malformed-request'],
    ['grants?state=none', '400 malformed-request'],
    ['grants?limit=0', '400 malformed-request'],
    ['downloads?holder=x', '400 malformed-request'],
    ['acceptances?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', '400 malformed-request'],
    ['acceptances?from=0000-01-01T00:00:00Z', '400 malformed-request'],
    ['acceptances?q=%00', '400 malformed-request'],
    [`acceptances?q=${'x'.repeat(201)}`, '400 malformed-request'],
    ['acceptances/counts?by=hour', '400 malformed-request'],
    ['acceptances/counts?by=day&from=1000-01-01T00:00:00Z', '400 malformed-request'],
    ['acceptances/counts?by=year&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', '400 malformed-request'],
    ['acceptances/counts?cursor=x', '400 malformed-request'],
    ['nothing', '404 not-found'],
  ])('%s is refused', async (path, refusal) => {
    expect(refusalIn(await its.admin.get(`/audit/${path}`))).toBe(refusal);
    problemIn(await its.admin.get(`/audit/${path}`, { headers: { accept: 'application/vnd.apache.parquet' } }));
  });

  test.each(["'; DROP TABLE acceptance; --", '%', '_', String.raw`\\`, '🦙', 'x'.repeat(200), '(', '\u202E'])(
    'free text %j finds what stands there, and no more',
    async (q) => {
      for (const kind of AUDIT_KIND_NAMES.filter((name) => name !== 'events'))
        expect(await list(kind, `q=${encodeURIComponent(q)}`)).toEqual([]);
      expect((await list('acceptances')).length).toBeGreaterThan(0);
    },
  );
});
