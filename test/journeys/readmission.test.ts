import { addVersion, publishModel } from '../support/licenses.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn } from '../support/problems.js';

describe('who is kept out stays out', () => {
  const its = portalUnderTest();

  test('acceptance alone does not let a revoked licensee in again', async () => {
    await publishModel(its.admin, 'assent-model');
    const ada = await its.person();
    const earlier = (await ada.post<{ id: string }>('/presentations', { model: 'assent-model' })).body.id;
    const grant = await ada.accept('assent-model');
    await its.admin.post(`/grants/${grant}/revoke`, { reason: 'It leaked.' });

    const anew = await ada.post('/presentations', { model: 'assent-model' });
    expect(refusalIn(anew)).toBe('403 grant-revoked');
    expect(problemIn(anew).detail).toContain('It leaked.');
    const kept = await ada.post('/acceptances', {
      presentation: earlier,
      typedName: 'Ada Lovelace',
      attestations: { read: true },
      assented: true,
    });
    expect(refusalIn(kept)).toBe('403 grant-revoked');
  });

  test('a revoked licensee whose new request is approved is let in again', async () => {
    const eve = await its.person();
    const grant = await eve.obtainGrant(its.admin);
    await its.admin.post(`/grants/${grant}/revoke`, { reason: 'A mistake.' });
    expect(await eve.obtainGrant(its.admin)).not.toBe(grant);
  });

  test('the country that the licensee declares counts, whatever the answers say', async () => {
    await publishModel(its.admin, 'barred-model', 'application');
    await addVersion(its.admin, 'barred-model-license', {
      text: 'This license is not given to Ruritania.',
      clauses: [{ kind: 'prohibited-country', parameters: { countries: ['RU'] }, quote: 'not given to Ruritania' }],
    });
    const max = await its.person();
    const licensee = { kind: 'individual', legalName: 'Max', country: 'RU' };
    const { body } = await max.post<{ id: string }>('/access-requests', { model: 'barred-model', licensee, answers: { country: 'GB' } });
    expect(refusalIn(await max.post(`/access-requests/${body.id}/submit`))).toBe('403 ineligible');
  });

  test('the last administrator cannot end the own role', async () => {
    const [role] = await its.database.query<{ id: string }>(`SELECT id FROM role_assignment WHERE role = 'admin'`);
    expect(refusalIn(await its.admin.call('DELETE', `/roles/${role!.id}`, {}))).toBe('409 last-administrator');
    expect((await its.admin.get('/me')).status).toBe(200);
    expect(await its.database.query('SELECT 1 FROM role_assignment WHERE id = $1 AND valid_until IS NULL', [role!.id])).toHaveLength(1);
  });
});
