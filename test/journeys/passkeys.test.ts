import { Authenticator } from '../support/authenticator.js';
import { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { refusalIn } from '../support/problems.js';
import { enrollPasskey, givePasskey, halfSignedIn, signInByPasskey } from '../support/second-factors.js';

describe('passkeys', () => {
  const its = portalUnderTest();
  const half = (email: string) => halfSignedIn(its.url, email);

  test('are a second factor, and with their user verified the whole sign-in', async () => {
    const ada = await its.person();
    const { authenticator, answer } = await enrollPasskey(ada);
    expect(answer.body.recoveryCodes).toHaveLength(10);
    expect((await givePasskey(await half(ada.email), authenticator)).body['state']).toBe('signed-in');
    const browser = new Person(its.url);
    expect((await signInByPasskey(browser, authenticator)).body['state']).toBe('signed-in');
    expect((await browser.get('/me')).body['email']).toBe(ada.email);
    const { body } = await browser.get<{ items: { secondFactor: boolean; current: boolean }[] }>('/sessions');
    expect(body.items.find(({ current }) => current)).toMatchObject({ secondFactor: true });
  });

  test('that did not verify their user sign nobody in alone, yet serve as second factor', async () => {
    const ada = await its.person();
    const { authenticator } = await enrollPasskey(ada);
    authenticator.userVerified = false;
    expect(refusalIn(await signInByPasskey(new Person(its.url), authenticator))).toBe('401 bad-second-factor');
    expect((await givePasskey(await half(ada.email), authenticator)).status).toBe(201);
  });

  test('an assertion works once, for its own purpose, session and time', async () => {
    const ada = await its.person();
    const { authenticator } = await enrollPasskey(ada);
    const browser = new Person(its.url);
    const { body: options } = await browser.post<{ challenge: string }>('/session/passkey/options');
    const response = authenticator.assert(options);
    const pending = await half(ada.email);
    expect(refusalIn(await pending.post('/session/second-factor', { method: 'passkey', response }))).toBe('401 bad-second-factor');
    expect((await browser.post('/session/passkey', { response })).status).toBe(201);
    expect(refusalIn(await browser.post('/session/passkey', { response }))).toBe('401 bad-second-factor');

    const other = await half(ada.email);
    const { body: theirs } = await other.post<{ challenge: string }>('/session/second-factor/passkey-options');
    const asserted = authenticator.assert(theirs);
    expect(refusalIn(await pending.post('/session/second-factor', { method: 'passkey', response: asserted }))).toBe(
      '401 bad-second-factor',
    );
    expect((await other.post('/session/second-factor', { method: 'passkey', response: asserted })).status).toBe(201);

    const { body: late } = await pending.post<{ challenge: string }>('/session/second-factor/passkey-options');
    await its.database.query('UPDATE webauthn_challenge SET expires_at = now()');
    expect(refusalIn(await pending.post('/session/second-factor', { method: 'passkey', response: authenticator.assert(late) }))).toBe(
      '401 bad-second-factor',
    );
  });

  test('of another origin, host name or account are refused', async () => {
    const [ada, eve] = [await its.person(), await its.person()];
    const { authenticator } = await enrollPasskey(ada);
    const { authenticator: eves } = await enrollPasskey(eve);
    expect(refusalIn(await givePasskey(await half(ada.email), eves))).toBe('401 bad-second-factor');
    for (const [origin, host] of [
      ['https://evil.example', undefined],
      [its.url, 'evil.example'],
      ['https://evil.example', new URL(its.url).hostname],
      [its.url.replace(/:\d+$/, ':1'), undefined],
    ] as const) {
      // The same key, used by a page elsewhere.
      const phished = Object.setPrototypeOf(
        { ...authenticator, origin, rpId: host ?? new URL(origin).hostname },
        Authenticator.prototype,
      ) as Authenticator;
      expect(refusalIn(await signInByPasskey(new Person(its.url), phished))).toBe('401 bad-second-factor');
      expect(refusalIn((await enrollPasskey(ada, 'Phished', new Authenticator(origin, host))).answer)).toBe('422 passkey-invalid');
    }
  });

  test('a signature that was altered, a counter that went back, and an unknown passkey are refused', async () => {
    const ada = await its.person();
    const { authenticator } = await enrollPasskey(ada);
    const browser = new Person(its.url);
    const options = async () => (await browser.post<{ challenge: string }>('/session/passkey/options')).body;
    const response = authenticator.assert(await options());
    const signature = Buffer.from(response.response.signature, 'base64url');
    signature[signature.length - 1]! ^= 1;
    const altered = { ...response, response: { ...response.response, signature: signature.toString('base64url') } };
    expect(refusalIn(await browser.post('/session/passkey', { response: altered }))).toBe('401 bad-second-factor');
    authenticator.counter = 5;
    expect((await browser.post('/session/passkey', { response: authenticator.assert(await options()) })).status).toBe(201);
    authenticator.counter = 3;
    expect(refusalIn(await browser.post('/session/passkey', { response: authenticator.assert(await options()) }))).toBe(
      '401 bad-second-factor',
    );
    const stranger = new Authenticator(its.url);
    expect(refusalIn(await browser.post('/session/passkey', { response: stranger.assert(await options()) }))).toBe('401 bad-second-factor');
  });

  test('are registered once, by who asked for it', async () => {
    const [ada, eve] = [await its.person(), await its.person()];
    const authenticator = new Authenticator(its.url);
    const { body: options } = await ada.post<{ challenge: string }>('/me/second-factors/passkeys/options');
    const response = authenticator.register(options);
    expect(refusalIn(await eve.post('/me/second-factors/passkeys', { name: 'Mine', response }))).toBe('422 passkey-invalid');
    expect((await ada.post('/me/second-factors/passkeys', { name: 'Laptop', response })).status).toBe(201);
    expect(refusalIn(await ada.post('/me/second-factors/passkeys', { name: 'Laptop', response }))).toBe('422 passkey-invalid');
    expect(refusalIn((await enrollPasskey(eve, 'The same', authenticator)).answer)).toBe('422 passkey-invalid');
  });

  test.each([{}, { clientDataJSON: '', attestationObject: '' }, { clientDataJSON: 'bm8', attestationObject: 'oA' }])(
    '%j is no passkey',
    async (response) => {
      const ada = await its.person();
      await ada.post('/me/second-factors/passkeys/options');
      const answer = await ada.post('/me/second-factors/passkeys', {
        name: 'x',
        response: { id: 'x', rawId: 'x', type: 'public-key', response },
      });
      expect(['400 malformed-request', '422 passkey-invalid']).toContain(refusalIn(answer));
    },
  );
});
