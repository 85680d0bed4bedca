import { PASSWORD, Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn, tally } from '../support/problems.js';

describe('accounts', () => {
  const its = portalUnderTest();
  const signIn = (email: string, password: string) => new Person(its.url).post('/session', { email, password });

  /** The single-use secret that the last letter to this address holds. */
  const mailedToken = async (email: string): Promise<string> => {
    const [mail] = await its.database.query<{ body: string }>(
      'SELECT body FROM mail WHERE recipient = $1 ORDER BY created_at DESC, id DESC LIMIT 1',
      [email],
    );
    return /#token=(\S+)/.exec(mail!.body)![1]!;
  };

  test('signing up answers the same whether the e-mail was free or not, and changes no account', async () => {
    const ada = await its.person();
    const free = await new Person(its.url).post('/accounts', { email: 'free@example.org', password: PASSWORD, name: 'Free' });
    const taken = await new Person(its.url).post('/accounts', {
      email: ada.email.toUpperCase(),
      password: 'another-password',
      name: 'Thief',
    });
    expect([taken.status, Object.keys(taken.body), taken.body['state']]).toEqual([free.status, Object.keys(free.body), free.body['state']]);
    expect((await signIn(ada.email, 'another-password')).status).toBe(401);
    expect((await signIn(ada.email, PASSWORD)).status).toBe(201);
  });

  test('an unknown e-mail and a wrong password are told alike, and take as long', async () => {
    const ada = await its.person();
    const [unknown, wrong] = [await signIn('nobody@example.org', 'x'), await signIn(ada.email, 'x')].map(problemIn);
    expect({ ...unknown, requestId: '' }).toEqual({ ...wrong, requestId: '' });
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 8; round += 1) {
      times.known.push(await timeOf(() => signIn(ada.email, 'x')));
      times.unknown.push(await timeOf(() => signIn('nobody@example.org', 'x')));
    }
    const ratio = median(times.known) / median(times.unknown);
    expect(ratio).toBeGreaterThan(1 / 3);
    expect(ratio).toBeLessThan(3);
  });

  test('after ten failures even the right password must wait, however the e-mail is spelled', async () => {
    const ada = await its.person();
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await signIn(ada.email, 'wrong')).status).toBe(401);
    for (const email of [ada.email, ada.email.toUpperCase()]) {
      const answer = await signIn(email, PASSWORD);
      expect(refusalIn(answer)).toBe('429 too-many-attempts');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(15 * 60);
    }
    expect(refusalIn(await signIn(`${ada.email}\0`, PASSWORD))).toBe('400 malformed-request');
  });

  test('many attempts at once are no way around the limit', async () => {
    const ada = await its.person();
    const answers = await Promise.all(Array.from({ length: 30 }, () => signIn(ada.email, 'wrong')));
    expect(tally(answers)).toEqual({ 401: 10, 429: 20 });
  });

  test('a right password takes its attempt back: who knows it is never shut out', async () => {
    const ada = await its.person();
    for (let round = 0; round < 3; round += 1) {
      for (let attempt = 0; attempt < 9; attempt += 1) await signIn(ada.email, 'wrong');
      expect((await signIn(ada.email, PASSWORD)).status).toBe(201);
    }
    await its.database.query('DELETE FROM attempt');
  });

  test('a reset link works once, ends every session and token, and lets in again whoever failed too often', async () => {
    const ada = await its.person();
    const token = await ada.withToken(['read']);
    for (let attempt = 0; attempt < 11; attempt += 1) await signIn(ada.email, 'wrong');
    await new Person(its.url).post('/password-reset', { email: ada.email });
    const secret = await mailedToken(ada.email);
    expect((await new Person(its.url).post('/password-reset', { token: secret, password: 'a-brand-new-password' })).status).toBe(200);
    expect(refusalIn(await new Person(its.url).post('/password-reset', { token: secret, password: 'yet-another-password' }))).toBe(
      '410 single-use-link',
    );
    expect(refusalIn(await ada.get('/me'))).toBe('401 unauthenticated');
    expect(refusalIn(await token.get('/me'))).toBe('401 unauthenticated');
    expect((await signIn(ada.email, PASSWORD)).status).toBe(401);
    expect((await signIn(ada.email, 'a-brand-new-password')).status).toBe(201);
  });

  test('asking for a reset tells nobody whether there is such an account', async () => {
    const ada = await its.person();
    const [known, unknown] = await Promise.all(
      [ada.email, 'no-one@example.org'].map((email) => new Person(its.url).post('/password-reset', { email })),
    );
    expect([known!.status, known!.text]).toEqual([unknown!.status, unknown!.text]);
    expect(await its.database.query(`SELECT 1 FROM mail WHERE recipient = 'no-one@example.org'`)).toEqual([]);
  });

  test('a newer reset link ends the older one; an expired one is refused; one used twice at once works once', async () => {
    const ada = await its.person();
    const ask = async () => {
      await new Person(its.url).post('/password-reset', { email: ada.email });
      return mailedToken(ada.email);
    };
    const reset = (token: string) => new Person(its.url).post('/password-reset', { token, password: 'a-brand-new-password' });
    const older = await ask();
    const newer = await ask();
    expect(refusalIn(await reset(older))).toBe('410 single-use-link');
    await its.database.query(`UPDATE single_use_link SET expires_at = now() - interval '1 second' WHERE kind = 'reset-password'`);
    expect(refusalIn(await reset(newer))).toBe('410 single-use-link');
    const last = await ask();
    expect(tally(await Promise.all([1, 2, 3, 4].map(() => reset(last))))).toEqual({ 200: 1, 410: 3 });
  });

  test('a verification link works once, and is no reset link', async () => {
    const ada = await its.person();
    const token = await mailedToken(ada.email);
    expect(refusalIn(await new Person(its.url).post('/password-reset', { token, password: 'a-brand-new-password' }))).toBe(
      '410 single-use-link',
    );
    expect((await new Person(its.url).post('/email-verification', { token })).body).toEqual({ state: 'verified' });
    expect(refusalIn(await new Person(its.url).post('/email-verification', { token }))).toBe('410 single-use-link');
    expect((await ada.get('/me')).body['state']).toBe('verified');
    expect(refusalIn(await new Person(its.url).post('/email-verification', {}))).toBe('403 session-required');
  });

  test('nobody becomes first administrator while there is one', async () => {
    expect(
      refusalIn(
        await new Person(its.url).post('/first-administrator', {
          token: 'guess',
          email: 'eve@example.org',
          password: PASSWORD,
          name: 'Eve',
        }),
      ),
    ).toBe('410 single-use-link');
  });

  test('an ended session, a session past its time and a revoked token are nobody', async () => {
    const ada = await its.person();
    const token = await ada.withToken(['read']);
    const { body } = await ada.get<{ items: { id: string }[] }>('/tokens');
    expect((await ada.call('DELETE', `/tokens/${body.items[0]!.id}`, {})).status).toBe(204);
    expect(refusalIn(await token.get('/me'))).toBe('401 unauthenticated');
    await its.database.query('UPDATE session SET expires_at = now() WHERE account_id = (SELECT account_id FROM person WHERE email = $1)', [
      ada.email,
    ]);
    expect(refusalIn(await ada.get('/me'))).toBe('401 unauthenticated');
    await ada.signIn(ada.email, PASSWORD);
    expect((await ada.call('DELETE', '/session', {})).status).toBe(204);
    expect(refusalIn(await ada.get('/me'))).toBe('401 unauthenticated');
  });
});

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}
