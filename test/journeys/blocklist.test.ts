import type { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn } from '../support/problems.js';

describe('the blocklist', () => {
  const its = portalUnderTest();
  const verified = async () => {
    const person = await its.person();
    await its.database.query('UPDATE account SET verified_at = now() WHERE id = (SELECT account_id FROM person WHERE email = $1)', [
      person.email,
    ]);
    return person;
  };
  const licensee = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
  const apply = (person: Person) => person.post<{ id: string }>('/access-requests', { model: 'demo-llama', licensee });

  test('a person is shut out with the reason, until the block ends or is lifted', async () => {
    const ada = await verified();
    const draft = await apply(ada);
    const { body } = await its.admin.post<{ id: string }>('/blocks', {
      kind: 'person',
      email: ada.email.toUpperCase(),
      reason: 'Passed weights on.',
      until: '2099-01-01T00:00:00Z',
    });
    expect(problemIn(await ada.post(`/access-requests/${draft.body.id}/submit`))).toMatchObject({
      status: 403,
      code: 'blocked',
      detail: expect.stringContaining('Passed weights on.'),
    });
    expect(refusalIn(await ada.post('/presentations', { model: 'demo-llama-assent' }))).toBe('403 blocked');
    await its.admin.call('DELETE', `/blocks/${body.id}`, {});
    expect((await ada.post(`/access-requests/${draft.body.id}/submit`)).status).toBe(200);
    expect((await its.admin.get('/blocks')).body).toMatchObject({ items: [{ state: 'lifted', reason: 'Passed weights on.' }] });
  });

  test('a domain shuts out its verified addresses and those below it, and nobody who only typed one', async () => {
    await its.admin.post('/blocks', { kind: 'domain', domain: 'Leaky.Example', reason: 'Leaks.' });
    const at = async (email: string, isVerified: boolean) => {
      const person = await its.portal.person(email);
      if (isVerified)
        await its.database.query('UPDATE account SET verified_at = now() WHERE id = (SELECT account_id FROM person WHERE email = $1)', [
          email,
        ]);
      return (await apply(person)).status;
    };
    expect([await at('a@leaky.example', true), await at('b@lab.leaky.example', true)]).toEqual([403, 403]);
    expect([await at('c@leaky.example', false), await at('d@sneaky-leaky.example', true)]).toEqual([201, 201]);
  });

  test('an expired block is none; a publisher’s block closes its models alone', async () => {
    const ada = await verified();
    await its.admin.post('/blocks', { kind: 'person', email: ada.email, reason: 'Old.', until: '2001-01-01T00:00:00Z' });
    await its.admin.post('/publishers', { slug: 'other-lab', legalName: 'Other Lab' });
    await its.admin.post('/blocks', { kind: 'person', email: ada.email, reason: 'Elsewhere.', publisher: 'other-lab' });
    expect((await apply(ada)).status).toBe(201);
  });

  test('reviewers of a publisher block for it; for the portal an administrator does', async () => {
    const rita = await its.person();
    await its.admin.post('/roles', { email: rita.email, role: 'reviewer', publisher: 'demo-lab' });
    const block = { kind: 'domain', domain: 'nobody.example', reason: 'Spam.' };
    expect(refusalIn(await rita.post('/blocks', block))).toBe('403 role-missing');
    const { body } = await rita.post<{ id: string }>('/blocks', { ...block, publisher: 'demo-lab' });
    expect((await rita.get<{ items: object[] }>('/blocks')).body.items).toMatchObject([{ id: body.id, state: 'active' }]);
    const ada = await its.person();
    expect((await ada.get('/blocks')).body).toMatchObject({ items: [] });
    expect(refusalIn(await ada.call('DELETE', `/blocks/${body.id}`, {}))).toBe('403 role-missing');
    expect(refusalIn(await its.admin.post('/blocks', { ...block, domain: 'no domain' }))).toBe('400 malformed-request');
  });
});
