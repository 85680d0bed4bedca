import { OrganizationUnderTest } from '../support/organization.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { accountOf, erase, untilErasure, type Erasure } from '../support/privacy.js';
import { problemIn, refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';

describe('the erasure of somebody whom others rely on', () => {
  const its = portalUnderTest();
  const rows = (text: string, ...values: unknown[]) => its.database.query(text, values);

  test('the last officer of others must make one of them an officer first', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const grace = await lab.join();
    const preview = await lab.officer.get<Erasure>('/me/erasure');
    expect(preview.body.obstacles).toMatchObject([{ code: 'last-officer', organization: lab.id }]);
    expect(problemIn(await erase(lab.officer))).toMatchObject({ code: 'last-officer', detail: expect.stringContaining('Example Lab') });
    expect((await lab.officer.get('/me')).status).toBe(200);
    expect(await rows('SELECT FROM erasure WHERE account_id = $1', await accountOf(its.database, lab.officer.email))).toEqual([]);

    const member = await lab.member(grace);
    await lab.officer.post(`${lab.path}/members/${member.id}/role`, { role: 'officer' });
    expect((await erase(lab.officer)).status).toBe(200);
    expect((await grace.get<{ members: unknown[] }>(lab.path)).body.members).toHaveLength(1);
  });

  test('an officer’s acceptance stays current, seats pass on, and the name is kept while the grant goes on', async () => {
    const lab = await OrganizationUnderTest.found(its, 'Seated Lab');
    const grace = await lab.join('officer');
    const grant = await lab.accept(lab.officer, 'demo-llama-assent');
    const seat = await lab.seat();
    const answer = await erase(lab.officer);
    expect(answer.body).toMatchObject({ state: 'minimum-kept', kept: [{ why: 'retention' }] });
    // Ten years from the end of the grant, which goes on for one.
    expect(Date.parse(answer.body.kept[0]!.until!) - Date.now()).toBeGreaterThan((3650 + 360) * 86_400_000);
    expect((await grace.get(`/grants/${grant}`)).body).toMatchObject({ state: 'active' });
    expect((await grace.post(`/grants/${grant}/links`, { release: 'tiny-f32' })).status).toBe(201);
    const seats = await grace.get<{ items: { id: string; custodian: string }[] }>(`${lab.path}/seats`);
    expect(seats.body.items).toMatchObject([{ id: seat.id, custodian: await membershipOf(lab.id, grace.email) }]);
    const response = await fetch(`${its.url}/api/v1/me`, { headers: { authorization: `Bearer ${seat.token}` } });
    expect(response.status).toBe(200);
  });

  test('an organization of which nobody else is a member ends with its only one', async () => {
    const lab = await OrganizationUnderTest.found(its, 'Lone Lab');
    const grant = await lab.accept(lab.officer, 'demo-llama-assent');
    const seat = await lab.seat();
    expect((await lab.officer.get<Erasure>('/me/erasure')).body.ends.find(({ part }) => part === 'organizations')).toMatchObject({
      count: 1,
    });
    expect((await erase(lab.officer)).body).toMatchObject({ state: 'minimum-kept', kept: [{ why: 'retention' }] });
    expect((await its.admin.get(`/grants/${grant}`)).body).toMatchObject({ state: 'revoked' });
    const response = await fetch(`${its.url}/api/v1/me`, { headers: { authorization: `Bearer ${seat.token}` } });
    expect(response.status).toBe(401);
  });

  test('the dossier of an organization is its officers’ and staff’s, for it tells of all who signed', async () => {
    const lab = await OrganizationUnderTest.found(its, 'Filed Lab');
    const grace = await lab.join();
    await lab.accept(lab.officer, 'demo-llama-assent');
    const path = `/licensees/${lab.licenseeId}/dossier.zip`;
    await until('the dossier', 30_000, async () => (await lab.officer.get(path)).status === 200);
    expect(refusalIn(await grace.get(path))).toBe('404 not-found');
    expect((await its.admin.get(path)).status).toBe(200);
  });

  test('a seat cannot ask for it, nor for its custodian’s data', async () => {
    const lab = await OrganizationUnderTest.found(its, 'Asking Lab');
    const { token } = await lab.seat();
    const seat = await its.person();
    seat.cookies.clear();
    seat.token = token;
    expect(refusalIn(await seat.get('/me/erasure'))).toBe('403 seat-cannot');
    expect(refusalIn(await erase(seat))).toBe('403 seat-cannot');
    expect(refusalIn(await seat.get('/me/export'))).toBe('403 seat-cannot');
    expect(refusalIn(await seat.get(`/licensees/${lab.licenseeId}/dossier.zip`))).toBe('403 seat-cannot');
  });

  test('open requests are withdrawn, and what a reviewer had in hand goes back to all', async () => {
    const ada = await its.person();
    const licensee = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
    const { body } = await ada.post<{ id: string }>('/access-requests', { model: 'demo-llama', licensee, answers: {} });
    await ada.post(`/access-requests/${body.id}/submit`);
    const rita = await its.person();
    await its.admin.post('/roles', { email: rita.email, role: 'reviewer' });
    const other = await its.person();
    const second = await other.post<{ id: string }>('/access-requests', { model: 'demo-llama', licensee, answers: {} });
    await other.post(`/access-requests/${second.body.id}/submit`);
    await rita.post(`/access-requests/${second.body.id}/review`);
    expect((await erase(ada)).body.state).toBe('erased');
    expect((await its.admin.get(`/access-requests/${body.id}`)).body).toMatchObject({ state: 'withdrawn' });
    expect(refusalIn(await its.admin.post(`/access-requests/${body.id}/notes`, { text: 'Was this Ada?' }))).toBe('410 erased');
    expect((await erase(rita)).body.state).toBe('erased');
    expect(await rows('SELECT FROM access_request WHERE assigned_to IS NOT NULL')).toEqual([]);
    expect((await its.admin.get(`/access-requests/${second.body.id}`)).status).toBe(200);
  });

  test('a hold on somebody who accepted nothing keeps the last step back all the same', async () => {
    const ada = await its.person();
    const account = await accountOf(its.database, ada.email);
    const hold = await its.admin.post<{ id: string }>('/holds', { scope: 'account', subject: account, reason: 'A case is pending.' });
    expect((await erase(ada)).body).toMatchObject({ state: 'minimum-kept', kept: [] });
    await its.admin.post(`/holds/${hold.body.id}/lift`, { reason: 'The case is closed.' });
    await untilErasure(its.database, account, 'erased');
  });

  test('the last administrator stays until there is another', async () => {
    expect(refusalIn(await erase(its.admin, { method: 'password', password: 'correct-horse-battery' }))).toBe('409 last-administrator');
    const second = await its.person();
    await its.admin.post('/roles', { email: second.email, role: 'admin' });
    const answers = await Promise.all([erase(its.admin, { method: 'password', password: 'correct-horse-battery' }), erase(second)]);
    const left = await rows(`SELECT FROM role_assignment WHERE role = 'admin' AND valid_until IS NULL`);
    expect(left).toHaveLength(1);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    // Whoever was refused has asked for nothing that could be done later.
    expect(await rows(`SELECT FROM erasure WHERE state = 'requested'`)).toEqual([]);
  });

  async function membershipOf(organization: string, email: string): Promise<string> {
    const [row] = await its.database.query<{ id: string }>(
      'SELECT m.id FROM membership m JOIN person p USING (account_id) WHERE m.organization_id = $1 AND p.email = $2',
      [organization, email],
    );
    return row!.id;
  }
});
