import { freePort } from '../support/free-port.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { ADMIN, startPortal, type TestPortal } from '../support/portal.js';
import { refusalIn } from '../support/problems.js';

const PUBLIC = 'https://portal.example';

describe('the session cookie behind TLS', () => {
  let database: TestDatabase;
  let portal: TestPortal;
  let address: string;

  beforeAll(async () => {
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    database = await testDatabase();
    // Mixed case and a trailing slash, as people write it; browsers send an origin in its one form.
    const env = {
      PADDOCK_DATABASE_OWNER_URL: database.ownerUrl,
      PADDOCK_PUBLIC_URL: 'https://Portal.Example/',
      PADDOCK_PORT: String(port),
    };
    portal = await startPortal({ databaseUrl: database.serverUrl, env });
  });
  afterAll(async () => {
    await portal.stop();
    await database.drop();
  });

  const signIn = (origin?: string) =>
    fetch(`${address}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(origin && { origin }) },
      body: JSON.stringify({ email: ADMIN.email, password: ADMIN.password }),
    });

  test('is bound to its host, kept from scripts and from other sites', async () => {
    const [cookie] = (await signIn(PUBLIC)).headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-paddock-session=[\w-]{43}; /);
    expect(cookie!.split('; ').slice(1).toSorted()).toEqual([
      expect.stringMatching(/^Expires=/),
      'HttpOnly',
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ]);
  });

  test('alone proves nothing: an unsafe method needs the portal’s origin', async () => {
    const cookie = (await signIn(PUBLIC)).headers.getSetCookie()[0]!.split(';')[0]!;
    const mint = async (origin?: string) => {
      const response = await fetch(`${address}/api/v1/tokens`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, ...(origin && { origin }) },
        body: JSON.stringify({ name: 'x', scopes: ['read'] }),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    };
    for (const origin of [
      undefined,
      'null',
      address,
      'http://portal.example',
      'https://portal.example:444',
      'https://portal.example.evil.example',
      'https://evil.example',
    ]) {
      expect(refusalIn(await mint(origin))).toBe('403 origin-mismatch');
    }
    expect((await mint(PUBLIC)).status).toBe(201);
    expect((await fetch(`${address}/api/v1/me`, { headers: { cookie } })).status).toBe(200);
  });

  test('another site signs nobody in', async () => expect((await signIn('https://evil.example')).status).toBe(403));

  test('the transport is said to stay secure', async () => {
    const { headers } = await fetch(`${address}/health/live`);
    expect(headers.get('strict-transport-security')).toContain('max-age=');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });
});
