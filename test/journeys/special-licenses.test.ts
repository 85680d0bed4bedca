import { addVersion, publishModel } from '../support/licenses.js';
import { Person } from '../support/person.js';
import { ageRow, portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn } from '../support/problems.js';

const TERMS = {
  text: 'Above 700 million monthly active users ask us. Not for weapons.',
  clauses: [
    {
      kind: 'monthly-active-users',
      parameters: { threshold: 700_000_000, referenceDate: '2023-07-18' },
      quote: 'Above 700 million monthly active users ask us.',
    },
    { kind: 'field-of-use', parameters: { excluded: ['weapons'] }, quote: 'Not for weapons.' },
  ],
};
const LARGE = { monthlyActiveUsers: 700_000_001 };

interface RequestBody {
  id: string;
  state: string;
  licensee: { id: string };
}

describe('special licenses', () => {
  const its = portalUnderTest();
  beforeAll(async () => {
    await publishModel(its.admin, 'by-assent', 'assent', TERMS);
    await publishModel(its.admin, 'by-application', 'application', TERMS);
    await its.admin.post('/models', { publisher: 'demo-lab', slug: 'for-all', title: 'Open' });
    await its.admin.post('/models/for-all/terms', { admission: 'open', license: 'sample-permissive' });
  });

  async function ask(person: Person, model: string, answers: Record<string, unknown> = LARGE, kind = 'special-license') {
    const licensee = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
    const draft = await person.post<RequestBody>('/access-requests', { model, kind, licensee, answers });
    if (draft.status === 201) await person.post(`/access-requests/${draft.body.id}/submit`);
    return draft;
  }

  async function write(slug: string, base: string, licensee: string, version: Record<string, unknown> = {}): Promise<void> {
    const special = { licensee, base };
    const made = await its.admin.post('/licenses', { publisher: 'demo-lab', slug, title: 'Terms for one', special });
    expect(made.body).toMatchObject({ kind: 'special' });
    await addVersion(its.admin, slug, version);
  }

  /** Asked for, written, approved and accepted; returns the grant. */
  async function obtain(person: Person, model: string, slug: string): Promise<string> {
    const { body } = await ask(person, model);
    const request = await person.get<RequestBody>(`/access-requests/${body.id}`);
    await write(slug, `${model}-license`, request.body.licensee.id);
    const approval = await its.admin.post(`/access-requests/${body.id}/approve`);
    if (approval.status !== 200) throw new Error(`not approved: ${approval.text}`);
    return person.accept(model);
  }

  test('an applicant above the threshold is told the clause and sent to the licensor, who grants other terms', async () => {
    const ada = await its.person();
    const refused = problemIn(await ada.post('/presentations', { model: 'by-assent', answers: LARGE }));
    expect(refused).toMatchObject({ status: 403, code: 'ineligible', specialLicense: true, outcome: 'special-license' });
    expect(refused.detail).toContain('“Above 700 million monthly active users ask us.”');
    expect(refused.detail).toContain('2023-07-18');

    const { body } = await ask(ada, 'by-assent');
    expect((await ada.get<RequestBody>(`/access-requests/${body.id}`)).body).toMatchObject({ state: 'submitted', kind: 'special-license' });
    expect(refusalIn(await its.admin.post(`/access-requests/${body.id}/approve`))).toBe('409 special-license-missing');

    const licensee = (await ada.get<RequestBody>(`/access-requests/${body.id}`)).body.licensee.id;
    await write('for-ada', 'by-assent-license', licensee, { text: 'Ada may serve a billion users.' });
    expect((await its.admin.post(`/access-requests/${body.id}/approve`)).status).toBe(200);

    const shown = await ada.post<{ documents: { title: string }[] }>('/presentations', { model: 'by-assent' });
    expect(shown.body.documents[0]!.title).toContain('Terms for one');
    const grant = await ada.accept('by-assent');
    expect((await ada.get(`/grants/${grant}`)).body).toMatchObject({ state: 'active', license: 'for-ada' });
    expect((await ada.links(grant, { release: 'first' })).artifacts).toHaveLength(2);
  });

  test('accepting it replaces the standard grant in the same transaction, and its links stop', async () => {
    const ada = await its.person();
    const standard = await ada.accept('by-assent');
    const before = await ada.links(standard, { release: 'first' });
    const special = await obtain(ada, 'by-assent', 'replacing');

    expect((await ada.get(`/grants/${standard}`)).body).toMatchObject({ state: 'expired', reason: 'replaced by a special license' });
    const link = await fetch(before.artifacts[0]!.url);
    expect([link.status, ((await link.json()) as { code: string }).code]).toEqual([403, 'grant-replaced']);
    const [row] = await its.database.query<{ together: boolean }>(
      `SELECT old.replaced_by = new.id AND old.xmin::text = a.xmin::text AS together
       FROM access_grant old, access_grant new JOIN acceptance a ON a.id = new.acceptance_id WHERE old.id = $1 AND new.id = $2`,
      [standard, special],
    );
    expect(row!.together).toBe(true);
    // Whoever reads the terms again is shown those that hold for them.
    expect((await ada.post<{ previous: unknown }>('/presentations', { model: 'by-assent' })).body.previous).not.toBeNull();
  });

  test('to all but its licensee and staff it is not there', async () => {
    const ada = await its.person();
    await obtain(ada, 'by-assent', 'private-terms');
    const eve = await its.person();
    const { body } = await ada.get<{ versions: { sha256: string }[] }>('/licenses/private-terms');
    expect((await its.admin.get('/licenses/private-terms')).body).toMatchObject({
      kind: 'special',
      base: { license: 'by-assent-license', version: 1 },
    });
    const [agreement] = await its.database.query<{ id: string }>(
      `SELECT a.id FROM agreement a JOIN license_version v ON v.id = a.license_version_id JOIN license l ON l.id = v.license_id WHERE l.slug = 'private-terms'`,
    );
    for (const path of ['/licenses/private-terms', '/licenses/private-terms/diff?from=1&to=1', `/agreements/${agreement!.id}`]) {
      expect((await ada.get(path)).status).toBe(200);
      expect(refusalIn(await eve.get(path))).toBe('404 not-found');
    }
    const listed = async (person: Person, query: string) =>
      (await person.get<{ items: { slug: string }[] }>(`/licenses?limit=200&${query}`)).body.items.map(({ slug }) => slug);
    expect(await listed(ada, 'kind=special')).toEqual(['private-terms']);
    expect(await listed(its.admin, 'kind=special')).toContain('private-terms');
    for (const person of [eve, new Person(its.url)]) expect(await listed(person, 'kind=special')).toEqual([]);
    expect(await listed(eve, 'publisher=demo-lab')).toContain('by-assent-license');
    expect(await listed(eve, 'publisher=nobody')).toEqual([]);
    const document = `${its.url}/documents/${body.versions[0]!.sha256}`;
    expect((await fetch(document)).status).toBe(404);
    expect(refusalIn(await eve.post('/licenses/private-terms/versions', { text: 'Mine.', assent: 'required' }))).toBe('404 not-found');
  });

  test('a use that the license refuses is refused to whoever asks for a special license too', async () => {
    const ada = await its.person();
    const { body } = await ask(ada, 'by-assent', { intendedUses: ['weapons'] });
    expect(problemIn(await ada.post(`/access-requests/${body.id}/submit`))).toMatchObject({ code: 'ineligible', specialLicense: false });
  });

  test('the licensor decides, not a reviewer, and no rule', async () => {
    const reviewer = await its.person('Reviewer');
    await its.admin.post('/roles', { email: reviewer.email, role: 'reviewer' });
    const ada = await its.person();
    const { body } = await ask(ada, 'by-application');
    expect(refusalIn(await reviewer.post(`/access-requests/${body.id}/approve`))).toBe('404 not-found');
    const usual = await ask(await its.person(), 'by-application', {}, 'access');
    const queue = async (person: Person) =>
      (await person.get<{ items: { id: string }[] }>('/access-requests?scope=review&limit=200')).body.items.map(({ id }) => id);
    expect(await queue(reviewer)).toContain(usual.body.id);
    expect(await queue(reviewer)).not.toContain(body.id);
    expect(await queue(its.admin)).toContain(body.id);

    const publisher = await its.person('Licensor');
    await its.admin.post('/roles', { email: publisher.email, role: 'publisher', publisher: 'demo-lab' });
    expect(await queue(publisher)).toContain(body.id);
    expect(await queue(publisher)).not.toContain(usual.body.id);
    expect((await publisher.post(`/access-requests/${body.id}/reject`, { reason: 'Not now.' })).status).toBe(200);
  });

  test('a suspension by staff is not lifted by accepting other terms', async () => {
    const ada = await its.person();
    const standard = await ada.accept('by-assent');
    await its.admin.post(`/grants/${standard}/suspend`, { reason: 'We look into it.' });
    await expect(obtain(ada, 'by-assent', 'not-around')).rejects.toThrow('grant-suspended');
    expect((await ada.get(`/grants/${standard}`)).body).toMatchObject({ state: 'suspended' });
  });

  test('whose special license was revoked is not let in again by accepting the standard one', async () => {
    const ada = await its.person();
    const grant = await obtain(ada, 'by-assent', 'revoked-terms');
    await its.admin.post(`/grants/${grant}/revoke`, { reason: 'It leaked.' });
    expect(refusalIn(await ada.post('/presentations', { model: 'by-assent' }))).toBe('403 grant-revoked');
  });

  test('a renewal of a grant under a special license is judged by that one, and goes on under it', async () => {
    const ada = await its.person();
    const grant = await obtain(ada, 'by-application', 'renewed-terms');
    const licensee = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
    const draft = await ada.post<{ id: string }>('/access-requests', {
      model: 'by-application',
      kind: 'renewal',
      licensee,
      answers: LARGE,
      useStatement: 'We served a billion users.',
    });
    await ada.post(`/access-requests/${draft.body.id}/submit`);
    expect((await its.admin.post(`/access-requests/${draft.body.id}/approve`)).status).toBe(200);
    const periods = await its.database.query('SELECT 1 FROM grant_period WHERE grant_id = $1', [grant]);
    expect(periods).toHaveLength(2);
  });

  test('a grant lasts no longer than the license’s own term', async () => {
    await publishModel(its.admin, 'short-term', 'assent', {
      text: 'It ends after ninety days.',
      clauses: [{ kind: 'term', parameters: { days: 90 }, quote: 'after ninety days' }],
    });
    const ada = await its.person();
    const grant = await ada.accept('short-term');
    const { body } = await ada.get<{ from: string; until: string }>(`/grants/${grant}`);
    expect(Math.round((Date.parse(body.until) - Date.parse(body.from)) / 86_400_000)).toBe(90);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['of no license', { licensee: 'LICENSEE', base: 'nothing' }, '404 not-found'],
    ['of nobody', { licensee: '00000000-0000-4000-8000-000000000000', base: 'by-assent-license' }, '404 not-found'],
    ['of another special one', { licensee: 'LICENSEE', base: 'for-ada' }, '404 not-found'],
    ['with a word too many', { licensee: 'LICENSEE', base: 'by-assent-license', kind: 'special' }, '400 malformed-request'],
  ])('a special license %s is refused', async (_, special, refusal) => {
    const [row] = await its.database.query<{ id: string }>('SELECT id FROM licensee LIMIT 1');
    const named = { ...special, licensee: special['licensee'] === 'LICENSEE' ? row!.id : special['licensee'] };
    const answer = await its.admin.post('/licenses', { publisher: 'demo-lab', slug: 'refused-one', title: 'No', special: named });
    expect(refusalIn(answer)).toBe(refusal);
  });

  test('an open model knows no requests at all, and one special license is asked for at a time', async () => {
    const ada = await its.person();
    expect(refusalIn(await ask(ada, 'for-all'))).toBe('409 request-not-needed');
    expect(refusalIn(await ask(ada, 'by-assent', {}, 'access'))).toBe('409 request-not-needed');
    await ask(ada, 'by-assent');
    expect(refusalIn(await ask(ada, 'by-assent'))).toBe('409 request-open');
    const bob = await its.person();
    const grant = await obtain(bob, 'by-assent', 'held-terms');
    expect(refusalIn(await ask(bob, 'by-assent'))).toBe('409 already-granted');
    await ageRow(
      its.database,
      'grant_period',
      `valid_from = now() - interval '2 days', valid_until = now() - interval '1 day'`,
      `grant_id = '${grant}'`,
    );
    expect((await ask(bob, 'by-assent')).status).toBe(201);
  });
});
