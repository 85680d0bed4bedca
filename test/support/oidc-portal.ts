import { freePort } from './free-port.js';
import { CLIENT, signInAtProvider, startOpenIdProvider, type OpenIdProvider } from './openid-provider.js';
import { Person, type Answer } from './person.js';
import { portalUnderTest, type PortalUnderTest } from './portal-under-test.js';

export interface OidcPortal {
  readonly its: PortalUnderTest;
  readonly lab: OpenIdProvider;
  readonly orcid: OpenIdProvider;
  /** Where the provider `down` would be. */
  readonly sleepingPort: number;
  /** Somebody whom the provider `lab` knows and the portal does not. */
  knownToLab(claims?: Record<string, unknown>): { login: string; email: string };
  /** Returns the provider's address that the browser goes to. */
  begin(browser: Person, provider?: string, body?: object): Promise<string>;
  callback(browser: Person, query: string, provider?: string): Promise<Answer>;
  signIn(browser: Person, login: string, provider?: string): Promise<Answer>;
}

/** A portal with three providers for all tests of a file: `lab`, `orcid`, and `down`, which does not answer. */
export function oidcPortal(): OidcPortal {
  const env: Record<string, string> = { PADDOCK_OUTGOING_ALLOW_PRIVATE: 'true', PADDOCK_LOG_LEVEL: 'debug' };
  let lab: OpenIdProvider;
  let orcid: OpenIdProvider;
  let sleepingPort: number;
  beforeAll(async () => {
    const port = await freePort();
    lab = await startOpenIdProvider(`http://127.0.0.1:${port}/sign-in/oidc/lab/callback`);
    orcid = await startOpenIdProvider(`http://127.0.0.1:${port}/sign-in/oidc/orcid/callback`);
    sleepingPort = await freePort();
    env['PADDOCK_PORT'] = String(port);
    env['PADDOCK_OIDC_PROVIDERS'] = JSON.stringify([
      { id: 'lab', title: 'Example Lab', issuer: lab.issuer, ...CLIENT },
      { id: 'orcid', title: 'ORCID', issuer: orcid.issuer, kind: 'orcid', ...CLIENT },
      { id: 'down', title: 'Sleeping Lab', issuer: `http://127.0.0.1:${sleepingPort}`, ...CLIENT },
    ]);
  });
  const its = portalUnderTest(env);
  afterAll(() => Promise.all([lab.close(), orcid.close()]));

  let people = 0;
  const begin: OidcPortal['begin'] = async (browser, provider = 'lab', body = {}) =>
    (await browser.post<{ url: string }>(`/sign-in/oidc/${provider}`, body)).body.url;
  const callback: OidcPortal['callback'] = (browser, query, provider = 'lab') =>
    browser.post(`/sign-in/oidc/${provider}/callback`, { query });
  return {
    its,
    get lab() {
      return lab;
    },
    get orcid() {
      return orcid;
    },
    get sleepingPort() {
      return sleepingPort;
    },
    knownToLab: (claims = {}) => {
      const login = `login-${(people += 1)}`;
      const email = `${login}@lab.example`;
      lab.people.set(login, { email, email_verified: true, name: 'Grace Hopper', ...claims });
      return { login, email };
    },
    begin,
    callback,
    signIn: async (browser, login, provider = 'lab') =>
      callback(browser, await signInAtProvider(await begin(browser, provider), login), provider),
  };
}
