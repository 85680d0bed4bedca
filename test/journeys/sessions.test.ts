import { PASSWORD, Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { refusalIn } from '../support/problems.js';

interface Listed {
  id: string;
  userAgent: string;
  current: boolean;
  lastUsedAt: string;
}

describe('sessions', () => {
  const its = portalUnderTest();
  const listOf = async (person: Person) => (await person.get<{ items: Listed[] }>('/sessions')).body.items;
  const another = async (email: string, agent: string) => {
    const browser = new Person(its.url);
    await browser.post('/session', { email, password: PASSWORD }, { 'user-agent': agent });
    return browser;
  };

  test('are listed with where and when, and say which one is this', async () => {
    const ada = await its.person();
    const phone = await another(ada.email, 'Phone <1.0>');
    const seen = await listOf(phone);
    expect(seen.map(({ userAgent, current }) => [userAgent, current])).toEqual([
      ['Phone <1.0>', true],
      [expect.any(String), false],
    ]);
    const kept = await its.database.query<{ row: string }>('SELECT to_json(s)::text AS row FROM session s');
    for (const { row } of kept) expect(row).not.toContain(Buffer.from('Phone').toString('hex'));
  });

  test('know roughly when they were last used', async () => {
    const ada = await its.person();
    const [before] = await listOf(ada);
    await its.database.query(`UPDATE session SET last_used_at = now() - interval '6 minutes' WHERE id = $1`, [before!.id]);
    await ada.get('/me');
    const [after] = await listOf(ada);
    expect(Date.parse(after!.lastUsedAt)).toBeGreaterThan(Date.parse(before!.lastUsedAt) - 1000);
  });

  test('end one by one, and nobody else’s', async () => {
    const [ada, eve] = [await its.person(), await its.person()];
    const phone = await another(ada.email, 'Phone');
    const [listed] = await listOf(phone);
    expect(refusalIn(await eve.call('DELETE', `/sessions/${listed!.id}`, {}))).toBe('404 not-found');
    expect((await ada.call('DELETE', `/sessions/${listed!.id}`, {})).status).toBe(204);
    expect(refusalIn(await phone.get('/me'))).toBe('401 unauthenticated');
    expect(refusalIn(await ada.call('DELETE', `/sessions/${listed!.id}`, {}))).toBe('404 not-found');
    expect((await ada.get('/me')).status).toBe(200);
  });

  test('end everywhere at once, and access tokens go on', async () => {
    const ada = await its.person();
    const phone = await another(ada.email, 'Phone');
    const token = await ada.withToken(['read']);
    expect((await ada.call('DELETE', '/sessions', {})).status).toBe(204);
    expect(ada.cookies.size).toBe(0);
    expect(refusalIn(await phone.get('/me'))).toBe('401 unauthenticated');
    expect((await token.get('/me')).status).toBe(200);
  });

  test('other than this one end with a new password, and so do access tokens', async () => {
    const ada = await its.person();
    const phone = await another(ada.email, 'Phone');
    const token = await ada.withToken(['read']);
    expect((await ada.post('/me/password', { password: 'a-brand-new-password' })).status).toBe(200);
    expect((await ada.get('/me')).status).toBe(200);
    for (const ended of [phone, token]) expect(refusalIn(await ended.get('/me'))).toBe('401 unauthenticated');
    expect((await new Person(its.url).post('/session', { email: ada.email, password: PASSWORD })).status).toBe(401);
    await new Person(its.url).signIn(ada.email, 'a-brand-new-password');
  });

  test('are no business of a token', async () => {
    const token = await (await its.person()).withToken(['read']);
    expect(refusalIn(await token.get('/sessions'))).toBe('403 session-required');
    expect(refusalIn(await token.call('DELETE', '/sessions', {}))).toBe('403 session-required');
  });
});
