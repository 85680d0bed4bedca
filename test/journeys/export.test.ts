import { portalUnderTest } from '../support/portal-under-test.js';
import { refusalIn } from '../support/problems.js';
import { Person } from '../support/person.js';

type Rows = Record<string, unknown>[];

describe('the export of one’s own data', () => {
  const its = portalUnderTest();

  test('holds what every part of the portal has of the person, opened, and no secret', async () => {
    const ada = await its.person('Ada Lovelace');
    const licensee = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
    const request = await ada.post<{ id: string }>('/access-requests', { model: 'demo-llama', licensee, answers: { purpose: 'reading' } });
    await ada.post(`/access-requests/${request.body.id}/submit`);
    await its.admin.post(`/access-requests/${request.body.id}/notes`, { text: 'Seems fine.' });
    await its.admin.post(`/access-requests/${request.body.id}/approve`, { reason: 'Welcome.' });
    const grant = await ada.accept('demo-llama');
    await ada.links(grant);
    const token = await ada.post<{ token: string }>('/tokens', { name: 'Laptop', scopes: ['read'] });
    const answer = await ada.get<Record<string, Rows>>('/me/export', { headers: { 'user-agent': 'curious/1' } });
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([200, 'attachment; filename="my-data.json"']);
    expect(answer.body).toMatchObject({
      type: 'paddock-export-v1',
      account: [{ email: ada.email, name: 'Ada Lovelace', country: 'GB', password: true }],
      requests: [{ id: request.body.id, model: 'demo-llama', state: 'approved', answers: { purpose: 'reading' } }],
      decisions: [{ outcome: 'approve', reason: 'Welcome.' }],
      notes: [{ note: expect.anything() }],
      acceptances: [{ model: 'demo-llama', personal: { typedName: 'Ada Lovelace' } }],
      grants: [{ id: grant, periods: [{ from: expect.any(String) }] }],
      links: [{ grant }],
      tokens: [{ name: 'Laptop', scopes: ['read'] }],
      sessions: [{ state: 'signed-in', userAgent: expect.any(String) }],
    });
    expect(answer.body['letters']!.length).toBeGreaterThan(2);
    expect(answer.body['events']!.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['account-created', 'sign-in', 'agreement-accepted']),
    );
    const secrets = [token.body.token, ada.cookies.get('paddock-session')!];
    const mailed = await its.database.query<{ body: string }>(`SELECT body FROM mail WHERE recipient = $1 AND body LIKE '%#token=%'`, [
      ada.email,
    ]);
    for (const { body } of mailed) secrets.push(/#token=(\S+)/.exec(body)![1]!);
    expect(secrets.length).toBeGreaterThan(2);
    for (const secret of secrets) expect(answer.text).not.toContain(secret);
  });

  test('is nobody else’s, needs a session, and is an event', async () => {
    const ada = await its.person();
    const grace = await its.person('Grace Hopper');
    const { text } = await ada.get('/me/export');
    expect(text).not.toContain(grace.email);
    expect(refusalIn(await (await ada.withToken(['read', 'request', 'download'])).get('/me/export'))).toBe('403 session-required');
    expect(refusalIn(await new Person(its.url).get('/me/export'))).toBe('401 unauthenticated');
    const { body } = await ada.get<{ events: Rows }>('/me/export');
    expect(body.events.filter(({ kind }) => kind === 'data-exported')).toHaveLength(2);
  });

  test('streams more rows than are read at once', async () => {
    const ada = await its.person();
    await its.database.query(
      `INSERT INTO mail (id, account_id, recipient, subject, body, content, message_id) SELECT gen_random_uuid(), account_id, email, 'Letter ' || n, 'x', '[]', '<' || n || '@x>'
       FROM person, generate_series(1, 1200) n WHERE email = $1`,
      [ada.email],
    );
    const { body } = await ada.get<{ letters: Rows }>('/me/export');
    expect(body.letters.filter(({ subject }) => String(subject).startsWith('Letter '))).toHaveLength(1200);
  });
});
