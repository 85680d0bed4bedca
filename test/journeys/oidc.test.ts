import { CLIENT, signInAtProvider, startOpenIdProvider } from '../support/openid-provider.js';
import { oidcPortal } from '../support/oidc-portal.js';
import { PASSWORD, Person } from '../support/person.js';
import { problemIn, refusalIn } from '../support/problems.js';
import { enrollTotp } from '../support/second-factors.js';

const ORCID = '0000-0002-1825-0097';

describe('sign-in at OpenID providers', () => {
  const portal = oidcPortal();
  const { its, knownToLab, begin, callback, signIn } = portal;
  const lastMail = async (email: string) =>
    (
      await its.database.query<{ subject: string; body: string }>(
        'SELECT subject, body FROM mail WHERE recipient = $1 ORDER BY created_at DESC, id DESC LIMIT 1',
        [email],
      )
    )[0]!;

  test('the providers are there for the sign-in page, without their secrets', async () => {
    const { body, text } = await new Person(its.url).get('/sign-in/providers');
    expect(body['items']).toEqual([
      { id: 'lab', title: 'Example Lab', kind: 'generic' },
      { id: 'orcid', title: 'ORCID', kind: 'orcid' },
      { id: 'down', title: 'Sleeping Lab', kind: 'generic' },
    ]);
    expect(text).not.toContain(CLIENT.clientSecret);
  });

  test('somebody new gets an account, verified as their provider says, and comes back into the same one', async () => {
    const { login, email } = knownToLab();
    const browser = new Person(its.url);
    const first = await signIn(browser, login);
    expect(first.body).toMatchObject({ state: 'signed-in', provider: 'lab' });
    const { body: me } = await browser.get('/me');
    expect(me).toMatchObject({ email, name: 'Grace Hopper', state: 'verified', roles: [] });
    expect([...browser.cookies.keys()]).toEqual(['paddock-session']);
    const again = new Person(its.url);
    await signIn(again, login);
    expect((await again.get('/me')).body['id']).toBe(me['id']);
    const { body: identities } = await again.get('/me/identities');
    expect(identities['items']).toMatchObject([{ provider: 'lab', title: 'Example Lab', subject: login, state: 'linked' }]);
    expect((await browser.accept('demo-llama-assent')).length).toBeGreaterThan(0);
  });

  test.each([false, undefined, 'true'])('an e-mail that the provider vouches for with %j must be confirmed by mail', async (verified) => {
    const { login, email } = knownToLab({ email_verified: verified });
    const browser = new Person(its.url);
    await signIn(browser, login);
    expect((await browser.get('/me')).body['state']).toBe('unverified');
    const mails = await its.database.query<{ body: string }>('SELECT body FROM mail WHERE recipient = $1', [email]);
    const token = mails.map(({ body }) => /verify-email#token=(\S+)/.exec(body)?.[1]).find(Boolean);
    await browser.post('/email-verification', { token });
    expect((await browser.get('/me')).body['state']).toBe('verified');
  });

  test('an account that has the e-mail is linked once both are proved and its person confirms', async () => {
    const ada = await its.person();
    const { login } = knownToLab({ email: ada.email.toUpperCase() });
    const browser = new Person(its.url);
    expect((await signIn(browser, login)).body).toMatchObject({ state: 'link-required', provider: 'lab' });
    // One proof is none.
    expect(refusalIn(await browser.get('/me'))).toBe('401 unauthenticated');
    expect(refusalIn(await browser.post('/me/identities'))).toBe('401 unauthenticated');
    await browser.signIn(ada.email, PASSWORD);
    expect((await browser.get<{ items: [] }>('/me/identities')).body.items).toEqual([]);
    expect((await browser.post('/me/identities')).body).toEqual({ state: 'linked' });
    expect((await lastMail(ada.email)).subject).toBe('An identity was linked');
    expect((await browser.get('/me')).body['state']).toBe('verified');
    expect(refusalIn(await browser.post('/me/identities'))).toBe('410 sign-in-attempt');
    const later = new Person(its.url);
    expect((await signIn(later, login)).body['state']).toBe('signed-in');
    expect((await later.get('/me')).body['email']).toBe(ada.email);
  });

  test('a waiting identity is linked to no other account, in no other browser, and not for ever', async () => {
    const [ada, eve] = [await its.person(), await its.person()];
    const { login } = knownToLab({ email: ada.email });
    const browser = new Person(its.url);
    await signIn(browser, login);
    const ticket = browser.cookies.get('paddock-identity')!;
    eve.cookies.set('paddock-identity', ticket);
    expect(refusalIn(await eve.post('/me/identities'))).toBe('403 link-account');
    expect(refusalIn(await ada.post('/me/identities'))).toBe('410 sign-in-attempt');
    expect(refusalIn(await eve.post('/sign-in/identity', { email: 'eve2@example.org' }))).toBe('410 sign-in-attempt');
    // A session that is not fresh proves nothing.
    ada.cookies.set('paddock-identity', ticket);
    await its.database.query(`UPDATE session SET authenticated_at = now() - interval '16 minutes'`);
    expect(refusalIn(await ada.post('/me/identities'))).toBe('403 sign-in-again');
    await ada.signIn(ada.email, PASSWORD);
    await its.database.query(`UPDATE identity_ticket SET expires_at = now()`);
    expect(refusalIn(await ada.post('/me/identities'))).toBe('410 sign-in-attempt');
    expect(await its.database.query('SELECT 1 FROM identity WHERE subject = $1', [login])).toEqual([]);
  });

  test('proof of the account may come from another provider', async () => {
    const { login, email } = knownToLab();
    await signIn(new Person(its.url), login);
    portal.orcid.people.set('0000-0001-5109-3700', {});
    const browser = new Person(its.url);
    expect((await signIn(browser, '0000-0001-5109-3700', 'orcid')).body['state']).toBe('email-required');
    expect((await browser.post('/sign-in/identity', { email })).body['state']).toBe('link-required');
    await signIn(browser, login);
    expect((await browser.post('/me/identities')).status).toBe(201);
    const { body } = await browser.get<{ items: { provider: string }[] }>('/me/identities');
    expect(body.items.map(({ provider }) => provider)).toEqual(['lab', 'orcid']);
  });

  test('an ORCID iD is checked and is evidence; its missing e-mail is asked for and confirmed', async () => {
    const browser = new Person(its.url);
    expect((await signIn(browser, ORCID, 'orcid')).body['state']).toBe('email-required');
    expect(problemIn(await browser.post('/sign-in/identity', { email: 'no e-mail' })).detail).toContain('email');
    const made = await browser.post('/sign-in/identity', { email: 'josiah@example.org', name: 'Josiah Carberry' });
    expect(made.body).toMatchObject({ state: 'signed-in', provider: 'orcid' });
    expect((await browser.get('/me')).body).toMatchObject({ email: 'josiah@example.org', name: 'Josiah Carberry', state: 'unverified' });
    const { body } = await browser.get<{ items: object[] }>('/me/identities');
    expect(body.items).toMatchObject([{ kind: 'orcid', subject: ORCID }]);
    const evidence = await its.database.query(
      `SELECT kind, valid_until FROM prerequisite_evidence e JOIN person p USING (account_id) WHERE p.email = 'josiah@example.org'`,
    );
    expect(evidence).toEqual([{ kind: 'orcid', valid_until: null }]);
    // A provider that calls somebody what no iD can be is not believed.
    expect(refusalIn(await signIn(new Person(its.url), '0000-0002-1825-0098', 'orcid'))).toBe('403 provider-refused');
  });

  test('from a session one links and unlinks, but never gives up the last way in', async () => {
    const ada = await its.person();
    const { login } = knownToLab();
    const link = async (person: Person) => {
      const { body } = await person.post<{ url: string }>('/me/identities/lab', { returnTo: '/security' });
      return callback(person, await signInAtProvider(body.url, login));
    };
    expect((await link(ada)).body).toEqual({ state: 'linked', provider: 'lab', returnTo: '/security' });
    expect(refusalIn(await link(ada))).toBe('409 identity-taken');
    expect(refusalIn(await link(await its.person()))).toBe('409 identity-taken');
    expect((await ada.call('DELETE', '/me/identities/lab', {})).status).toBe(204);
    expect(refusalIn(await ada.call('DELETE', '/me/identities/lab', {}))).toBe('404 not-found');

    const grace = new Person(its.url);
    await signIn(grace, knownToLab().login);
    expect(refusalIn(await grace.call('DELETE', '/me/identities/lab', {}))).toBe('409 last-way-in');
    expect((await grace.post('/me/password', { password: PASSWORD })).status).toBe(200);
    expect((await grace.call('DELETE', '/me/identities/lab', {})).status).toBe(204);
  });

  test('what one account began to link is not finished by another', async () => {
    const [ada, eve] = [await its.person(), await its.person()];
    const { body } = await ada.post<{ url: string }>('/me/identities/lab');
    eve.cookies.set('paddock-sign-in', ada.cookies.get('paddock-sign-in')!);
    const query = await signInAtProvider(body.url, knownToLab().login);
    expect(refusalIn(await callback(eve, query))).toBe('410 sign-in-attempt');
  });

  test('an account with a second factor gives it after its provider too, and before it confirms a link', async () => {
    const { login } = knownToLab();
    const grace = new Person(its.url);
    await signIn(grace, login);
    const { code } = await enrollTotp(grace);
    const { email } = (await grace.get<{ email: string }>('/me')).body;
    const browser = new Person(its.url);
    await signIn(browser, '0000-0002-1694-233X', 'orcid');
    expect((await browser.post('/sign-in/identity', { email })).body['state']).toBe('link-required');
    expect((await signIn(browser, login)).body).toMatchObject({ state: 'second-factor-required', methods: ['totp', 'recovery-code'] });
    expect(refusalIn(await browser.post('/me/identities'))).toBe('401 second-factor-pending');
    expect((await browser.post('/session/second-factor', { method: 'totp', code: code() })).status).toBe(201);
    expect((await browser.post('/me/identities')).status).toBe(201);
  });

  test('a path of the portal is gone on to', async () => {
    const browser = new Person(its.url);
    const query = await signInAtProvider(await begin(browser, 'lab', { returnTo: '/models/demo-llama?x=1#releases' }), knownToLab().login);
    expect((await callback(browser, query)).body['returnTo']).toBe('/models/demo-llama?x=1#releases');
  });

  test('a provider that is down keeps nobody else out, and is asked again once it is up', async () => {
    const answer = await new Person(its.url).post('/sign-in/oidc/down');
    expect(refusalIn(answer)).toBe('503 unavailable');
    expect(problemIn(answer)).toMatchObject({ detail: expect.stringContaining('Sleeping Lab') });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signIn(new Person(its.url), knownToLab().login)).status).toBe(201);
    const woken = await startOpenIdProvider(`${its.url}/sign-in/oidc/down/callback`, portal.sleepingPort);
    woken.people.set('early-bird', { email: 'early-bird@lab.example', email_verified: true });
    const browser = new Person(its.url);
    const query = await signInAtProvider(await begin(browser, 'down'), 'early-bird');
    expect((await callback(browser, query, 'down')).status).toBe(201);
    // Down between the two steps: said as it is, and the sign-in begins again.
    const unlucky = await signInAtProvider(await begin(browser, 'down'), 'early-bird');
    await woken.close();
    expect(refusalIn(await callback(browser, unlucky, 'down'))).toBe('503 unavailable');
  });

  test('the page that a provider sends people back to changes nothing, and no log keeps the code', async () => {
    const browser = new Person(its.url);
    const query = await signInAtProvider(await begin(browser), knownToLab().login);
    const page = await fetch(`${its.url}/sign-in/oidc/lab/callback?${query}`);
    expect([page.status, page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual([
      200,
      'private, no-store',
      'no-referrer',
    ]);
    const text = await page.text();
    const { code, state } = Object.fromEntries(new URLSearchParams(query)) as { code: string; state: string };
    const cookie = browser.cookies.get('paddock-sign-in')!;
    expect((await callback(browser, query)).status).toBe(201);
    await callback(browser, query);
    for (const secret of [code, state, cookie, CLIENT.clientSecret, browser.cookies.get('paddock-session')!]) {
      expect(text).not.toContain(secret);
      expect(its.portal.output()).not.toContain(secret);
    }
    const kept = await its.database.query<{ row: string }>('SELECT to_json(a)::text AS row FROM oidc_attempt a');
    for (const { row } of kept) expect(row).not.toContain(state);
  });
});
