import { OPERATIONS } from '@paddock/contracts';
import { inSeconds, newAuditor, type Listed } from '../support/auditors.js';
import { publishModel } from '../support/licenses.js';
import { verifyEmail } from '../support/organization.js';
import { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { refusalIn } from '../support/problems.js';

const NOBODYS = '00000000-0000-4000-8000-000000000000';

describe('external auditors', () => {
  const its = portalUnderTest();

  beforeAll(async () => {
    await publishModel(its.admin, 'audited');
    await publishModel(its.admin, 'elsewhere');
    for (const model of ['audited', 'audited', 'elsewhere']) await (await its.person('Signing Sid')).accept(model);
  });

  const models = async (auditor: Person, kind: string) =>
    new Set((await auditor.get<Listed>(`/audit/${kind}?limit=200`)).body.items.map((row) => row['model']));
  const disclosuresTo = async (auditor: Person, kind = 'audit-viewed') => {
    const { body: me } = await auditor.get<{ id: string }>('/me');
    return (
      await its.admin.get<Listed<{ detail: Record<string, unknown>; roles: string[] }>>(`/audit/disclosures?account=${me.id}&kind=${kind}`)
    ).body.items;
  };

  test('are given an end, ahead of now; nothing else is', async () => {
    const { email } = await its.person();
    const refused = async (body: object) => refusalIn(await its.admin.post('/roles', { email, role: 'auditor', ...body }));
    expect(await refused({})).toBe('400 malformed-request');
    expect(await refused({ until: inSeconds(-1) })).toBe('400 malformed-request');
    expect(await refused({ until: 'soon' })).toBe('400 malformed-request');
    expect(await refused({ until: inSeconds(60), model: 'none' })).toBe('404 not-found');
    expect(await refused({ role: 'reviewer', opensSealed: true })).toBe('400 malformed-request');
    expect(await its.admin.get<Listed>('/roles?role=auditor')).toMatchObject({ body: { items: [] } });
  });

  test('are invited by mail, and hold the role once they have confirmed that address', async () => {
    const email = 'auditor@audits.example';
    const invited = await its.admin.post<{ id: string; state: string }>('/roles', {
      email,
      role: 'auditor',
      model: 'audited',
      until: inSeconds(3600),
    });
    expect(invited.body).toMatchObject({ state: 'invited', role: 'auditor', scope: 'model', place: 'audited' });
    const [mail] = await its.database.query<{ subject: string; body: string }>('SELECT subject, body FROM mail WHERE recipient = $1', [
      email,
    ]);
    expect(mail).toMatchObject({ subject: 'You are asked to audit', body: expect.stringContaining('/sign-up') });
    const auditor = Object.assign(await new Person(its.url).signUp(email, 'Outside Olga'), { email });
    expect(refusalIn(await auditor.get('/audit/acceptances'))).toBe('403 role-missing');
    await verifyEmail(its, auditor);
    expect(await models(auditor, 'acceptances')).toEqual(new Set(['audited']));
    const { body } = await its.admin.get<Listed>('/roles?role=auditor&state=active');
    expect(body.items).toMatchObject([{ email, name: 'Outside Olga', state: 'active', place: 'audited', opensSealed: false }]);
    expect(await its.database.query('SELECT email FROM role_invitation')).toEqual([{ email: null }]);
  });

  test('a withdrawn or outdated invitation gives nobody a role', async () => {
    for (const [email, end] of [
      ['withdrawn@audits.example', (id: string) => its.admin.call('DELETE', `/roles/${id}`, {})],
      ['late@audits.example', (id: string) => its.database.query(`UPDATE role_invitation SET valid_until = now() WHERE id = $1`, [id])],
    ] as const) {
      const { body } = await its.admin.post<{ id: string }>('/roles', { email, role: 'auditor', until: inSeconds(3600) });
      await end(body.id);
      const late = Object.assign(await new Person(its.url).signUp(email, 'Late'), { email });
      await verifyEmail(its, late);
      expect(refusalIn(await late.get('/audit/acceptances'))).toBe('403 role-missing');
    }
  });

  test('see their place alone, by session and by token, in pages, files and counts', async () => {
    const auditor = await newAuditor(its, { model: 'audited' });
    for (const reader of [auditor, await auditor.withToken(['audit'])]) {
      for (const kind of ['acceptances', 'grants', 'staff-actions']) expect(await models(reader, kind)).toEqual(new Set(['audited']));
      expect((await reader.get<Listed>('/audit/acceptances?model=elsewhere')).body.items).toEqual([]);
      expect((await reader.get('/audit/grants', { headers: { accept: 'text/csv' } })).text).not.toContain('elsewhere');
      const { body } = await reader.get<{ items: { count: number }[] }>('/audit/acceptances/counts');
      expect(body.items.reduce((sum, { count }) => sum + count, 0)).toBe(2);
      for (const kind of ['events', 'sign-ins']) expect(refusalIn(await reader.get(`/audit/${kind}`))).toBe('403 role-missing');
    }
    const publishers = await newAuditor(its, { publisher: 'demo-lab' });
    expect(await models(publishers, 'acceptances')).toEqual(new Set(['audited', 'elsewhere']));
    expect(refusalIn(await (await auditor.withToken(['read'])).get('/audit/acceptances'))).toBe('403 scope-missing');
  });

  test('only read: every other door of staff stays shut', async () => {
    const auditor = await newAuditor(its);
    const grant = await its.database.query<{ id: string }>('SELECT id FROM access_grant WHERE NOT is_public LIMIT 1');
    for (const [method, path, body] of [
      ['POST', `/grants/${grant[0]!.id}/revoke`, { reason: 'because' }],
      ['POST', '/models/audited/releases', { name: 'mine' }],
      ['POST', '/models', { publisher: 'demo-lab', slug: 'mine', title: 'Mine' }],
      ['POST', '/roles', { email: auditor.email, role: 'admin' }],
      ['GET', '/roles', undefined],
      ['GET', '/mail', undefined],
      ['GET', '/audit/disclosures', undefined],
      ['GET', '/grants?scope=staff', undefined],
      ['DELETE', `/roles/${auditor.role}`, undefined],
      ['POST', '/blocks', { kind: 'domain', domain: 'example.net', reason: 'because' }],
    ] as const)
      expect(`${path} ${refusalIn(await auditor.call(method, path, { body }))}`).toMatch(/ (403 role-missing|404 not-found)$/);
    const token = await auditor.withToken(['audit']);
    for (const { method, path } of OPERATIONS.filter(({ method, allow }) => method !== 'get' && allow !== 'anyone'))
      expect(refusalIn(await token.call(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, NOBODYS).replace('/api/v1', ''), {}))).toMatch(
        /^403 /,
      );
  });

  test('are nobody once their time is over, by the database’s clock, and once they are ended', async () => {
    const auditor = await newAuditor(its);
    const token = await auditor.withToken(['audit']);
    await its.database.query('UPDATE role_assignment SET valid_until = now() WHERE id = $1', [auditor.role]);
    for (const reader of [auditor, token]) expect(refusalIn(await reader.get('/audit/acceptances'))).toBe('403 role-missing');
    const other = await newAuditor(its);
    expect((await other.get('/audit/acceptances')).status).toBe(200);
    await its.admin.call('DELETE', `/roles/${other.role}`, {});
    expect(refusalIn(await other.get('/audit/acceptances', { headers: { accept: 'text/csv' } }))).toBe('403 role-missing');
  });

  test('each page with personal data leaves one event, which names kind, filters and rows; a page without leaves none', async () => {
    const auditor = await newAuditor(its, { model: 'audited' });
    const { body } = await auditor.get<Listed<{ id: string }>>('/audit/acceptances?state=accepted&q=sid&limit=2');
    const [one, ...others] = await disclosuresTo(auditor);
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      roles: ['auditor'],
      detail: { kind: 'acceptances', filters: { state: 'accepted', q: true }, rows: 2, first: body.items[0]!.id, last: body.items[1]!.id },
    });
    await auditor.get('/audit/acceptances?state=declined');
    await auditor.get('/audit/acceptances/counts');
    expect(await disclosuresTo(auditor)).toHaveLength(1);
    await auditor.get('/audit/acceptances', { headers: { accept: 'application/x-ndjson' } });
    expect(await disclosuresTo(auditor, 'audit-exported')).toHaveLength(1);
    await auditor.get(`/acceptances/${body.items[0]!.id}/evidence.json`);
    expect(refusalIn(await auditor.get('/audit/disclosures'))).toBe('403 role-missing');
  });

  test('open what is sealed only where they may, in person, and each row so opened is named', async () => {
    const plain = await newAuditor(its, { model: 'audited' });
    expect(refusalIn(await plain.get('/audit/acceptances?sealed=true'))).toBe('403 role-missing');
    expect((await plain.get('/audit/acceptances')).text).not.toContain('typedName');
    const trusted = await newAuditor(its, { model: 'audited', opensSealed: true });
    expect(refusalIn(await (await trusted.withToken(['audit'])).get('/audit/acceptances?sealed=true'))).toBe('403 session-required');
    const { body } = await trusted.get<Listed<{ id: string; typedName: string; model: string }>>('/audit/acceptances?sealed=true');
    expect(body.items.map(({ typedName, model }) => [typedName, model])).toEqual([
      ['Ada Lovelace', 'audited'],
      ['Ada Lovelace', 'audited'],
    ]);
    expect((await disclosuresTo(trusted))[0]!.detail).toMatchObject({ opened: body.items.map(({ id }) => id), filters: { sealed: true } });
    const csv = await trusted.get('/audit/acceptances?sealed=true', { headers: { accept: 'text/csv' } });
    expect(csv.text.split('\r\n')[0]).toMatch(/,grant,typedName,address,userAgent$/);
    expect(csv.text.split('\r\n')[1]).toMatch(/,Ada Lovelace,127\.0\.0\.1,/);
    expect((await disclosuresTo(trusted, 'audit-exported'))[0]!.detail).toMatchObject({ filters: { sealed: true } });
    expect((await its.admin.get<Listed>('/audit/acceptances?sealed=true&limit=1')).body.items[0]).toMatchObject({
      typedName: 'Ada Lovelace',
    });
  });

  test('views are their owner’s; shared ones are seen by those who audit the same place, and show each what they may see', async () => {
    const [owner, peer, elsewhere] = [
      await newAuditor(its, { model: 'audited' }),
      await newAuditor(its, { model: 'audited' }),
      await newAuditor(its, { model: 'elsewhere' }),
    ];
    const view = { name: 'Accepted', kind: 'acceptances', filters: { state: 'accepted', licenseVersion: 1 } };
    const { body: kept } = await owner.post<{ id: string }>('/audit/saved-views', view);
    await owner.post('/audit/saved-views', { ...view, name: 'For all', shared: true });
    const names = async (person: Person) =>
      (await person.get<Listed>('/audit/saved-views')).body.items.map((item) => [item['name'], item['own']]);
    expect(await names(owner)).toEqual([
      ['For all', true],
      ['Accepted', true],
    ]);
    expect(await names(peer)).toEqual([['For all', false]]);
    expect(await names(elsewhere)).toEqual([]);
    expect(refusalIn(await peer.call('DELETE', `/audit/saved-views/${kept.id}`, {}))).toBe('404 not-found');
    expect((await owner.call('DELETE', `/audit/saved-views/${kept.id}`, {})).status).toBe(204);
    await its.admin.call('DELETE', `/roles/${owner.role}`, {});
    expect(await names(peer)).toEqual([]);
    expect(refusalIn(await owner.get('/audit/saved-views'))).toBe('403 role-missing');
  });

  test.each([
    { name: 'x', kind: 'nothing', filters: {} },
    { name: 'x', kind: 'acceptances', filters: { none: 1 } },
    { name: 'x', kind: 'acceptances', filters: { state: 'maybe' } },
    { name: 'x', kind: 'acceptances', filters: { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' } },
    { name: 'x', kind: 'acceptances', filters: { cursor: 'x' } },
    { name: '', kind: 'acceptances', filters: {} },
    { name: 'x', kind: 'acceptances', filters: { q: ['x'] } },
  ])('a view %j is refused', async (view) => {
    expect(refusalIn(await its.admin.post('/audit/saved-views', view))).toBe('400 malformed-request');
  });
});
