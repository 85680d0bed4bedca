import { newAuditor } from '../support/auditors.js';
import { publishModel } from '../support/licenses.js';
import { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}
interface Row {
  id: string;
  signer: string;
  licensee: string;
  agreement: string;
  signerName: string;
  state: string;
  at: string;
}

describe('the audit', () => {
  const its = portalUnderTest();
  const names = ['=HYPERLINK("http://evil.example")', '100% sure', '100 sure', 'under_score', 'underXscore', String.raw`back\slash`];

  beforeAll(async () => {
    await publishModel(its.admin, 'audited');
    await publishModel(its.admin, 'elsewhere');
    for (const name of names) await (await its.person(name)).accept('audited');
    const declining = await its.person('Declining');
    const { body } = await declining.post('/presentations', { model: 'elsewhere' });
    await declining.post('/acceptances', { presentation: body['id'], declined: true });
  });

  const list = async (query: string) => (await its.admin.get<Page<Row>>(`/audit/acceptances?${query}`)).body;
  const namesIn = async (query: string) => (await list(query)).items.map(({ signerName }) => signerName).toSorted();

  test('is filtered by each of its fields', async () => {
    const { items } = await list('model=audited');
    expect(items).toHaveLength(names.length);
    const [row] = items as [Row];
    for (const field of ['signer', 'licensee'] as const)
      expect(await list(`${field}=${row[field]}`)).toMatchObject({ items: [{ id: row.id }] });
    expect((await list(`agreement=${row.agreement}`)).items).toHaveLength(names.length);
    expect(await namesIn('state=declined')).toEqual(['Declining']);
    expect(await namesIn('state=declined&model=audited')).toEqual([]);
    expect((await list('license=audited-license&licenseVersion=1')).items).toHaveLength(names.length);
    expect(await namesIn('license=audited-license&licenseVersion=2')).toEqual([]);
    const at = encodeURIComponent(row.at);
    expect((await list(`model=audited&from=${at}`)).items.map(({ id }) => id)).toEqual([row.id]);
    expect((await list(`model=audited&to=${at}`)).items).toHaveLength(names.length - 1);
  });

  test.each([
    ['100%25', ['100% sure']],
    ['_', ['under_score']],
    ['%5C', [String.raw`back\slash`]],
    ['SURE', ['100 sure', '100% sure']],
    ['hyperlink(%22', [names[0]]],
    ["'%20OR%201=1", []],
  ])('free text %s is looked for as it stands', async (q, found) => {
    expect(await namesIn(`model=audited&q=${q}`)).toEqual(found);
  });

  test('is read page by page, whole and without repeats, while new ones come', async () => {
    const before = (await list('limit=200')).items.map(({ id }) => id);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page<Row> = await list(`limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
      if (seen.length < 5) await (await its.person('Latecomer')).accept('elsewhere');
    }
    expect(seen).toEqual(before);
  });

  test('rows of one instant are told apart by the cursor', async () => {
    await its.database.query(
      "ALTER TABLE acceptance DISABLE TRIGGER USER; UPDATE acceptance SET created_at = date_trunc('hour', now()); ALTER TABLE acceptance ENABLE TRIGGER USER",
    );
    const all = (await list('limit=200')).items.map(({ id }) => id);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page<Row> = await list(`limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect([seen, new Set(seen).size]).toEqual([all, all.length]);
  });

  test('as CSV holds the same rows, and no formula', async () => {
    const answer = await its.admin.get('/audit/acceptances?model=audited', { headers: { accept: 'text/csv' } });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = answer.text.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^id,at,state,model,/);
    expect(lines).toHaveLength(names.length + 1);
    expect(answer.text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(answer.text).not.toMatch(/(^|,|")[=+@]/m);
  });

  test('as NDJSON holds the same rows as JSON', async () => {
    const answer = await its.admin.get('/audit/acceptances?model=audited', { headers: { accept: 'application/x-ndjson' } });
    const rows = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
    expect(rows).toEqual((await list('model=audited')).items);
    expect(await its.database.query(`SELECT detail FROM event WHERE kind = 'audit-exported'`)).toHaveLength(2);
  });

  test('a bad filter of an export is a problem, no file', async () => {
    expect(refusalIn(await its.admin.get('/audit/acceptances?cursor=x', { headers: { accept: 'text/csv' } }))).toBe('400 bad-cursor');
    expect(refusalIn(await (await its.person()).get('/audit/acceptances', { headers: { accept: 'text/csv' } }))).toBe('403 role-missing');
  });

  test('scoped roles see and do only their place', async () => {
    const [reviewer, publisher] = [await its.person(), await its.person()];
    const auditor = await newAuditor(its, { model: 'audited' });
    for (const [{ email }, role] of [
      [reviewer, 'reviewer'],
      [publisher, 'publisher'],
    ] as const)
      await its.admin.post('/roles', { email, role, model: 'audited' });
    const { body } = await auditor.get<Page<{ model: string }>>('/audit/acceptances');
    expect(new Set(body.items.map(({ model }) => model))).toEqual(new Set(['audited']));
    expect((await auditor.get('/audit/acceptances', { headers: { accept: 'application/x-ndjson' } })).text).not.toContain('elsewhere');
    expect(refusalIn(await auditor.get('/audit/events'))).toBe('403 role-missing');
    expect(refusalIn(await reviewer.get('/audit/acceptances'))).toBe('403 role-missing');
    const ada = await its.person();
    const { body: request } = await ada.post('/access-requests', {
      model: 'demo-llama',
      licensee: { kind: 'individual', legalName: 'Ada', country: 'GB' },
      answers: {},
    });
    await ada.post(`/access-requests/${String(request['id'])}/submit`);
    expect(refusalIn(await reviewer.post(`/access-requests/${String(request['id'])}/approve`))).toBe('404 not-found');
    expect((await reviewer.get('/access-requests?scope=review')).body['items']).toEqual([]);
    const grant = await ada.accept('elsewhere');
    expect(refusalIn(await publisher.post(`/grants/${grant}/suspend`, { reason: 'because' }))).toBe('404 not-found');
    expect(new Set((await publisher.get<Page<{ model: string }>>('/grants?scope=staff')).body.items.map(({ model }) => model))).toEqual(
      new Set(['audited']),
    );
    expect(refusalIn(await publisher.post('/models/elsewhere/releases', { name: 'second' }))).toBe('403 role-missing');
    expect((await publisher.post('/models/audited/releases', { name: 'second' })).status).toBe(201);
    expect(refusalIn(await publisher.post('/roles', { email: ada.email, role: 'publisher', model: 'audited' }))).toBe('403 role-missing');
  });

  test('every step to the bytes, allowed or refused, is an event with code and bytes', async () => {
    const ada = await its.person();
    const grant = await ada.obtainGrant(its.admin);
    const manifest = await ada.links(grant);
    const file = manifest.artifacts[0]!;
    const events = async (subject: string) =>
      (
        await its.admin.get<Page<{ kind: string; code: string | null; detail: Record<string, unknown> }>>(
          `/audit/events?subject=${subject}`,
        )
      ).body.items.toReversed();
    await (await fetch(file.url)).arrayBuffer();
    // Recorded once the bytes are gone, which is after their reader has them.
    await until('the end of the download is recorded', 30_000, async () =>
      (await events(manifest.link)).some(({ kind }) => kind === 'download-ended'),
    );
    await fetch(file.url.replace(/s=./, 's=!'));
    await its.admin.post(`/grants/${grant}/revoke`, { reason: 'because' });
    await fetch(file.url);
    problemIn(await ada.post(`/grants/${grant}/links`, { release: 'tiny-f32' }));
    expect((await events(grant)).map(({ kind, code }) => [kind, code])).toEqual([
      ['grant-opened', null],
      ['grant-activated', null],
      ['grant-revoked', null],
      ['link-refused', 'grant-revoked'],
    ]);
    expect((await events(manifest.link)).map(({ kind, code, detail }) => [kind, code, detail['bytes']])).toEqual([
      ['link-issued', null, undefined],
      ['download-started', null, file.size],
      ['download-ended', null, file.size],
      ['download-refused', 'link-altered', 0],
      ['download-refused', 'grant-revoked', 0],
    ]);
    const { body } = await ada.get<Page<{ id: string }>>('/access-requests');
    expect((await events(body.items[0]!.id)).map(({ kind }) => kind)).toEqual(['request-drafted', 'request-submit', 'request-approve']);
    const { body: me } = await ada.get<{ id: string }>('/me');
    const { body: own } = await its.admin.get<Page<{ kind: string; actor: string }>>(
      `/audit/events?actor=${me.id}&kind=agreement-accepted`,
    );
    expect(own.items).toMatchObject([{ kind: 'agreement-accepted', actor: me.id }]);
    expect(refusalIn(await new Person(its.url).get('/audit/events'))).toBe('401 unauthenticated');
  });
});
