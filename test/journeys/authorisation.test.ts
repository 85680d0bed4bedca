import { TOKEN_SCOPES } from '@paddock/domain';
import { OPERATIONS } from '@paddock/contracts';
import { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { refusalIn } from '../support/problems.js';

const NOBODYS = '00000000-0000-4000-8000-000000000000';

describe('who may', () => {
  const its = portalUnderTest();

  test('what needs somebody is refused to nobody', async () => {
    const nobody = new Person(its.url);
    for (const { method, path } of OPERATIONS.filter(({ allow }) => allow !== 'anyone')) {
      expect(`${path} ${refusalIn(await nobody.call(method.toUpperCase(), addressOf(path), {}))}`).toBe(`${path} 401 unauthenticated`);
    }
  });

  test.each(TOKEN_SCOPES)('a token with the scope %s does its routes and nothing else, however mighty its person', async (scope) => {
    const token = await its.admin.withToken([scope]);
    for (const { method, path, allow } of OPERATIONS.filter(({ allow }) => allow !== 'anyone')) {
      const answer = await token.call(method.toUpperCase(), addressOf(path), {});
      const refused = answer.status === 403 ? refusalIn(answer) : 'let through';
      const expected =
        allow === 'person'
          ? ['403 session-required']
          : allow === scope
            ? ['let through', '403 role-missing', '403 session-required']
            : ['403 scope-missing'];
      expect({ path, refused: expected.includes(refused) ? 'as it should' : refused }).toEqual({ path, refused: 'as it should' });
    }
  });

  test('no token accepts, decides, mints tokens or gives roles, whatever its scopes', async () => {
    const ada = await its.person();
    const request = await draftOf(ada);
    await ada.post(`/access-requests/${request}/submit`);
    const token = await its.admin.withToken([...TOKEN_SCOPES]);
    for (const command of ['review', 'return', 'approve', 'reject'])
      expect(refusalIn(await token.post(`/access-requests/${request}/${command}`, { reason: 'because' }))).toBe('403 session-required');
    const refused: [string, object][] = [
      ['/acceptances', { presentation: NOBODYS, declined: true }],
      ['/tokens', { name: 'x', scopes: ['read'] }],
      ['/roles', { email: ada.email, role: 'admin' }],
      ['/publishers', { slug: 'x', legalName: 'X' }],
      [`/grants/${NOBODYS}/revoke`, { reason: 'because' }],
      ['/email-verification', {}],
    ];
    for (const [path, body] of refused) expect(refusalIn(await token.post(path, body))).toBe('403 session-required');
    expect((await ada.get(`/access-requests/${request}`)).body['state']).toBe('submitted');
  });

  test('an unknown token is nobody, even where nobody may go', async () => {
    const stranger = new Person(its.url);
    stranger.token = 'hf_unknown';
    expect(refusalIn(await stranger.get('/me'))).toBe('401 unauthenticated');
    expect(refusalIn(await stranger.get('/models'))).toBe('401 unauthenticated');
  });

  test('other people’s things do not exist', async () => {
    const [ada, eve] = [await its.person(), await its.person()];
    const grant = await ada.accept('demo-llama-assent');
    const { body: held } = await ada.get<{ acceptance: string }>(`/grants/${grant}`);
    const request = await draftOf(ada);
    const { body: presentation } = await ada.post('/presentations', { model: 'demo-llama-assent' });
    await ada.withToken(['read']);
    const { body: tokens } = await ada.get<{ items: { id: string }[] }>('/tokens');
    const tries: [string, string, object?][] = [
      ['GET', `/grants/${grant}`],
      ['POST', `/grants/${grant}/links`, { release: 'tiny-f32' }],
      ['POST', `/grants/${grant}/revoke`, { reason: 'because' }],
      ['GET', `/acceptances/${held.acceptance}`],
      ['GET', `/access-requests/${request}`],
      ['PATCH', `/access-requests/${request}`, { answers: {} }],
      ['POST', `/access-requests/${request}/submit`, {}],
      ['POST', `/access-requests/${request}/approve`, {}],
      ['POST', '/acceptances', { presentation: presentation['id'], declined: true }],
      ['DELETE', `/tokens/${tokens.items[0]!.id}`],
    ];
    for (const [method, path, body] of tries)
      expect(`${path} ${refusalIn(await eve.call(method, path, { body }))}`).toBe(`${path} 404 not-found`);
    for (const list of ['/grants', '/access-requests', '/tokens']) expect((await eve.get(list)).body['items']).toEqual([]);
    expect(refusalIn(await eve.get('/grants?scope=staff'))).toBe('403 role-missing');
    expect((await eve.get('/access-requests?scope=review')).body['items']).toEqual([]);
  });

  test('a token that is bound to a licensee sees that licensee only, and has no staff power', async () => {
    const ada = await its.person();
    const grant = await ada.accept('demo-llama-assent');
    const { body: held } = await ada.get<{ acceptance: string }>(`/grants/${grant}`);
    const request = await draftOf(ada);
    const lab = await organizationOf(ada);
    await its.admin.post('/roles', { email: ada.email, role: 'auditor', until: '2999-01-01T00:00:00Z' });
    await its.admin.post('/roles', { email: ada.email, role: 'publisher' });
    const { body } = await ada.post<{ token: string }>('/tokens', { name: 'lab', scopes: [...TOKEN_SCOPES], licensee: lab.licensee });
    const bound = new Person(its.url);
    bound.token = body.token;
    for (const path of [`/grants/${grant}`, `/acceptances/${held.acceptance}`, `/access-requests/${request}`])
      expect(`${path} ${refusalIn(await bound.get(path))}`).toBe(`${path} 404 not-found`);
    for (const command of ['submit', 'withdraw'])
      expect(refusalIn(await bound.post(`/access-requests/${request}/${command}`))).toBe('404 not-found');
    expect(refusalIn(await bound.post(`/grants/${grant}/links`, { release: 'tiny-f32' }))).toBe('404 not-found');
    expect(
      refusalIn(
        await bound.post('/presentations', {
          model: 'demo-llama-assent',
          licensee: { kind: 'individual', legalName: 'Ada', country: 'GB' },
        }),
      ),
    ).toBe('404 not-found');
    for (const list of ['/grants', '/access-requests']) expect((await bound.get(list)).body['items']).toEqual([]);
    expect(refusalIn(await bound.get('/audit/acceptances'))).toBe('403 role-missing');
    expect(refusalIn(await bound.post('/models/demo-llama/releases', { name: 'x' }))).toBe('403 role-missing');
    // Its own licensee it does see.
    const { body: theirs } = await bound.post('/access-requests', {
      model: 'demo-llama',
      licensee: { kind: 'organization', id: lab.organization },
      answers: {},
    });
    expect((await bound.get<{ items: { id: string }[] }>('/access-requests')).body.items.map(({ id }) => id)).toEqual([theirs['id']]);
  });

  test('nobody mints a token for a licensee that they do not act for', async () => {
    const [ada, eve] = [await its.person(), await its.person()];
    const { licensee } = await organizationOf(ada);
    expect(refusalIn(await eve.post('/tokens', { name: 'x', scopes: ['read'], licensee }))).toBe('404 not-found');
  });

  test('GET and HEAD change nothing, even where the address looks like a command', async () => {
    const ada = await its.person();
    const request = await draftOf(ada);
    for (const path of [`/access-requests/${request}/submit`, '/session', '/password-reset'])
      expect(refusalIn(await ada.get(path))).toBe('404 not-found');
    expect((await ada.get(`/access-requests/${request}`)).body['state']).toBe('draft');
  });

  const draftOf = async (person: Person) => {
    const { body } = await person.post<{ id: string }>('/access-requests', {
      model: 'demo-llama',
      licensee: { kind: 'individual', legalName: 'Ada', country: 'GB' },
      answers: {},
    });
    return body.id;
  };

  const organizationOf = async (officer: Person & { email: string }) => {
    const [row] = await its.database.query<{ organization: string; licensee: string }>(
      `WITH made AS (INSERT INTO organization (id, legal_name, country) VALUES (gen_random_uuid(), 'Lab', 'GB') RETURNING id),
         joined AS (INSERT INTO membership (id, organization_id, account_id, role) SELECT gen_random_uuid(), made.id, p.account_id, 'officer' FROM made, person p WHERE p.email = $1)
       INSERT INTO licensee (id, organization_id) SELECT gen_random_uuid(), id FROM made RETURNING id AS licensee, organization_id AS organization`,
      [officer.email],
    );
    return row!;
  };
});

function addressOf(path: string): string {
  return path
    .replace('/api/v1', '')
    .replace('{model}', 'demo-llama')
    .replace('{release}', 'tiny-f32')
    .replace('{command}', 'submit')
    .replaceAll(/\{\w+\}/g, NOBODYS);
}
