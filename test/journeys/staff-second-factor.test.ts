import { testDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/free-port.js';
import { Person } from '../support/person.js';
import { ADMIN, startPortal, type TestPortal } from '../support/portal.js';
import { problemIn, refusalIn } from '../support/problems.js';
import { enrollTotp } from '../support/second-factors.js';

describe('staff beyond loopback', () => {
  let database: TestDatabase;
  let portal: TestPortal;
  let address: string;

  const start = async (env: Record<string, string> = {}) => {
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    portal = await startPortal({
      databaseUrl: database.serverUrl,
      env: {
        PADDOCK_DATABASE_OWNER_URL: database.ownerUrl,
        PADDOCK_PORT: String(port),
        PADDOCK_HOST: '0.0.0.0',
        PADDOCK_PUBLIC_URL: address,
        ...env,
      },
    });
  };
  beforeEach(async () => {
    database = await testDatabase();
  });
  afterEach(async () => {
    await portal.stop();
    await database.drop();
  });

  /** One request for each kind of staff power, with the answer that staff get. */
  const POWERS = [
    ['POST', '/roles', { email: 'ada@example.org', role: 'auditor', until: '2999-01-01T00:00:00Z' }, 201],
    ['POST', '/publishers', { slug: 'lab', legalName: 'Lab' }, 201],
    ['GET', '/audit/acceptances', undefined, 200],
    ['GET', '/audit/events', undefined, 200],
    ['GET', '/mail', undefined, 200],
    ['GET', '/grants?scope=staff', undefined, 200],
    ['GET', '/access-requests?scope=review', undefined, 200],
    ['GET', '/blocks', undefined, 200],
    ['GET', '/reason-templates', undefined, 200],
  ] as const;

  test('have no powers until they use a second factor, and are told how', async () => {
    await start();
    await new Person(address).signUp('ada@example.org', 'Ada');
    const admin = await new Person(address).signIn(ADMIN.email, ADMIN.password);
    const early = await admin.withToken(['read', 'audit']);
    for (const [method, path, body] of POWERS) {
      const problem = problemIn(await admin.call(method, path, { body }));
      expect(`${path} ${problem.status} ${problem.code}`).toBe(`${path} 403 second-factor-required`);
      expect(problem.remedyUrl).toBe(`${address}/security`);
    }
    expect((await admin.get('/me/security')).body).toMatchObject({ staffSecondFactor: 'required', rolesWithheld: true });
    const older = await new Person(address).signIn(ADMIN.email, ADMIN.password);

    const { id, code } = await enrollTotp(admin);
    for (const [method, path, body, status] of POWERS)
      expect(`${path} ${(await admin.call(method, path, { body })).status}`).toBe(`${path} ${status}`);
    expect((await admin.get('/me/security')).body).toMatchObject({ rolesWithheld: false });

    // A session from before, and a token of such a session, have not used it.
    expect(refusalIn(await older.get('/mail'))).toBe('403 second-factor-required');
    expect(refusalIn(await early.get('/audit/acceptances'))).toBe('403 second-factor-required');
    const token = await admin.withToken(['read', 'audit']);
    expect((await token.get('/audit/acceptances')).status).toBe(200);

    const later = new Person(address);
    await later.post('/session', ADMIN);
    expect(refusalIn(await later.get('/mail'))).toBe('401 second-factor-pending');
    await later.post('/session/second-factor', { method: 'totp', code: code() });
    expect((await later.get('/mail')).status).toBe(200);

    // Whoever gives the factor up gives up what it opened, in every session and by every token.
    expect((await admin.call('DELETE', `/me/second-factors/${id}`, {})).status).toBe(204);
    for (const one of [admin, later]) expect(refusalIn(await one.get('/mail'))).toBe('403 second-factor-required');
    expect(refusalIn(await token.get('/audit/acceptances'))).toBe('403 second-factor-required');
  });

  test('decide on nobody’s request and grant without it; ordinary people need none', async () => {
    await start({ PADDOCK_HOST: '127.0.0.1', PADDOCK_STAFF_SECOND_FACTOR: 'required' });
    const ada = await new Person(address).signUp('ada@example.org', 'Ada');
    const grant = await ada.accept('demo-llama-assent');
    const { body: request } = await ada.post<{ id: string }>('/access-requests', {
      model: 'demo-llama',
      licensee: { kind: 'individual', legalName: 'Ada', country: 'GB' },
      answers: {},
    });
    await ada.post(`/access-requests/${request.id}/submit`);
    const admin = await new Person(address).signIn(ADMIN.email, ADMIN.password);
    for (const [method, path, body] of [
      ['GET', `/access-requests/${request.id}`],
      ['POST', `/access-requests/${request.id}/approve`, {}],
      ['GET', `/grants/${grant}`],
      ['POST', `/grants/${grant}/revoke`, { reason: 'because' }],
    ] as const)
      expect(`${path} ${refusalIn(await admin.call(method, path, { body }))}`).toBe(`${path} 403 second-factor-required`);
    // Their own things are theirs as anybody's.
    const own = await admin.accept('demo-llama-assent');
    expect((await admin.get(`/grants/${own}`)).status).toBe(200);
    await enrollTotp(admin);
    expect((await admin.post(`/access-requests/${request.id}/approve`)).status).toBe(200);
  });

  test('need none where the operator says so', async () => {
    await start({ PADDOCK_STAFF_SECOND_FACTOR: 'optional' });
    const admin = await new Person(address).signIn(ADMIN.email, ADMIN.password);
    expect((await admin.get('/mail')).status).toBe(200);
  });

  test('need none on loopback, unless they have one', async () => {
    await start({ PADDOCK_HOST: '127.0.0.1' });
    const admin = await new Person(address).signIn(ADMIN.email, ADMIN.password);
    expect((await admin.get('/me/security')).body).toMatchObject({ staffSecondFactor: 'optional', rolesWithheld: false });
    expect((await admin.get('/mail')).status).toBe(200);
    await enrollTotp(admin);
    const later = new Person(address);
    expect((await later.post('/session', ADMIN)).body['state']).toBe('second-factor-required');
  });
});
