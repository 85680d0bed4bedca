import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policyPage, startChangingPage, type ChangingPage } from '../support/changing-page.js';
import { addVersion } from '../support/licenses.js';
import { describeWithPeer } from '../support/peers.js';
import type { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';

interface Snapshot {
  id: string;
  state: string;
  sha256: string;
  capturedAt: string;
  memento: string;
  warc: string;
  pdf: string;
}

/** From a page of others to the certificate of whoever agreed to it. Each test goes on where the one before it ended. */
describeWithPeer('a policy by reference, over the years', ['pdftotext'], 'apt-get install poppler-utils', () => {
  const its = portalUnderTest({ PADDOCK_CAPTURE_ALLOW_LOOPBACK: 'true', PADDOCK_CHROMIUM: 'none' });
  const folder = mkdtempSync(join(tmpdir(), 'paddock-archive-'));
  let source: ChangingPage;
  let ada: Person & { email: string };
  let grant: string;
  let first: Snapshot;
  let second: Snapshot;

  const capture = async () => (await its.admin.post<{ outcome: string }>('/policies/use/captures')).body.outcome;
  const snapshots = async () => (await its.admin.get<{ items: Snapshot[] }>('/policies/use/snapshots')).body.items;
  const bytesOf = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());
  function kept(name: string, bytes: Buffer): string {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    return file;
  }

  beforeAll(async () => {
    source = await startChangingPage();
    source.show(policyPage({ around: 'visitor 1' }));
    await its.admin.post('/policies', { slug: 'use', title: 'Use policy', sourceUrl: source.url, schedule: 'manual' });
    await capture();
    [first] = (await snapshots()) as [Snapshot];
    await its.admin.post(`/policies/use/snapshots/${first.id}/effective`);
    await its.admin.post('/licenses', { publisher: 'demo-lab', slug: 'by-reference', title: 'License by reference' });
    await addVersion(its.admin, 'by-reference', {
      text: 'Keep to the use policy. Above 700 million monthly active users ask us.',
      policies: ['use'],
      clauses: [
        { kind: 'incorporated-policy', parameters: { policy: 'use' }, quote: 'Keep to the use policy.' },
        { kind: 'monthly-active-users', parameters: { threshold: 700_000_000 }, quote: 'Above 700 million monthly active users ask us.' },
      ],
    });
    await its.admin.post('/models', { publisher: 'demo-lab', slug: 'referring', title: 'Referring' });
    await its.admin.post('/models/referring/terms', { admission: 'assent', license: 'by-reference' });
    await its.admin.post('/models/referring/releases', { name: 'tiny-f32' });
    const { body } = await its.admin.post<{ id: string }>('/models/referring/releases/tiny-f32/uploads', { path: 'a.bin', size: 1 });
    await its.admin.call('PATCH', `/models/referring/releases/tiny-f32/uploads/${body.id}`, {
      body: 'a',
      headers: { 'content-type': 'application/octet-stream', 'upload-offset': '0' },
    });
    await its.admin.post('/models/referring/releases/tiny-f32/publish');
    ada = await its.person('Ada Lovelace');
    grant = await ada.accept('referring');
  });
  afterAll(async () => {
    await source.stop();
    rmSync(folder, { recursive: true });
  });

  test('changed three times: in boilerplate, in substance, into an error page', async () => {
    source.show(policyPage({ around: 'visitor 2' }));
    expect(await capture()).toBe('seen');
    source.show(policyPage({ clauseSeven: 'the new clause seven', around: 'visitor 3' }));
    expect(await capture()).toBe('changed');
    source.show('<html><title>502 Bad Gateway</title>Bad gateway</html>', 502);
    expect(await capture()).toBe('failed');
    const [latest, ...earlier] = await snapshots();
    second = latest!;
    expect([latest!.state, ...earlier.map(({ state }) => state)]).toEqual(['pending', 'effective']);
    // Nothing that is pending binds: the grant is as good as before.
    expect((await ada.post(`/grants/${grant}/links`, { release: 'tiny-f32' })).status).toBe(201);
  });

  test('each snapshot has a dated PDF, and a WARC that an independent reader accepts', async () => {
    for (const [name, snapshot, words] of [
      ['first', first, 'You shall keep to clause 7 of'],
      ['second', second, 'the new clause seven'],
    ] as const) {
      const pdf = execFileSync('pdftotext', ['-layout', kept(`${name}.pdf`, await bytesOf(snapshot.pdf)), '-']).toString();
      for (const part of [words, snapshot.sha256, new Date(snapshot.capturedAt).toISOString(), source.url]) expect(pdf).toContain(part);
      const warc = kept(`${name}.warc.gz`, await bytesOf(snapshot.warc));
      const index = execFileSync(process.execPath, ['node_modules/warcio/dist/cli.js', 'index', warc]).toString().trim().split('\n');
      const records = index.map((line) => JSON.parse(line) as Record<string, string>);
      expect(records.map((record) => record['warc-type'])).toEqual(expect.arrayContaining(['request', 'response']));
      expect(records.some((record) => record['warc-target-uri'] === source.url)).toBe(true);
    }
  });

  test('a grant is refused as outdated once the new text must be accepted, and opens when it is', async () => {
    const told = await its.admin.post<{ summary: string }>('/policies/use/consequences', { reacceptance: 'at-once' });
    expect(told.body.summary).toMatch(/^1 licensee must accept again/);
    const open = (await ada.post<{ id: string }>('/presentations', { model: 'referring' })).body.id;
    await its.admin.post(`/policies/use/snapshots/${second.id}/effective`, { reacceptance: 'at-once' });
    expect(refusalIn(await ada.post(`/grants/${grant}/links`, { release: 'tiny-f32' }))).toBe('403 acceptance-outdated');
    const late = await ada.post('/acceptances', { presentation: open, typedName: 'Ada Lovelace', attestations: {}, assented: true });
    expect(problemIn(late)).toMatchObject({ code: 'presentation-outdated', differences: [expect.objectContaining({ kind: 'policy' })] });
    expect(await ada.accept('referring')).toBe(grant);
    expect((await ada.post(`/grants/${grant}/links`, { release: 'tiny-f32' })).status).toBe(201);
  });

  test('every text is found by the moment at which it bound', async () => {
    const at = async (moment: number) => {
      const headers = { 'accept-datetime': new Date(moment).toUTCString() };
      const gate = await fetch(`${its.url}/policies/use/timegate`, { redirect: 'manual', headers });
      return (await fetch(gate.headers.get('location')!)).text();
    };
    const [row] = await its.database.query<{ bound: Date }>('SELECT effective_from AS bound FROM snapshot WHERE id = $1', [second.id]);
    const bound = row!.bound.getTime();
    expect(await at(bound - 1000)).toContain('You shall keep to clause 7 of');
    expect(await at(bound + 1000)).toContain('the new clause seven');
    expect(await (await fetch(`${its.url}/policies/use`)).text()).toContain('the new clause seven');
  });

  test('a service of 700 million users is sent to the licensor', async () => {
    const large = await its.person('Large');
    const refused = problemIn(await large.post('/presentations', { model: 'referring', answers: { monthlyActiveUsers: 700_000_001 } }));
    expect(refused).toMatchObject({ code: 'ineligible', specialLicense: true });
    const licensee = { kind: 'individual', legalName: 'Large', country: 'GB' };
    const draft = await large.post<{ id: string }>('/access-requests', {
      model: 'referring',
      kind: 'special-license',
      licensee,
      answers: {},
    });
    expect((await large.post(`/access-requests/${draft.body.id}/submit`)).status).toBe(200);
  });

  test('the certificate names every hash of what was agreed to', async () => {
    const [acceptance] = await its.database.query<{ id: string; agreement: string; body: string; raw: string; text: string }>(
      `SELECT a.id, a.agreement_id AS agreement, v.body_sha256 AS body, s.raw_sha256 AS raw, ap.text_sha256 AS text FROM acceptance a
       JOIN license_version v ON v.id = a.license_version_id JOIN agreement_policy ap ON ap.agreement_id = a.agreement_id JOIN snapshot s ON s.id = ap.snapshot_id
       WHERE a.id = (SELECT acceptance_id FROM access_grant WHERE id = $1)`,
      [grant],
    );
    const { id, ...digests } = acceptance!;
    expect(digests.raw).toBe(second.sha256);
    const url = `${its.url}/api/v1/acceptances/${id}/certificate.pdf`;
    const { token } = await ada.withToken(['read']);
    const get = () => fetch(url, { headers: { authorization: `Bearer ${token}` } });
    await until('the checkpoint covers it', 30_000, async () => (await get()).status === 200);
    const words = execFileSync('pdftotext', [
      '-layout',
      kept('certificate.pdf', Buffer.from(await (await get()).arrayBuffer())),
      '-',
    ]).toString();
    for (const digest of Object.values(digests)) expect(words).toContain(digest);
    const text = await bytesOf(`${its.url}/documents/${digests.text}`);
    expect(createHash('sha256').update(text).digest('hex')).toBe(digests.text);
  });
});
