import { signInAtProvider } from '../support/openid-provider.js';
import { oidcPortal } from '../support/oidc-portal.js';
import { OrganizationUnderTest, verifyEmail } from '../support/organization.js';
import { Person } from '../support/person.js';
import { ageRow } from '../support/portal-under-test.js';
import { draftFor, inquiryMailed, modelAsking, nameReferee, RIGHT, standingOf } from '../support/prerequisites.js';
import { problemIn, refusalIn } from '../support/problems.js';
import { enrollTotp } from '../support/second-factors.js';

describe('prerequisites', () => {
  const oidc = oidcPortal();
  const { its } = oidc;
  let iDs = 0;

  /** An ORCID iD that the provider knows: 15 digits and a check digit (ISO 7064 11,2). */
  const orcid = () => {
    const digits = String(100_000_000_000_000 + (iDs += 1));
    const sum = [...digits].reduce((total, digit) => (total + Number(digit)) * 2, 0);
    const check = (12 - (sum % 11)) % 11;
    const login = `${digits}${check === 10 ? 'X' : check}`.replace(/(.{4})(?=.)/g, '$1-');
    oidc.orcid.people.set(login, { name: 'Ada' });
    return login;
  };
  const linkOrcid = async (person: Person, login: string) => {
    const { body } = await person.post<{ url: string }>('/me/identities/orcid');
    return oidc.callback(person, await signInAtProvider(body.url, login), 'orcid');
  };
  type Somebody = Awaited<ReturnType<typeof its.person>>;
  const obtain: Record<string, (person: Somebody, model: string) => Promise<unknown>> = {
    email: (person) => verifyEmail(its, person),
    orcid: (person) => linkOrcid(person, orcid()),
    'second-factor': (person) => enrollTotp(person),
    quiz: (person, model) => person.post(`/models/${model}/quiz/attempts`, { answers: RIGHT }),
    referee: async (person, model) => {
      await verifyEmail(its, person);
      await nameReferee(person, model, `${model}@example.edu`);
      await new Person(its.url).post('/referees/confirm', {
        token: await inquiryMailed(its, `${model}@example.edu`),
        confirmed: true,
        relation: 'Yes',
      });
    },
  };

  test.each(Object.keys(obtain))(
    '%s: missing is refused with the way to it, at submit and before the terms are shown; obtained goes on',
    async (kind) => {
      const [application, assent] = [await modelAsking(its, [{ kind }]), await modelAsking(its, [{ kind }], 'assent')];
      const ada = await its.person();
      const request = await draftFor(ada, application);
      for (const answer of [await ada.post(`/access-requests/${request}/submit`), await ada.post('/presentations', { model: assent })]) {
        const problem = problemIn(answer);
        expect(problem).toMatchObject({
          status: 403,
          code: 'prerequisite-missing',
          prerequisites: [{ kind, state: 'missing', remedy: expect.any(String) }],
        });
        const [{ link }] = problem['prerequisites'] as [{ link: string }];
        expect((await fetch(its.url + link)).status).toBe(200);
      }
      expect(await standingOf(ada, application)).toEqual({ [kind]: 'missing' });
      await obtain[kind]!(ada, application);
      if (kind === 'quiz' || kind === 'referee') await obtain[kind]!(ada, assent);
      expect(await standingOf(ada, application)).toEqual({ [kind]: 'satisfied' });
      expect((await ada.post(`/access-requests/${request}/submit`)).body).toMatchObject({ state: 'submitted' });
      expect((await ada.post('/presentations', { model: assent })).status).toBe(201);
    },
  );

  test('strangers are told what is asked; several missing ones are all named', async () => {
    const model = await modelAsking(its, [{ kind: 'email' }, { kind: 'quiz', validDays: 30 }]);
    expect(await standingOf(new Person(its.url), model)).toEqual({ email: 'asked', quiz: 'asked' });
    const ada = await its.person();
    const request = await draftFor(ada, model);
    expect(problemIn(await ada.post(`/access-requests/${request}/submit`))['prerequisites']).toMatchObject([
      { kind: 'email' },
      { kind: 'quiz' },
    ]);
    await obtain['email']!(ada, model);
    expect(problemIn(await ada.post(`/access-requests/${request}/submit`))['prerequisites']).toMatchObject([{ kind: 'quiz' }]);
    expect(await standingOf(await ada.withToken(['read']), model)).toEqual({ email: 'satisfied', quiz: 'missing' });
    expect(await standingOf(await ada.withToken(['download']), model)).toEqual({ email: 'asked', quiz: 'asked' });
    // A reviewer may approve what the gate would refuse, but nothing has been submitted yet.
    expect((await ada.get(`/access-requests/${request}`)).body['state']).toBe('draft');
  });

  const downloader = async (prerequisites: object[]) => {
    const model = await modelAsking(its, prerequisites, 'assent');
    const ada = await its.person();
    for (const { kind } of prerequisites as { kind: string }[]) await obtain[kind]!(ada, model);
    const grant = await ada.accept(model);
    const { artifacts } = await ada.links(grant, { release: 'first' });
    const download = () => fetch(artifacts.find(({ path }) => path === 'weights.bin')!.url);
    const account = `account_id = '${String((await ada.get('/me')).body['id'])}'`;
    return { model, ada, grant, download, account };
  };

  test('evidence that expires refuses at the gate, leaves the grant as it is, and opens the same link again when renewed', async () => {
    const { model, ada, grant, download, account } = await downloader([{ kind: 'quiz', validDays: 30 }]);
    expect((await download()).status).toBe(200);
    await ageRow(its.database, 'prerequisite_evidence', `obtained_at = obtained_at - interval '31 days'`, account);
    const refused = await download();
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({
      code: 'prerequisite-expired',
      grant,
      prerequisites: [{ kind: 'quiz', state: 'expired', link: `/models/${model}/prerequisites` }],
    });
    expect(refusalIn(await ada.post(`/grants/${grant}/links`, { release: 'first' }))).toBe('403 prerequisite-expired');
    expect((await ada.get(`/grants/${grant}`)).body).toMatchObject({ state: 'active' });
    expect(await standingOf(ada, model)).toEqual({ quiz: 'expired' });
    await ada.post(`/models/${model}/quiz/attempts`, { answers: RIGHT });
    expect((await download()).status).toBe(200);
  });

  test('a second factor that is removed, and an ORCID iD that is unlinked, count no more, whatever the evidence says', async () => {
    const { ada, download } = await downloader([{ kind: 'second-factor' }, { kind: 'orcid' }]);
    expect((await download()).status).toBe(200);
    const { body } = await ada.get<{ factors: { id: string }[] }>('/me/security');
    await ada.call('DELETE', `/me/second-factors/${body.factors[0]!.id}`, {});
    expect(await (await download()).json()).toMatchObject({
      code: 'prerequisite-expired',
      prerequisites: [{ kind: 'second-factor', state: 'missing' }],
    });
    await enrollTotp(ada);
    expect((await download()).status).toBe(200);
    await ada.call('DELETE', '/me/identities/orcid', {});
    expect(await (await download()).json()).toMatchObject({
      code: 'prerequisite-expired',
      prerequisites: [{ kind: 'orcid', state: 'missing' }],
    });
    await linkOrcid(ada, orcid());
    expect((await download()).status).toBe(200);
  });

  test('signing in by ORCID renews it, confirming the address again renews that', async () => {
    const model = await modelAsking(its, [
      { kind: 'orcid', validDays: 7 },
      { kind: 'email', validDays: 7 },
    ]);
    const ada = await its.person();
    const login = orcid();
    await linkOrcid(ada, login);
    await verifyEmail(its, ada);
    const { body: me } = await ada.get<{ id: string }>('/me');
    await ageRow(its.database, 'prerequisite_evidence', `obtained_at = obtained_at - interval '8 days'`, `account_id = '${me.id}'`);
    await its.database.query(`UPDATE identity SET created_at = created_at - interval '8 days' WHERE account_id = $1`, [me.id]);
    await its.database.query(`UPDATE account SET verified_at = verified_at - interval '8 days' WHERE id = $1`, [me.id]);
    expect(await standingOf(ada, model)).toEqual({ orcid: 'expired', email: 'expired' });
    const browser = new Person(its.url);
    await oidc.signIn(browser, login, 'orcid');
    expect(await standingOf(browser, model)).toEqual({ orcid: 'satisfied', email: 'expired' });
    await ada.post('/email-verification', {});
    const [mail] = await its.database.query<{ body: string }>(
      'SELECT body FROM mail WHERE recipient = $1 ORDER BY created_at DESC LIMIT 1',
      [ada.email],
    );
    await ada.post('/email-verification', { token: /verify-email#token=(\S+)/.exec(mail!.body)![1] });
    expect(await standingOf(ada, model)).toEqual({ orcid: 'satisfied', email: 'satisfied' });
  });

  test('a grant stays under its own terms: later ones do not shut it, and stricter ones of its own do though later ones ask nothing', async () => {
    const free = await downloader([]);
    const terms = (model: string, prerequisites: object[]) =>
      its.admin.post(`/models/${model}/terms`, { admission: 'assent', license: `${model}-license`, prerequisites });
    await terms(free.model, [{ kind: 'quiz' }]);
    expect((await free.download()).status).toBe(200);
    expect(problemIn(await (await its.person()).post('/presentations', { model: free.model }))).toMatchObject({
      code: 'prerequisite-missing',
    });
    expect((await free.ada.post('/presentations', { model: free.model })).status).toBe(201);
    const strict = await downloader([{ kind: 'second-factor' }]);
    await terms(strict.model, []);
    const { body } = await strict.ada.get<{ factors: { id: string }[] }>('/me/security');
    await strict.ada.call('DELETE', `/me/second-factors/${body.factors[0]!.id}`, {});
    expect((await strict.download()).status).toBe(403);
    expect(await standingOf(strict.ada, strict.model)).toEqual({ 'second-factor': 'missing' });
  });

  test('a renewal meets what the terms ask now, and the grant is under them from then on', async () => {
    const model = await modelAsking(its, []);
    const ada = await its.person();
    const grant = await ada.obtainGrant(its.admin, model);
    const links = () => ada.post(`/grants/${grant}/links`, { release: 'first' });
    const terms = { admission: 'application', license: `${model}-license`, prerequisites: [{ kind: 'quiz', validDays: 30 }] };
    await its.admin.post(`/models/${model}/terms`, terms);
    expect((await links()).status).toBe(201);
    const licensee = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
    const { body } = await ada.post<{ id: string }>('/access-requests', { model, kind: 'renewal', licensee, useStatement: 'Two papers.' });
    expect(refusalIn(await ada.post(`/access-requests/${body.id}/submit`))).toBe('403 prerequisite-missing');
    await obtain['quiz']!(ada, model);
    await ada.post(`/access-requests/${body.id}/submit`);
    expect((await its.admin.post(`/access-requests/${body.id}/approve`)).body).toMatchObject({ state: 'approved' });
    expect((await links()).status).toBe(201);
    await ageRow(
      its.database,
      'prerequisite_evidence',
      `obtained_at = obtained_at - interval '31 days'`,
      `account_id = '${String((await ada.get('/me')).body['id'])}'`,
    );
    expect(refusalIn(await links())).toBe('403 prerequisite-expired');
  });

  test('of an organization each holder stands for themselves, and a seat’s custodian for the seat', async () => {
    const model = await modelAsking(its, [{ kind: 'quiz' }], 'assent');
    const lab = await OrganizationUnderTest.found(its);
    const grace = await lab.join();
    await lab.officer.post(`/models/${model}/quiz/attempts`, { answers: RIGHT });
    const grant = await lab.accept(lab.officer, model);
    const links = (person: Person) => person.post(`/grants/${grant}/links`, { release: 'first' });
    expect((await links(lab.officer)).status).toBe(201);
    expect(refusalIn(await links(grace))).toBe('403 prerequisite-expired');
    const seat = Object.assign(new Person(its.url), { token: (await lab.seat()).token });
    expect((await links(seat)).status).toBe(201);
    await ageRow(its.database, 'prerequisite_evidence', `valid_until = now()`, `model_id = (SELECT id FROM model WHERE slug = '${model}')`);
    expect(refusalIn(await links(seat))).toBe('403 prerequisite-expired');
  });

  test('terms that do not speak of prerequisites keep them; those that nobody could meet are refused', async () => {
    const model = await modelAsking(its, [{ kind: 'quiz', validDays: 90 }]);
    const put = (terms: object, slug = model) =>
      its.admin.post(`/models/${slug}/terms`, { admission: 'application', license: `${model}-license`, ...terms });
    expect((await put({ approvals: 2 })).body).toMatchObject({ prerequisites: [{ kind: 'quiz', validDays: 90 }] });
    expect((await put({ prerequisites: [] })).body).toMatchObject({ prerequisites: [] });
    for (const prerequisites of [
      [{ kind: 'quiz' }, { kind: 'quiz' }],
      [{ kind: 'blood' }],
      [{ kind: 'quiz', validDays: 0 }],
      [{ kind: 'quiz', answers: [] }],
      'quiz',
    ])
      expect(refusalIn(await put({ prerequisites }))).toBe('400 malformed-request');
    const open = { admission: 'open', license: 'sample-permissive', prerequisites: [{ kind: 'email' }] };
    expect(refusalIn(await its.admin.post(`/models/${model}/terms`, open))).toBe('422 prerequisites-unfit');
    await its.admin.post('/models', { publisher: 'demo-lab', slug: 'without-quiz', title: 'x' });
    expect(refusalIn(await put({ prerequisites: [{ kind: 'quiz' }] }, 'without-quiz'))).toBe('422 prerequisites-unfit');
    expect(refusalIn(await its.admin.get('/models/without-quiz/prerequisites'))).toBe('404 not-found');
  });
});
