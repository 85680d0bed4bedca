import type { Person } from '../support/person.js';
import { ageRow, portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn, tally } from '../support/problems.js';

const LICENSEE = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
const DRAFT = { model: 'demo-llama', licensee: LICENSEE, answers: {} };

describe('access requests', () => {
  const its = portalUnderTest();
  let other: Person & { email: string };

  beforeAll(async () => {
    other = await its.person('Another Reviewer');
    await its.admin.post('/roles', { email: other.email, role: 'reviewer' });
  });

  const submitted = async (person: Person, answers: object = {}) => {
    const { body } = await person.post<{ id: string }>('/access-requests', { ...DRAFT, answers });
    await person.post(`/access-requests/${body.id}/submit`);
    return body.id;
  };
  const count = async (table: string) => Number((await its.database.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`))[0]!.n);

  test('a repeated command is 409 with the state; with an Idempotency-Key it is the same answer', async () => {
    const ada = await its.person();
    const id = await submitted(ada);
    expect(problemIn(await ada.post(`/access-requests/${id}/submit`))).toMatchObject({
      status: 409,
      code: 'request-state',
      state: 'submitted',
    });
    const withdraw = () => ada.post(`/access-requests/${id}/withdraw`, {}, { 'idempotency-key': 'withdraw' });
    const [first, second] = [await withdraw(), await withdraw()];
    expect([second.status, second.text, second.headers.get('idempotent-replayed')]).toEqual([first.status, first.text, 'true']);
  });

  test('the same key is one request: the same body gets the same answer, another body none, at once one of them', async () => {
    const ada = await its.person();
    const before = await count('access_request');
    const draft = (body: object, key: string) => ada.post<{ id: string }>('/access-requests', body, { 'idempotency-key': key });
    const [first, second] = [await draft(DRAFT, 'k1'), await draft(DRAFT, 'k1')];
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect(await count('access_request')).toBe(before + 1);
    expect(refusalIn(await draft({ ...DRAFT, answers: { use: 'chat' } }, 'k1'))).toBe('422 idempotency-mismatch');
    expect(problemIn(await draft(DRAFT, 'k2'))).toMatchObject({
      status: 409,
      code: 'request-open',
      request: first.body.id,
      state: 'draft',
    });
    // The refusal changed nothing, so its key is free once the cause is mended.
    await ada.post(`/access-requests/${first.body.id}/withdraw`);
    const many = await Promise.all(Array.from({ length: 6 }, () => draft(DRAFT, 'k2')));
    expect(many.filter(({ status }) => status !== 201).map(refusalIn)).toEqual(
      many.filter(({ status }) => status !== 201).map(() => '409 idempotency-in-progress'),
    );
    expect(await count('access_request')).toBe(before + 2);
    expect((await draft(DRAFT, 'k2')).headers.get('idempotent-replayed')).toBe('true');
  });

  test.each(['', 'x'.repeat(201), 'two words', 'ü'])('the key %j is none', async (key) => {
    expect(refusalIn(await other.post('/access-requests', DRAFT, { 'idempotency-key': key }))).toBe('400 malformed-request');
  });

  test('a repeated answer is of the same media type, and another type is another request', async () => {
    const links = (accept: string) =>
      other.post('/models/demo-llama-open/releases/tiny-f32/links', {}, { accept, 'idempotency-key': 'lines' });
    const [first, second] = [await links('text/tab-separated-values'), await links('text/tab-separated-values')];
    expect(first.headers.get('content-type')).toBe('text/tab-separated-values; charset=utf-8');
    expect([second.text, second.headers.get('content-type'), second.headers.get('idempotent-replayed')]).toEqual([
      first.text,
      first.headers.get('content-type'),
      'true',
    ]);
    expect(refusalIn(await links('application/json'))).toBe('422 idempotency-mismatch');
  });

  test('another person’s key is another key', async () => {
    const [ada, eve] = [await its.person(), await its.person()];
    const answers = await Promise.all(
      [ada, eve].map((person) => person.post<{ id: string }>('/access-requests', DRAFT, { 'idempotency-key': 'shared' })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]!.body.id).not.toBe(answers[1]!.body.id);
  });

  test('two drafts at once are one request', async () => {
    const ada = await its.person();
    expect(tally(await Promise.all(Array.from({ length: 5 }, () => ada.post('/access-requests', DRAFT))))).toEqual({ 201: 1, 409: 4 });
  });

  test('two reviewers at once: one decides, the other is told the state', async () => {
    for (let round = 0; round < 3; round += 1) {
      const id = await submitted(await its.person());
      const answers = await Promise.all([
        its.admin.post(`/access-requests/${id}/approve`),
        other.post(`/access-requests/${id}/reject`, { reason: 'because' }),
      ]);
      expect(tally(answers)).toEqual({ 200: 1, 409: 1 });
      const decided = answers.find(({ status }) => status === 200)!.body['state'];
      expect(problemIn(answers.find(({ status }) => status === 409)!)).toMatchObject({ code: 'request-state', state: decided });
      expect(await its.database.query('SELECT 1 FROM decision WHERE request_id = $1', [id])).toHaveLength(1);
    }
  });

  test('nobody decides for themselves, and an applicant decides nothing', async () => {
    const own = await submitted(other);
    expect(refusalIn(await other.post(`/access-requests/${own}/approve`))).toBe('403 own-request');
    const ada = await its.person();
    expect(refusalIn(await ada.post(`/access-requests/${await submitted(ada)}/approve`))).toBe('403 role-missing');
  });

  test('what the reviewer saw must be what stands', async () => {
    const ada = await its.person();
    const id = await submitted(ada, { purpose: 'chat' });
    const seen = (await its.admin.get(`/access-requests/${id}`)).body;
    await its.admin.post(`/access-requests/${id}/return`, { reason: 'Say more.' });
    await ada.call('PATCH', `/access-requests/${id}`, { body: { answers: { purpose: 'research' } } });
    await ada.post(`/access-requests/${id}/submit`);
    const stale = await its.admin.post(`/access-requests/${id}/approve`, { seen: { answersHash: seen['answersHash'] } });
    expect(problemIn(stale)).toMatchObject({ status: 409, code: 'seen-outdated', state: 'submitted' });
    const { answersHash, licenseVersion } = problemIn(stale);
    expect((await its.admin.post(`/access-requests/${id}/approve`, { seen: { answersHash, licenseVersion } })).body['state']).toBe(
      'approved',
    );
  });

  test('two approvals are two accounts on the same answers; a return voids the first', async () => {
    await its.admin.post('/models/demo-llama/terms', { admission: 'application', license: 'sample-community', approvals: 2 });
    const ada = await its.person();
    const id = await submitted(ada);
    const approve = (reviewer: Person) => reviewer.post(`/access-requests/${id}/approve`);
    expect((await approve(its.admin)).body['state']).toBe('in-review');
    expect(refusalIn(await approve(its.admin))).toBe('409 request-state');
    await other.post(`/access-requests/${id}/return`, { reason: 'Say more.' });
    await ada.post(`/access-requests/${id}/submit`);
    expect((await approve(other)).body).toMatchObject({ state: 'in-review', grant: null });
    expect((await approve(its.admin)).body).toMatchObject({ state: 'approved', grant: expect.any(String) });
    await its.admin.post('/models/demo-llama/terms', { admission: 'application', license: 'sample-community' });
  });

  test('one appeal, before its deadline, decided by another reviewer; both decisions remain', async () => {
    const ada = await its.person();
    const id = await submitted(ada);
    await other.post(`/access-requests/${id}/reject`, { reason: 'No.' });
    expect((await ada.post(`/access-requests/${id}/appeal`, { reason: 'Look again.' })).body['state']).toBe('appealed');
    expect(refusalIn(await other.post(`/access-requests/${id}/reject`, { reason: 'No.' }))).toBe('403 appeal-reviewer');
    const { body } = await its.admin.post(`/access-requests/${id}/reject`, { reason: 'No, again.' });
    expect(body['decisions']).toMatchObject([
      { outcome: 'reject', reason: 'No.' },
      { outcome: 'reject', reason: 'No, again.' },
    ]);
    expect(refusalIn(await ada.post(`/access-requests/${id}/appeal`, { reason: 'And again.' }))).toBe('409 appeal-closed');
  });

  test('the only reviewer there is may decide the appeal too', async () => {
    const ada = await its.person();
    const id = await submitted(ada);
    await its.admin.post(`/access-requests/${id}/reject`, { reason: 'No.' });
    await ada.post(`/access-requests/${id}/appeal`, { reason: 'Look again.' });
    expect(refusalIn(await its.admin.post(`/access-requests/${id}/approve`))).toBe('403 appeal-reviewer');
    await its.database.query(`UPDATE role_assignment SET valid_until = now() WHERE role = 'reviewer'`);
    expect((await its.admin.post(`/access-requests/${id}/approve`)).status).toBe(200);
    await its.admin.post('/roles', { email: other.email, role: 'reviewer' });
  });

  test('an appeal after the deadline is closed', async () => {
    const ada = await its.person();
    const id = await submitted(ada);
    await other.post(`/access-requests/${id}/reject`, { reason: 'No.' });
    await ageRow(its.database, 'access_request', `appeal_until = now() - interval '1 second'`, `id = '${id}'`);
    expect(refusalIn(await ada.post(`/access-requests/${id}/appeal`, { reason: 'Late.' }))).toBe('409 appeal-closed');
  });

  test('answers against a clause are refused, with the clause and the way on, at submit and at approve', async () => {
    const ada = await its.person();
    const { body } = await ada.post<{ id: string }>('/access-requests', {
      ...DRAFT,
      answers: { intendedUses: ['product'], monthlyActiveUsers: 700_000_001 },
    });
    expect(problemIn(await ada.post(`/access-requests/${body.id}/submit`))).toMatchObject({
      status: 403,
      code: 'ineligible',
      specialLicense: true,
      clause: { kind: 'monthly-active-users' },
    });
    await its.database.query(`UPDATE access_request SET state = 'submitted' WHERE id = $1`, [body.id]);
    expect(refusalIn(await other.post(`/access-requests/${body.id}/approve`))).toBe('403 ineligible');
    expect(await its.database.query('SELECT 1 FROM decision WHERE request_id = $1', [body.id])).toEqual([]);
  });
});
