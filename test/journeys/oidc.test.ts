import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { freePort } from '../support/free-port.js';
import { CLIENT, signInAtProvider, startOpenIdProvider, type OpenIdProvider } from '../support/openid-provider.js';
import { PASSWORD, Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn, tally } from '../support/problems.js';
import { until } from '../support/processes.js';

const ORCID = '0000-0002-1825-0097';

describe('sign-in at OpenID providers', () => {
  const env: Record<string, string> = { PADDOCK_OUTGOING_ALLOW_PRIVATE: 'true', PADDOCK_LOG_LEVEL: 'debug' };
  let lab: OpenIdProvider;
  let orcid: OpenIdProvider;
  let sleeping: number;
  beforeAll(async () => {
    const port = await freePort();
    lab = await startOpenIdProvider(`http://127.0.0.1:${port}/sign-in/oidc/lab/callback`);
    orcid = await startOpenIdProvider(`http://127.0.0.1:${port}/sign-in/oidc/orcid/callback`);
    sleeping = await freePort();
    env['PADDOCK_PORT'] = String(port);
    env['PADDOCK_OIDC_PROVIDERS'] = JSON.stringify([
      { id: 'lab', title: 'Example Lab', issuer: lab.issuer, ...CLIENT },
      { id: 'orcid', title: 'ORCID', issuer: orcid.issuer, kind: 'orcid', ...CLIENT },
      { id: 'down', title: 'Sleeping Lab', issuer: `http://127.0.0.1:${sleeping}`, ...CLIENT },
    ]);
  });
  const its = portalUnderTest(env);
  afterAll(() => Promise.all([lab.close(), orcid.close()]));

  let people = 0;
  /** Somebody whom the provider knows and the portal does not. */
  const knownToLab = (claims: Record<string, unknown> = {}) => {
    const login = `login-${(people += 1)}`;
    const email = `${login}@lab.example`;
    lab.people.set(login, { email, email_verified: true, name: 'Grace Hopper', ...claims });
    return { login, email };
  };
  const begin = async (browser: Person, provider = 'lab', body: object = {}) =>
    (await browser.post<{ url: string }>(`/sign-in/oidc/${provider}`, body)).body.url;
  const callback = (browser: Person, query: string, provider = 'lab') => browser.post(`/sign-in/oidc/${provider}/callback`, { query });
  const signIn = async (browser: Person, login: string, provider = 'lab') =>
    callback(browser, await signInAtProvider(await begin(browser, provider), login), provider);
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
    orcid.people.set('0000-0001-5109-3700', {});
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

  describe('refused is', () => {
    test('an answer that comes twice, also at once', async () => {
      const browser = new Person(its.url);
      const query = await signInAtProvider(await begin(browser), knownToLab().login);
      const cookie = browser.cookies.get('paddock-sign-in')!;
      const browsers = Array.from({ length: 4 }, () => new Person(its.url));
      for (const one of browsers) one.cookies.set('paddock-sign-in', cookie);
      expect(tally(await Promise.all(browsers.map((one) => callback(one, query))))).toEqual({ 201: 1, 410: 3 });
      expect(refusalIn(await callback(browsers[0]!, query))).toBe('410 sign-in-attempt');
    });

    test('an answer in another browser, which does not use it up', async () => {
      const [browser, foreign] = [new Person(its.url), new Person(its.url)];
      const query = await signInAtProvider(await begin(browser), knownToLab().login);
      expect(refusalIn(await callback(foreign, query))).toBe('410 sign-in-attempt');
      await begin(foreign);
      expect(refusalIn(await callback(foreign, query))).toBe('410 sign-in-attempt');
      expect((await callback(browser, query)).status).toBe(201);
    });

    test('an answer after ten minutes', async () => {
      const browser = new Person(its.url);
      const query = await signInAtProvider(await begin(browser), knownToLab().login);
      const [row] = await its.database.query<{ minutes: number }>(
        'SELECT round(extract(epoch FROM expires_at - created_at) / 60)::int AS minutes FROM oidc_attempt ORDER BY created_at DESC LIMIT 1',
      );
      expect(row!.minutes).toBe(10);
      await its.database.query('UPDATE oidc_attempt SET expires_at = now()');
      expect(refusalIn(await callback(browser, query))).toBe('410 sign-in-attempt');
    });

    test('an answer for another provider', async () => {
      const browser = new Person(its.url);
      const query = await signInAtProvider(await begin(browser), knownToLab().login);
      expect(refusalIn(await callback(browser, query, 'orcid'))).toBe('410 sign-in-attempt');
    });

    test.each([
      ['nonce', 'nonce', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'],
      ['PKCE challenge', 'code_challenge', 'invalid_grant'],
    ])('a code that was asked for with another %s', async (_, parameter, failure) => {
      expect(its.portal.output()).not.toContain(failure);
      const browser = new Person(its.url);
      const url = new URL(await begin(browser));
      url.searchParams.set(parameter, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
      expect(refusalIn(await callback(browser, await signInAtProvider(url.href, knownToLab().login)))).toBe('403 provider-refused');
      // For that reason and no other.
      await until('the log says so', 5000, () => its.portal.output().includes(`"failure":"${failure}"`));
    });

    test('a code of another sign-in: stolen, or used already', async () => {
      const victim = new Person(its.url);
      const stolen = new URLSearchParams(await signInAtProvider(await begin(victim), knownToLab().login)).get('code')!;
      const thief = new Person(its.url);
      const own = new URLSearchParams(await signInAtProvider(await begin(thief), knownToLab().login));
      own.set('code', stolen);
      expect(refusalIn(await callback(thief, own.toString()))).toBe('403 provider-refused');
      expect(refusalIn(await thief.get('/me'))).toBe('401 unauthenticated');
    });

    test('an answer that names another issuer, or tells an error', async () => {
      const browser = new Person(its.url);
      const query = new URLSearchParams(await signInAtProvider(await begin(browser), knownToLab().login));
      query.set('iss', orcid.issuer);
      expect(refusalIn(await callback(browser, query.toString()))).toBe('403 provider-refused');
      const state = new URL(await begin(browser)).searchParams.get('state')!;
      const denied = problemIn(await callback(browser, new URLSearchParams({ state, error: 'access_denied', iss: lab.issuer }).toString()));
      expect(denied).toMatchObject({ code: 'provider-refused', detail: 'Example Lab answered `access_denied`.' });
    });

    test.each(['', 'state=', 'state=x', 'state=a&state=b', 'code=1', '%', '\u0001', 'state[]=x', 'x'.repeat(9000)])(
      'the query %j',
      async (query) => {
        const browser = new Person(its.url);
        await begin(browser);
        const answer = await callback(browser, query);
        expect(['410 sign-in-attempt', '400 malformed-request']).toContain(refusalIn(answer));
      },
    );

    test.each([
      '//evil.example', '/\\evil.example', '\\\\evil.example', 'https://evil.example', '/\t/evil.example', '/a\nb', 'javascript:alert(1)',
      'grants', '', '/a\\b', '/\0', '/\u007f', `/${'a'.repeat(500)}`,
    ].map((path) => [path.slice(0, 40), path]))('to go on to %j', async (_, returnTo) => {
      expect(refusalIn(await new Person(its.url).post('/sign-in/oidc/lab', { returnTo }))).toBe('400 malformed-request');
    }); // prettier-ignore

    test('a provider that nobody configured', async () => {
      expect(refusalIn(await new Person(its.url).post('/sign-in/oidc/unknown'))).toBe('404 not-found');
      expect(refusalIn(await (await its.person()).post('/me/identities/unknown'))).toBe('404 not-found');
    });
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
    const woken = await startOpenIdProvider(`${its.url}/sign-in/oidc/down/callback`, sleeping);
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

describe('without leave to ask private networks', () => {
  const env: Record<string, string> = {};
  const asked: string[] = [];
  let server: Server;
  beforeAll(async () => {
    server = createServer((socket) => asked.push(String(socket.remotePort))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    env['PADDOCK_OIDC_PROVIDERS'] = JSON.stringify(
      ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '169.254.169.254'].map((host, n) => ({
        id: `inside-${n}`,
        title: 'Inside',
        issuer: `https://${host}:${port}`,
        clientId: 'paddock',
      })),
    );
  });
  const its = portalUnderTest(env);
  afterAll(() => server.close());

  test.each([0, 1, 2, 3])('provider %i within is not asked', async (n) => {
    expect(refusalIn(await new Person(its.url).post(`/sign-in/oidc/inside-${n}`))).toBe('503 unavailable');
    expect(asked).toEqual([]);
  });
});
