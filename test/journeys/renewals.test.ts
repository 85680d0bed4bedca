import type { Person } from '../support/person.js';
import { publishModel } from '../support/licenses.js';
import { ageRow, portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn } from '../support/problems.js';

const LICENSEE = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };

interface Renewal {
  id: string;
  kind: string;
  previous: string | null;
  useStatement: string | null;
  answersHash: string;
}

describe('renewal', () => {
  const its = portalUnderTest();
  let models = 0;

  const modelFor = async (days: number | null = 100) => {
    const model = `renewed-${(models += 1)}`;
    await publishModel(its.admin, model, 'application');
    await its.admin.post(`/models/${model}/terms`, { admission: 'application', license: `${model}-license`, grantDays: days });
    return model;
  };
  const ask = (person: Person, model: string, more: object = {}) =>
    person.post<Renewal>('/access-requests', { model, kind: 'renewal', licensee: LICENSEE, useStatement: 'Two papers.', ...more });
  const until = async (person: Person, grant: string) => Date.parse((await person.get<{ until: string }>(`/grants/${grant}`)).body.until);
  const end = (grant: string) =>
    ageRow(
      its.database,
      'grant_period',
      `valid_from = now() - interval '2 days', valid_until = now() - interval '1 day'`,
      `grant_id = '${grant}'`,
    );

  test('before the end it appends a period to the same grant: links go on', async () => {
    const model = await modelFor();
    const ada = await its.person();
    const grant = await ada.obtainGrant(its.admin, model);
    const { artifacts } = await ada.links(grant, { release: 'first' });
    const before = await until(ada, grant);
    const first = await its.database.query<{ id: string }>('SELECT request_id AS id FROM access_grant WHERE id = $1', [grant]);
    const { body } = await ask(ada, model);
    expect(body).toMatchObject({ kind: 'renewal', previous: first[0]!.id, useStatement: 'Two papers.' });
    await ada.post(`/access-requests/${body.id}/submit`);
    expect((await its.admin.post(`/access-requests/${body.id}/approve`)).body).toMatchObject({ state: 'approved' });
    expect((await until(ada, grant)) - before).toBe(100 * 86_400_000);
    expect((await ada.get<{ items: object[] }>(`/grants?model=${model}`)).body.items).toHaveLength(1);
    expect((await fetch(artifacts[0]!.url)).status).toBe(200);
    const [mail] = await its.database.query<{ subject: string }>(
      'SELECT subject FROM mail WHERE recipient = $1 ORDER BY created_at DESC, id DESC LIMIT 1',
      [ada.email],
    );
    expect(mail!.subject).toBe(`Your access to ${model} is renewed`);
    const periods = await its.database.query(
      'SELECT decision_id IS NOT NULL AS renewed FROM grant_period WHERE grant_id = $1 ORDER BY valid_from',
      [grant],
    );
    expect(periods).toEqual([{ renewed: false }, { renewed: true }]);
  });

  test('after the end it opens a new grant, which waits for the acceptance', async () => {
    const model = await modelFor();
    const ada = await its.person();
    const grant = await ada.obtainGrant(its.admin, model);
    await end(grant);
    const { body } = await ask(ada, model);
    await ada.post(`/access-requests/${body.id}/submit`);
    await its.admin.post(`/access-requests/${body.id}/approve`);
    const renewed = await ada.accept(model);
    expect(renewed).not.toBe(grant);
    expect((await ada.get(`/grants/${grant}`)).body).toMatchObject({ state: 'expired' });
  });

  test('another license in force: the grant stays under its own to its end, the renewal opens one under the new', async () => {
    const model = await modelFor();
    const ada = await its.person();
    const grant = await ada.obtainGrant(its.admin, model);
    const before = await until(ada, grant);
    await its.admin.post(`/models/${model}/terms`, { admission: 'application', license: 'sample-community' });
    const { body } = await ask(ada, model);
    await ada.post(`/access-requests/${body.id}/submit`);
    await its.admin.post(`/access-requests/${body.id}/approve`);
    expect(await until(ada, grant)).toBe(before);
    expect((await ada.get<{ items: object[] }>(`/grants?model=${model}`)).body.items).toMatchObject([
      { state: 'pending-acceptance', license: 'sample-community' },
      { state: 'active', license: `${model}-license` },
    ]);
  });

  test('the use statement is required, sealed, and part of what reviewers decide on', async () => {
    const model = await modelFor();
    const ada = await its.person();
    await ada.obtainGrant(its.admin, model);
    const { body } = await ask(ada, model, { useStatement: undefined });
    expect(problemIn(await ada.post(`/access-requests/${body.id}/submit`))).toMatchObject({
      code: 'answers-unfit',
      faults: [{ field: 'useStatement', why: 'must be answered' }],
    });
    const edit = (more: object) => ada.call<Renewal>('PATCH', `/access-requests/${body.id}`, { body: { answers: {}, ...more } });
    const [one, two] = [await edit({ useStatement: 'One paper.' }), await edit({ useStatement: 'Two papers.' })];
    expect(one.body.answersHash).not.toBe(two.body.answersHash);
    expect((await edit({})).body).toMatchObject({ useStatement: 'Two papers.', answersHash: two.body.answersHash });
    const rows = await its.database.query<{ sealed: string }>(
      `SELECT encode(ciphertext, 'escape') AS sealed FROM sealed_record WHERE kind = 'statement'`,
    );
    expect(rows.map(({ sealed }) => sealed).join()).not.toContain('papers');
    expect((await ada.post(`/access-requests/${body.id}/submit`)).status).toBe(200);
  });

  test.each<[string, string, (ada: Person, model: string) => Promise<unknown>]>([
    ['never held a grant', '409 renewal-unfit', async () => undefined],
    [
      'a revoked grant',
      '409 renewal-unfit',
      async (ada, model) => its.admin.post(`/grants/${await ada.obtainGrant(its.admin, model)}/revoke`, { reason: 'Leak.' }),
    ],
    [
      'a suspended grant',
      '403 grant-suspended',
      async (ada, model) => its.admin.post(`/grants/${await ada.obtainGrant(its.admin, model)}/suspend`, { reason: 'Look.' }),
    ],
  ])('%s is not renewed', async (_, refusal, prepare) => {
    const model = await modelFor();
    const ada = await its.person();
    await prepare(ada, model);
    expect(refusalIn(await ask(ada, model))).toBe(refusal);
  });

  test('a grant without end needs none; access is not asked for with a statement; `previous` must be one’s own', async () => {
    const endless = await modelFor(null);
    const [ada, ben] = [await its.person(), await its.person()];
    await ada.obtainGrant(its.admin, endless);
    expect(refusalIn(await ask(ada, endless))).toBe('409 renewal-unfit');
    const model = await modelFor();
    expect(refusalIn(await ask(ada, model, { kind: 'access' }))).toBe('400 malformed-request');
    const grant = await ada.obtainGrant(its.admin, model);
    await ben.obtainGrant(its.admin, model);
    const [request] = await its.database.query<{ id: string }>('SELECT request_id AS id FROM access_grant WHERE id = $1', [grant]);
    expect(refusalIn(await ask(ben, model, { previous: request!.id }))).toBe('404 not-found');
  });
});
