import { PASSWORD, Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { refusalIn, tally } from '../support/problems.js';
import { enrollPasskey, enrollTotp, halfSignedIn } from '../support/second-factors.js';

describe('second factors', () => {
  const its = portalUnderTest();
  const half = (email: string) => halfSignedIn(its.url, email);
  const give = (browser: Person, method: string, code: string) => browser.post('/session/second-factor', { method, code });
  const subjectsTo = async (email: string) =>
    (await its.database.query<{ subject: string }>('SELECT subject FROM mail WHERE recipient = $1 ORDER BY created_at, id', [email])).map(
      ({ subject }) => subject,
    );

  describe('time-based codes', () => {
    test('are asked for at the next sign-in, and until then the session can do nothing', async () => {
      const ada = await its.person();
      const { code } = await enrollTotp(ada);
      const browser = await half(ada.email);
      const secret = browser.cookies.get('paddock-session');
      for (const path of ['/me', '/sessions', '/tokens', '/grants', '/me/security'])
        expect(`${path} ${refusalIn(await browser.get(path))}`).toBe(`${path} 401 second-factor-pending`);
      for (const path of ['/tokens', '/me/second-factors/totp', '/me/identities', '/presentations'])
        expect(`${path} ${refusalIn(await browser.post(path))}`).toBe(`${path} 401 second-factor-pending`);
      expect((await browser.get('/models')).status).toBe(200);
      const done = await give(browser, 'totp', code());
      expect(done.body).toMatchObject({ state: 'signed-in' });
      expect(done.body).not.toHaveProperty('methods');
      expect((await browser.get('/me')).body['email']).toBe(ada.email);
      // The cookie that stood for the password alone opens nothing.
      expect(browser.cookies.get('paddock-session')).not.toBe(secret);
      const old = new Person(its.url);
      old.cookies.set('paddock-session', secret!);
      expect(refusalIn(await old.get('/me'))).toBe('401 unauthenticated');
      expect(refusalIn(await give(browser, 'totp', code(1)))).toBe('401 unauthenticated');
      expect(await subjectsTo(ada.email)).toContain('A second factor was added');
      expect(
        await its.database.query(`SELECT kind FROM prerequisite_evidence JOIN person USING (account_id) WHERE email = $1`, [ada.email]),
      ).toEqual([{ kind: 'second-factor' }]);
    });

    test('of one step are taken once, also at once; those of other times never', async () => {
      const ada = await its.person();
      const { code } = await enrollTotp(ada);
      const browsers = await Promise.all([1, 2, 3].map(() => half(ada.email)));
      for (const far of [-3, 3, -20]) expect(refusalIn(await give(browsers[0]!, 'totp', code(far)))).toBe('401 bad-second-factor');
      const [now, next] = [code(), code(1)];
      expect(tally(await Promise.all(browsers.map((browser) => give(browser, 'totp', now))))).toEqual({ 201: 1, 401: 2 });
      // An older step than the last one that was taken is as used.
      expect(refusalIn(await give(await half(ada.email), 'totp', code(-1)))).toBe('401 bad-second-factor');
      expect((await give(await half(ada.email), 'totp', ` ${next.slice(0, 3)} ${next.slice(3)}`)).status).toBe(201);
    });

    test('cannot be guessed: after ten failures even the right one must wait', async () => {
      const ada = await its.person();
      const { code, recoveryCodes } = await enrollTotp(ada);
      const browser = await half(ada.email);
      const answers = await Promise.all(Array.from({ length: 14 }, () => give(browser, 'totp', '000000')));
      expect(tally(answers)).toEqual({ 401: 10, 429: 4 });
      // Signing in anew with the password is no way round, nor is another method.
      const again = await half(ada.email);
      expect(refusalIn(await give(again, 'totp', code()))).toBe('429 too-many-attempts');
      expect(refusalIn(await give(again, 'recovery-code', recoveryCodes![0]!))).toBe('429 too-many-attempts');
      await its.database.query('DELETE FROM attempt');
      expect((await give(again, 'totp', code())).status).toBe(201);
    });

    test.each(['', '12345', 'abcdef', '1234567', '12345६', '0x1234', "' OR 1"])('%j is no code', async (code) => {
      const ada = await its.person();
      await enrollTotp(ada);
      expect(refusalIn(await give(await half(ada.email), 'totp', code))).toBe('401 bad-second-factor');
    });

    test('count only once their first one is given; a second secret needs the first one’s removal', async () => {
      const ada = await its.person();
      await ada.post('/me/second-factors/totp');
      expect(refusalIn(await ada.post('/me/second-factors/totp/confirm', { code: '000000' }))).toBe('401 bad-second-factor');
      expect((await new Person(its.url).post('/session', { email: ada.email, password: PASSWORD })).body['state']).toBe('signed-in');
      await enrollTotp(ada);
      expect(refusalIn(await ada.post('/me/second-factors/totp'))).toBe('409 factor-exists');
      expect(refusalIn(await ada.post('/me/second-factors/totp/confirm', { code: '000000' }))).toBe('409 factor-missing');
    });

    test('their secret is kept sealed, and shown as a QR code that holds it', async () => {
      const ada = await its.person();
      const { body } = await ada.post<{ secret: string; uri: string; qr: string }>('/me/second-factors/totp');
      expect(body.uri).toMatch(new RegExp(`^otpauth://totp/.*secret=${body.secret}`));
      expect(body.qr).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"[^]*<\/svg>$/);
      const rows = await its.database.query<{ secret: Buffer }>('SELECT secret FROM totp');
      for (const { secret } of rows) expect(secret.toString('latin1')).not.toContain(body.secret);
    });
  });

  describe('recovery codes', () => {
    test('are ten, each good once, however they are spelled; their use is told by mail', async () => {
      const ada = await its.person();
      const { recoveryCodes } = await enrollTotp(ada);
      expect(new Set(recoveryCodes).size).toBe(10);
      const [first, second] = recoveryCodes!;
      expect((await give(await half(ada.email), 'recovery-code', first!.toUpperCase().replaceAll('-', ' '))).status).toBe(201);
      expect(refusalIn(await give(await half(ada.email), 'recovery-code', first!))).toBe('401 bad-second-factor');
      const browsers = await Promise.all([1, 2, 3].map(() => half(ada.email)));
      const answers = await Promise.all(browsers.map((browser) => give(browser, 'recovery-code', second!)));
      expect(tally(answers)).toEqual({ 201: 1, 401: 2 });
      expect((await ada.get('/me/security')).body['recoveryCodesLeft']).toBe(8);
      expect((await subjectsTo(ada.email)).filter((subject) => subject === 'A recovery code was used')).toHaveLength(2);
    });

    test('new ones end the older, and nobody has them without a factor', async () => {
      const ada = await its.person();
      expect(refusalIn(await ada.post('/me/recovery-codes'))).toBe('409 factor-missing');
      const { recoveryCodes } = await enrollTotp(ada);
      const { body } = await ada.post<{ recoveryCodes: string[] }>('/me/recovery-codes');
      expect(refusalIn(await give(await half(ada.email), 'recovery-code', recoveryCodes![3]!))).toBe('401 bad-second-factor');
      expect((await give(await half(ada.email), 'recovery-code', body.recoveryCodes[3]!)).status).toBe(201);
    });

    test('of somebody else open nothing', async () => {
      const [ada, eve] = [await its.person(), await its.person()];
      const { recoveryCodes } = await enrollTotp(ada);
      await enrollTotp(eve);
      expect(refusalIn(await give(await half(eve.email), 'recovery-code', recoveryCodes![0]!))).toBe('401 bad-second-factor');
    });
  });

  describe('what keeps an account', () => {
    test('changes only soon after a sign-in', async () => {
      const ada = await its.person();
      const { id } = await enrollTotp(ada);
      await its.database.query(
        `UPDATE session SET authenticated_at = now() - interval '16 minutes' WHERE account_id = (SELECT account_id FROM person WHERE email = $1)`,
        [ada.email],
      );
      for (const [method, path, body] of [
        ['DELETE', `/me/second-factors/${id}`],
        ['POST', '/me/second-factors/totp'],
        ['POST', '/me/recovery-codes'],
        ['POST', '/me/password', { password: 'another-long-password' }],
        ['DELETE', '/me/identities/lab'],
      ] as const)
        expect(`${path} ${refusalIn(await ada.call(method, path, { body }))}`).toBe(`${path} 403 sign-in-again`);
      expect(refusalIn((await enrollPasskey(ada)).answer)).toBe('403 sign-in-again');
      expect((await ada.get('/me/security')).body['factors']).toHaveLength(1);
    });

    test('is not changed by a session from before the factor', async () => {
      const ada = await its.person();
      const older = await new Person(its.url).signIn(ada.email, PASSWORD);
      const { id } = await enrollTotp(ada);
      expect(refusalIn(await older.call('DELETE', `/me/second-factors/${id}`, {}))).toBe('403 sign-in-again');
      expect(refusalIn(await older.post('/me/password', { password: 'another-long-password' }))).toBe('403 sign-in-again');
    });

    test('without its last factor a password is enough again, and recovery codes end; other people’s factors do not exist', async () => {
      const [ada, eve] = [await its.person(), await its.person()];
      const { id } = await enrollTotp(ada);
      const { answer } = await enrollPasskey(ada);
      expect(answer.body).not.toHaveProperty('recoveryCodes');
      expect(refusalIn(await eve.call('DELETE', `/me/second-factors/${id}`, {}))).toBe('404 not-found');
      expect((await ada.call('DELETE', `/me/second-factors/${id}`, {})).status).toBe(204);
      expect((await ada.get('/me/security')).body).toMatchObject({ factors: [{ kind: 'passkey', name: 'Laptop' }], recoveryCodesLeft: 10 });
      expect((await ada.call('DELETE', `/me/second-factors/${answer.body.id}`, {})).status).toBe(204);
      expect((await ada.get('/me/security')).body).toMatchObject({ factors: [], recoveryCodesLeft: 0 });
      expect((await new Person(its.url).post('/session', { email: ada.email, password: PASSWORD })).body['state']).toBe('signed-in');
      expect(await subjectsTo(ada.email)).toContain('A second factor was removed');
    });

    test('a reset of the password by mail does not go round the factor', async () => {
      const ada = await its.person();
      await enrollTotp(ada);
      await new Person(its.url).post('/password-reset', { email: ada.email });
      const [mail] = await its.database.query<{ body: string }>(
        `SELECT body FROM mail WHERE recipient = $1 AND subject = 'Reset your password'`,
        [ada.email],
      );
      await new Person(its.url).post('/password-reset', { token: /#token=(\S+)/.exec(mail!.body)![1], password: PASSWORD });
      expect((await half(ada.email)).cookies.size).toBe(1);
    });
  });

  test('a half-open session ends after ten minutes, and no secret of all this is logged', async () => {
    const ada = await its.person();
    const { code, recoveryCodes } = await enrollTotp(ada);
    const browser = await half(ada.email);
    await its.database.query(`UPDATE session SET expires_at = now() WHERE state = 'second-factor-required'`);
    expect(refusalIn(await give(browser, 'totp', code()))).toBe('401 unauthenticated');
    for (const secret of recoveryCodes!) expect(its.portal.output()).not.toContain(secret);
  });
});
