import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { signInAtProvider } from '../support/openid-provider.js';
import { oidcPortal } from '../support/oidc-portal.js';
import { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn, tally } from '../support/problems.js';
import { until } from '../support/processes.js';

describe('at the providers, refused is', () => {
  const portal = oidcPortal();
  const { its, knownToLab, begin, callback } = portal;

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
    await until('the log says so', 30_000, () => its.portal.output().includes(`"failure":"${failure}"`));
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
    query.set('iss', portal.orcid.issuer);
    expect(refusalIn(await callback(browser, query.toString()))).toBe('403 provider-refused');
    const state = new URL(await begin(browser)).searchParams.get('state')!;
    const denied = problemIn(
      await callback(browser, new URLSearchParams({ state, error: 'access_denied', iss: portal.lab.issuer }).toString()),
    );
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
