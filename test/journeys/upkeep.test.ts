import { addVersion, publishModel } from '../support/licenses.js';
import type { Person } from '../support/person.js';
import { ageRow, portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';

const LICENSEE = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };

describe('what grants ask of people as time passes', () => {
  const its = portalUnderTest();
  let models = 0;

  const modelOf = async (terms: object = {}) => {
    const model = `kept-up-${(models += 1)}`;
    await publishModel(its.admin, model, 'application');
    await its.admin.post(`/models/${model}/terms`, { admission: 'application', license: `${model}-license`, ...terms });
    return model;
  };
  const submitted = async (person: Person, model: string, answers: object = {}) => {
    const { body } = await person.post<{ id: string }>('/access-requests', { model, licensee: LICENSEE, answers });
    await person.post(`/access-requests/${body.id}/submit`);
    return body.id;
  };
  const subjects = async (email: string) =>
    (await its.database.query<{ subject: string }>('SELECT subject FROM mail WHERE recipient = $1 ORDER BY created_at, id', [email])).map(
      ({ subject }) => subject,
    );
  const arrived = (email: string, subject: string, count = 1) =>
    until(
      `${count} × ${subject} to ${email}`,
      15_000,
      async () => (await subjects(email)).filter((one) => one === subject).length === count,
    );
  const endsIn = (grant: string, time: string) =>
    ageRow(
      its.database,
      'grant_period',
      `valid_from = now() - interval '1 year', valid_until = now() + interval '${time}'`,
      `grant_id = '${grant}'`,
    );

  test('a pending approval and an ending grant are reminded of, each twice and no more', async () => {
    const model = await modelOf();
    const ada = await its.person();
    const id = await submitted(ada, model);
    await its.admin.post(`/access-requests/${id}/approve`);
    const lapses = (time: string) =>
      its.database.query(`UPDATE access_grant SET pending_until = now() + interval '${time}' WHERE request_id = $1`, [id]);
    await lapses('9 days');
    await arrived(ada.email, `Your approval for ${model} lapses soon`);
    const grant = await ada.accept(model);
    await endsIn(grant, '5 days');
    await arrived(ada.email, `Your access to ${model} ends soon`);
    expect(await its.database.query('SELECT kind FROM grant_reminder WHERE grant_id = $1 ORDER BY kind', [grant])).toEqual(
      ['acceptance-10', 'renewal-30', 'renewal-7'].map((kind) => ({ kind })),
    );
  });

  test('once a grant has ended a deletion statement is asked for; reviewers see what is outstanding', async () => {
    const model = await modelOf();
    const [ada, ben] = [await its.person(), await its.person()];
    const [expired, revoked] = [await ada.obtainGrant(its.admin, model), await ben.obtainGrant(its.admin, model)];
    expect(refusalIn(await ada.post(`/grants/${expired}/deletion-statement`, { deleted: true }))).toBe('409 deletion-not-asked');
    await ageRow(
      its.database,
      'grant_period',
      `valid_from = now() - interval '1 year', valid_until = now() - interval '1 day'`,
      `grant_id = '${expired}'`,
    );
    await its.admin.post(`/grants/${revoked}/revoke`, { reason: 'Leak.' });
    for (const person of [ada, ben])
      await arrived(person.email, `Your access to ${model} has ended: please state that the copies are deleted`);
    const outstanding = async () =>
      (await its.admin.get<{ items: object[] }>(`/deletion-statements?scope=review&model=${model}&state=outstanding`)).body.items;
    expect((await outstanding()).length).toBe(2);
    const reviewer = await its.person();
    const seen = async () => (await reviewer.get<{ items: object[] }>('/deletion-statements?scope=review')).body.items.length;
    expect(await seen()).toBe(0);
    await its.admin.post('/roles', { email: reviewer.email, role: 'reviewer', model });
    expect(await seen()).toBe(2);
    expect(refusalIn(await ben.post(`/grants/${expired}/deletion-statement`, { deleted: true }))).toBe('404 not-found');
    expect(refusalIn(await ada.post(`/grants/${expired}/deletion-statement`, { deleted: false }))).toBe('400 malformed-request');
    const stated = await ada.post(`/grants/${expired}/deletion-statement`, { deleted: true, statement: 'Wiped both disks.' });
    expect(stated.body).toMatchObject({ state: 'stated', cause: 'expired', statement: 'Wiped both disks.' });
    expect(problemIn(await ada.post(`/grants/${expired}/deletion-statement`, { deleted: true }))).toMatchObject({
      code: 'deletion-not-asked',
      state: 'stated',
    });
    expect(await outstanding()).toMatchObject([{ grant: revoked, cause: 'revoked' }]);
    expect((await ada.get<{ items: object[] }>('/deletion-statements')).body.items).toHaveLength(1);
    const again = await submitted(ben, model);
    expect((await its.admin.get(`/access-requests/${again}/review`)).body).toMatchObject({
      hints: { outstandingDeletions: 1, revokedGrants: 1 },
    });
    await its.admin.post(`/access-requests/${again}/approve`);
    await ben.accept(model);
    expect(await outstanding()).toEqual([]);
  });

  test('a licensee is told, with the reason, when staff change what they hold', async () => {
    const model = await modelOf();
    const ada = await its.person();
    const grant = await ada.obtainGrant(its.admin, model);
    for (const command of ['suspend', 'resume', 'revoke']) await its.admin.post(`/grants/${grant}/${command}`, { reason: 'A look at it.' });
    const told = (await subjects(ada.email)).filter((subject) => subject.startsWith(`Your access to ${model}`));
    expect(told).toEqual(['is suspended', 'goes on', 'was revoked'].map((what) => `Your access to ${model} ${what}`));
    const [mail] = await its.database.query<{ body: string }>(`SELECT body FROM mail WHERE recipient = $1 AND subject LIKE '%revoked'`, [
      ada.email,
    ]);
    expect(mail!.body).toContain('A look at it.');
  });

  test('another verified address or affiliation makes reviewers look at the grants again', async () => {
    const model = await modelOf();
    const reviewer = await its.person();
    await its.admin.post('/roles', { email: reviewer.email, role: 'reviewer', model });
    const ada = await its.person();
    const grant = await ada.obtainGrant(its.admin, model);
    const open = async () => (await reviewer.get<{ items: { id: string; cause: string }[] }>('/grant-reviews?state=open')).body.items;
    await ada.call('PATCH', '/me/profile', { body: { name: 'Ada King' } });
    expect(await open()).toEqual([]);
    await ada.call('PATCH', '/me/profile', { body: { organization: 'Another Lab' } });
    await ada.call('PATCH', '/me/profile', { body: { organization: 'A Third Lab' } });
    expect(await open()).toMatchObject([{ grant, cause: 'affiliation-changed', state: 'open' }]);
    expect(await subjects(reviewer.email)).toContain(`A licensee of ${model} has changed`);
    const changed = `moved-${ada.email}`;
    expect((await ada.post('/me/email', { email: changed })).body).toEqual({ state: 'mailed' });
    const [mail] = await its.database.query<{ body: string }>('SELECT body FROM mail WHERE recipient = $1', [changed]);
    const token = /#token=([\w-]+)/.exec(mail!.body)![1];
    expect((await ada.get('/me')).body).toMatchObject({ email: ada.email });
    expect((await ada.post('/email-verification', { token })).body).toEqual({ state: 'verified' });
    expect((await ada.get('/me')).body).toMatchObject({ email: changed, state: 'verified' });
    expect(refusalIn(await ada.post('/email-verification', { token }))).toBe('410 single-use-link');
    expect(await subjects(ada.email)).toContain('Your e-mail address has changed');
    const [first, second] = await open();
    expect(second ?? first).toMatchObject({ grant });
    expect(refusalIn(await ada.post(`/grant-reviews/${first!.id}/close`, { note: 'Fine.' }))).toBe('404 not-found');
    expect((await reviewer.post(`/grant-reviews/${first!.id}/close`, { note: 'Asked; stands.' })).body).toMatchObject({
      state: 'closed',
      note: 'Asked; stands.',
    });
    expect(refusalIn(await reviewer.post(`/grant-reviews/${first!.id}/close`, { note: 'Again.' }))).toBe('409 grant-state');
    expect(await open()).toHaveLength(1);
  });

  test('another country in a later request is a change of affiliation too', async () => {
    const [model, other] = [await modelOf(), await modelOf()];
    const ada = await its.person();
    const grant = await ada.obtainGrant(its.admin, model);
    const reviews = async () => (await its.admin.get<{ items: object[] }>(`/grant-reviews?model=${model}`)).body.items;
    await ada.post('/access-requests', { model: other, licensee: LICENSEE });
    expect(await reviews()).toEqual([]);
    await ada.post('/presentations', { model: 'demo-llama-assent', licensee: { ...LICENSEE, country: 'FR' } });
    expect(await reviews()).toMatchObject([{ grant, cause: 'affiliation-changed' }]);
  });

  test('an address that somebody else has by now cannot be taken', async () => {
    const [ada, ben] = [await its.person(), await its.person()];
    await ada.post('/me/email', { email: ben.email });
    const [mail] = await its.database.query<{ body: string }>(
      `SELECT body FROM mail WHERE recipient = $1 AND subject LIKE 'Confirm your new%'`,
      [ben.email],
    );
    const token = /#token=([\w-]+)/.exec(mail!.body)![1];
    expect(refusalIn(await ben.post('/email-verification', { token }))).toBe('410 single-use-link');
    expect((await ada.get('/me')).body).toMatchObject({ email: ada.email });
  });

  test('a license version that comes into force returns the requests that it speaks against, with the clause, their place kept', async () => {
    const model = await modelOf();
    const [ada, ben] = [await its.person(), await its.person()];
    const [large, small] = [
      await submitted(ada, model, { monthlyActiveUsers: 5000 }),
      await submitted(ben, model, { monthlyActiveUsers: 5 }),
    ];
    const before = (await ben.get<{ licenseVersion: string }>(`/access-requests/${small}`)).body.licenseVersion;
    const text = 'Above 1000 users ask us. The rest is free.';
    await addVersion(its.admin, `${model}-license`, {
      text,
      clauses: [{ kind: 'monthly-active-users', parameters: { threshold: 1000 }, quote: 'Above 1000 users ask us.' }],
    });
    await until('the request came back', 30_000, async () => (await ada.get(`/access-requests/${large}`)).body['state'] === 'returned');
    const { body } = await ada.get<{ decisions: { reason: string }[]; queue: { position: number } }>(`/access-requests/${large}`);
    expect(body.decisions[0]!.reason).toContain('“Above 1000 users ask us.”');
    expect(body.queue.position).toBe(1);
    const after = (await ben.get<{ licenseVersion: string; state: string }>(`/access-requests/${small}`)).body;
    expect(after.state).toBe('submitted');
    expect(after.licenseVersion).not.toBe(before);
    expect(refusalIn(await its.admin.post(`/access-requests/${small}/approve`, { seen: { licenseVersion: before } }))).toBe(
      '409 seen-outdated',
    );
  });

  test('loosened admission closes open requests, and tells each applicant the next step', async () => {
    const model = await modelOf();
    const ada = await its.person();
    const id = await submitted(ada, model);
    await its.admin.post(`/models/${model}/terms`, { admission: 'assent', license: `${model}-license` });
    expect((await ada.get(`/access-requests/${id}`)).body).toMatchObject({ state: 'no-longer-needed' });
    expect(await subjects(ada.email)).toContain(`Your request for ${model} is no longer needed`);
  });

  test('reviewers are told what waits for them: arrivals, second approvals, appeals; the assigned one alone', async () => {
    const model = await modelOf({ approvals: 2 });
    const [rita, ralf, ada] = [await its.person(), await its.person(), await its.person()];
    for (const { email } of [rita, ralf]) await its.admin.post('/roles', { email, role: 'reviewer', model });
    const told = async (person: { email: string }) => (await subjects(person.email)).filter((subject) => subject.endsWith('waits for you'));
    const id = await submitted(ada, model);
    await rita.post(`/access-requests/${id}/approve`);
    expect([await told(rita), await told(ralf)]).toEqual([
      ['A request waits for you'],
      ['A request waits for you', 'A second approval waits for you'],
    ]);
    await ralf.post(`/access-requests/${id}/assign`, { reviewer: ralf.email });
    await ralf.post(`/access-requests/${id}/return`, { reason: 'Say more.' });
    await ada.post(`/access-requests/${id}/submit`);
    expect([(await told(rita)).length, (await told(ralf)).at(-1)]).toEqual([1, 'A corrected request waits for you']);
    await ralf.post(`/access-requests/${id}/reject`, { reason: 'No.' });
    await ada.post(`/access-requests/${id}/appeal`, { reason: 'Look again.' });
    expect((await told(rita)).at(-1)).toBe('An appeal waits for you');
    await rita.post(`/access-requests/${id}/review`);
    await ada.post(`/access-requests/${id}/withdraw`);
    const withdrawn = 'A request that you have in hand was withdrawn';
    expect([(await subjects(rita.email)).includes(withdrawn), (await subjects(ralf.email)).includes(withdrawn)]).toEqual([true, false]);
  });

  test('nobody was told anything twice', async () => {
    const twice = await its.database.query(
      `SELECT subject FROM mail WHERE subject ~ '(lapses|ends) soon|has ended' GROUP BY recipient, subject HAVING count(*) > 1`,
    );
    expect(twice).toEqual([]);
  });
});
