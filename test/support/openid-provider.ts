import { jest } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { keepCookies } from './person.js';

export interface OpenIdProvider {
  issuer: string;
  /** Claims by subject, which is the login name. */
  people: Map<string, Record<string, unknown>>;
  /** Requests that reached it. */
  asked: string[];
  close(): Promise<void>;
}

export const CLIENT = { clientId: 'paddock', clientSecret: 'a-client-secret-of-the-tests' };

/** A real OpenID provider on loopback, with the one client that the portal is. */
export async function startOpenIdProvider(redirectUri: string, port = 0): Promise<OpenIdProvider> {
  // It warns of defaults that are right for a test.
  for (const kind of ['info', 'warn'] as const) jest.spyOn(console, kind).mockImplementation(() => undefined);
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, Record<string, unknown>>();
  const asked: string[] = [];
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    cookies: { keys: ['a key of the tests'] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
  });
  server.on('request', (request) => asked.push(request.url!));
  server.on('request', provider.callback());
  return {
    issuer,
    people,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Goes through the provider's own pages as a browser does, signs in as `login` and consents. Returns the query that the portal is sent. */
export async function signInAtProvider(authorizationUrl: string, login: string): Promise<string> {
  const cookies = new Map<string, string>();
  const { origin } = new URL(authorizationUrl);
  let next: { url: string; form?: URLSearchParams } = { url: authorizationUrl };
  for (let step = 0; step < 15; step += 1) {
    const response = await fetch(next.url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.form && { method: 'POST', body: next.form }),
    });
    keepCookies(cookies, response);
    const location = response.headers.get('location');
    if (location) {
      const url = new URL(location, next.url);
      if (url.origin !== origin) return url.search.slice(1);
      next = { url: url.href };
      continue;
    }
    next = filledForm(next.url, await response.text(), login);
  }
  throw new Error('the provider never sends the browser back');
}

function filledForm(url: string, page: string, login: string): { url: string; form: URLSearchParams } {
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
  const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
  if (!action || !prompt) throw new Error(`the provider shows no form: ${page.slice(0, 500)}`);
  return { url: new URL(action, url).href, form: new URLSearchParams({ prompt, login, password: 'any' }) };
}
