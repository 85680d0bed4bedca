import { PASSWORD, Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { erase } from '../support/privacy.js';
import { refusalIn } from '../support/problems.js';
import { enrollPasskey, enrollTotp, signInByPasskey } from '../support/second-factors.js';

describe('the fresh proof that an erasure asks for', () => {
  const its = portalUnderTest();

  test('is a code of the app, or one of the codes that stand in for it, and each once', async () => {
    const ada = await its.person();
    const { recoveryCodes, code } = await enrollTotp(ada);
    expect(refusalIn(await erase(ada, { method: 'recovery-code', code: 'aaaa-bbbb-cccc-dddd' }))).toBe('401 bad-second-factor');
    expect(refusalIn(await erase(ada, { method: 'totp', code: '000000' === code() ? '111111' : '000000' }))).toBe('401 bad-second-factor');
    expect((await erase(ada, { method: 'totp', code: code() })).body.state).toBe('erased');

    const grace = await its.person();
    await enrollTotp(grace);
    expect(recoveryCodes).toHaveLength(10);
    expect(refusalIn(await erase(grace, { method: 'recovery-code', code: recoveryCodes![0]! }))).toBe('401 bad-second-factor');
    expect((await erase(grace)).body.state).toBe('erased');
  });

  test('is a recent sign-in where nothing can be typed; an older one does not do', async () => {
    const ada = await its.person();
    const { authenticator } = await enrollPasskey(ada);
    // As an account that a provider vouched for.
    await its.database.query('UPDATE account SET password_hash = NULL WHERE id = (SELECT account_id FROM person WHERE email = $1)', [
      ada.email,
    ]);
    const browser = new Person(its.url);
    expect((await signInByPasskey(browser, authenticator)).status).toBe(201);
    const since = (age: string) =>
      its.database.query(
        `UPDATE session SET authenticated_at = now() - $1::interval WHERE account_id = (SELECT account_id FROM person WHERE email = $2)`,
        [age, ada.email],
      );
    await since('16 minutes');
    expect(refusalIn(await erase(browser, { method: 'sign-in' }))).toBe('403 sign-in-again');
    expect(refusalIn(await erase(browser, { method: 'password', password: PASSWORD }))).toBe('401 bad-credentials');
    await since('1 minute');
    expect((await erase(browser, { method: 'sign-in' })).body.state).toBe('erased');
    expect((await signInByPasskey(new Person(its.url), authenticator)).status).toBe(401);
  });
});
