import { verifyEmail, type Somebody } from '../support/organization.js';
import { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { draftFor, inquiryMailed, modelAsking, nameReferee, standingOf } from '../support/prerequisites.js';
import { problemIn, refusalIn, tally } from '../support/problems.js';

describe('referees', () => {
  const its = portalUnderTest({ PADDOCK_LOG_LEVEL: 'debug' });
  let referees = 0;
  const address = () => `referee-${(referees += 1)}@physics.example.edu`;
  const applicant = async (name?: string): Promise<Somebody> => {
    const person = await its.person(name);
    await verifyEmail(its, person);
    return person;
  };
  const asking = () => modelAsking(its, [{ kind: 'referee' }]);
  const stranger = () => new Person(its.url);
  const mailsTo = (recipient: string) =>
    its.database.query<{ subject: string; body: string }>('SELECT subject, body FROM mail WHERE recipient = $1 ORDER BY created_at, id', [
      recipient,
    ]);
  const confirm = (token: string, more: object = {}) =>
    stranger().post('/referees/confirm', { token, confirmed: true, relation: 'I supervise her thesis.', ...more });

  test('a request goes on once the referee has confirmed by the mailed link; reviewers read how they know the applicant', async () => {
    const [model, ada, email] = [await asking(), await applicant(), address()];
    const request = await draftFor(ada, model);
    expect(problemIn(await ada.post(`/access-requests/${request}/submit`))).toMatchObject({
      code: 'prerequisite-missing',
      prerequisites: [{ kind: 'referee', state: 'missing', remedy: expect.stringContaining('referee') }],
    });
    expect((await nameReferee(ada, model, email)).body).toMatchObject({ state: 'waiting', email, name: 'Charles Babbage', mails: 1 });
    const token = await inquiryMailed(its, email);
    const { body: inquiry } = await stranger().post('/referees/inquiry', { token });
    expect(inquiry).toMatchObject({ state: 'waiting', applicant: 'Ada Lovelace', model, referee: 'Charles Babbage' });
    expect(JSON.stringify(inquiry)).not.toContain(ada.email);
    expect(await standingOf(ada, model)).toEqual({ referee: 'missing' });
    expect((await confirm(token)).body).toEqual({ state: 'confirmed' });
    expect((await mailsTo(ada.email)).at(-1)!.subject).toBe(`Your referee for ${model} has confirmed`);
    expect((await ada.post(`/access-requests/${request}/submit`)).body).toMatchObject({ state: 'submitted' });
    const { body: review, text } = await its.admin.get(`/access-requests/${request}/review`);
    expect(review).toMatchObject({
      hints: { referee: true },
      prerequisites: [{ kind: 'referee', state: 'satisfied' }],
      referee: { domain: 'physics.example.edu', relation: 'I supervise her thesis.' },
    });
    expect(text).not.toContain(email);
  });

  test('a referee who declines is told to the applicant, who may name another', async () => {
    const [model, ada, email] = [await asking(), await applicant(), address()];
    await nameReferee(ada, model, email);
    expect((await stranger().post('/referees/confirm', { token: await inquiryMailed(its, email), confirmed: false })).body).toEqual({
      state: 'declined',
    });
    expect((await mailsTo(ada.email)).at(-1)!.subject).toBe(`Your referee for ${model} has declined`);
    expect(await standingOf(ada, model)).toEqual({ referee: 'missing' });
    expect((await nameReferee(ada, model, address())).status).toBe(201);
    expect((await ada.get<{ items: object[] }>(`/models/${model}/referees`)).body.items).toMatchObject([
      { state: 'waiting' },
      { state: 'declined' },
    ]);
  });

  test('a link works once, of twenty at once too', async () => {
    const [model, ada, email] = [await asking(), await applicant(), address()];
    await nameReferee(ada, model, email);
    const token = await inquiryMailed(its, email);
    expect(tally(await Promise.all(Array.from({ length: 20 }, () => confirm(token))))).toEqual({ 200: 1, 410: 19 });
    expect(problemIn(await confirm(token))).toMatchObject({ code: 'referee-link', state: 'confirmed' });
    expect(refusalIn(await stranger().post('/referees/inquiry', { token }))).toBe('410 referee-link');
    expect(
      await its.database.query(
        `SELECT count(*)::int AS n FROM prerequisite_evidence e JOIN model m ON m.id = e.model_id WHERE m.slug = $1`,
        [model],
      ),
    ).toEqual([{ n: 1 }]);
  });

  test('a link that expired, was withdrawn, was replaced, or is another’s confirms nothing', async () => {
    const [model, ada] = [await asking(), await applicant()];
    const name = async () => {
      const email = address();
      const { body } = await nameReferee(ada, model, email);
      return { id: body.id, token: await inquiryMailed(its, email), email };
    };
    const expired = await name();
    await its.database.query(`UPDATE referee SET expires_at = now() - interval '1 second' WHERE id = $1`, [expired.id]);
    expect(problemIn(await confirm(expired.token))).toMatchObject({ status: 410, code: 'referee-link', state: 'expired' });
    // What has expired stands in nobody's way.
    const withdrawn = await name();
    expect((await ada.call('DELETE', `/referees/${withdrawn.id}`, {})).status).toBe(204);
    expect(problemIn(await confirm(withdrawn.token))).toMatchObject({ code: 'referee-link', state: 'withdrawn' });
    expect(problemIn(await ada.post(`/referees/${withdrawn.id}/resend`))).toMatchObject({ status: 409, code: 'referee-ended' });
    const replaced = await name();
    await ada.post(`/referees/${replaced.id}/resend`);
    const foreign = (await mailsTo(ada.email)).map(({ body }) => /verify-email#token=(\S+)/.exec(body)?.[1]).find(Boolean)!;
    for (const token of [replaced.token, foreign, 'x', `${replaced.token}x`, '\u2028'])
      expect(refusalIn(await confirm(token))).toBe('410 referee-link');
    expect(await standingOf(ada, model)).toEqual({ referee: 'missing' });
    expect((await confirm(await inquiryMailed(its, replaced.email))).body).toEqual({ state: 'confirmed' });
  });

  test('nobody vouches for themselves: not by their own address in another dress, nor in their own session', async () => {
    const [model, ada, email] = [await asking(), await applicant(), address()];
    for (const own of [ada.email, ada.email.toUpperCase(), ada.email.replace('@', '+ref@')])
      expect(refusalIn(await nameReferee(ada, model, own))).toBe('403 referee-own');
    await nameReferee(ada, model, email);
    const token = await inquiryMailed(its, email);
    expect(refusalIn(await ada.post('/referees/inquiry', { token }))).toBe('403 referee-own');
    expect(refusalIn(await ada.post('/referees/confirm', { token, confirmed: true, relation: 'Myself' }))).toBe('403 referee-own');
    expect((await confirm(token)).status).toBe(200);
  });

  test('nobody sends mail before their own address is confirmed, or where no referee is asked for', async () => {
    const model = await asking();
    expect(refusalIn(await nameReferee(await its.person(), model, address()))).toBe('403 email-unconfirmed');
    expect(refusalIn(await nameReferee(await applicant(), 'demo-llama', address()))).toBe('409 referee-not-asked');
    expect(refusalIn(await nameReferee(await applicant(), 'nothing', address()))).toBe('404 not-found');
  });

  test.each([
    'a@example.org\r\nBcc: victim@example.org',
    'a@example.org,b@example.org',
    '<a@example.org>',
    'a@example.org\0',
    'mailto:a@example.org',
  ])('an address that is more than one address is refused: %j', async (email) => {
    expect(refusalIn(await nameReferee(await applicant(), await asking(), email))).toBe('400 malformed-request');
  });

  test('names cannot write headers, lines or links into the mail', async () => {
    const [model, email] = [await asking(), address()];
    const ada = await applicant('Ada\r\nBcc: victim@example.org\n\nClick https://evil.example/now');
    for (const name of ['Charles\r\nBcc: victim@example.org', 'Charles\u2028x', 'C\u0000', ' '])
      expect(refusalIn(await nameReferee(ada, model, email, name))).toBe('400 malformed-request');
    await nameReferee(ada, model, email, 'see http://evil.example');
    const [mail] = await mailsTo(email);
    expect(mail!.subject).toBe(`You are named as a referee for ${model}`);
    expect(mail!.body).not.toMatch(/evil\.example|https?:\/\/evil|^Bcc|^Click/m);
    expect(mail!.body.match(/https?:\/\//g)).toHaveLength(1);
    expect(refusalIn(await confirm(await inquiryMailed(its, email), { relation: 'one\r\nline' }))).toBe('400 malformed-request');
    expect(refusalIn(await confirm(await inquiryMailed(its, email), { relation: undefined }))).toBe('400 malformed-request');
    expect((await ada.get<{ items: object[] }>(`/models/${model}/referees`)).body.items).toMatchObject([{ state: 'waiting' }]);
  });

  test('one at a time, three mails each, ten a day: a flood reaches nobody', async () => {
    const [model, ada, email] = [await asking(), await applicant(), address()];
    const named = await Promise.all(Array.from({ length: 8 }, () => nameReferee(ada, model, address())));
    expect(tally(named)).toEqual({ 201: 1, 409: 7 });
    const { id } = named.find(({ status }) => status === 201)!.body;
    expect(tally(await Promise.all(Array.from({ length: 5 }, () => ada.post(`/referees/${id}/resend`))))).toEqual({ 200: 2, 429: 3 });
    const others = await Promise.all(Array.from({ length: 9 }, asking));
    const more = await Promise.all(others.map((other) => nameReferee(ada, other, address())));
    expect(tally(more)).toEqual({ 201: 7, 429: 2 });
    expect(problemIn(more.find(({ status }) => status === 429)!)).toMatchObject({ code: 'referee-limit', retryAfter: expect.any(Number) });
    // Many people against one mailbox.
    const crowd = await Promise.all(Array.from({ length: 7 }, () => applicant()));
    expect(tally(await Promise.all(crowd.map((one) => nameReferee(one, model, email))))).toEqual({ 201: 5, 429: 2 });
    expect(await mailsTo(email)).toHaveLength(5);
  });

  test('other people’s referees do not exist', async () => {
    const [model, ada, eve] = [await asking(), await applicant(), await applicant()];
    const { body } = await nameReferee(ada, model, address());
    expect(refusalIn(await eve.post(`/referees/${body.id}/resend`))).toBe('404 not-found');
    expect(refusalIn(await eve.call('DELETE', `/referees/${body.id}`, {}))).toBe('404 not-found');
    expect((await eve.get<{ items: object[] }>(`/models/${model}/referees`)).body.items).toEqual([]);
    expect(refusalIn(await (await ada.withToken(['read', 'request'])).get(`/models/${model}/referees`))).toBe('403 session-required');
  });

  test('address, name and words are sealed; events and logs know none of them, nor the secret', async () => {
    const [model, ada, email] = [await asking(), await applicant(), 'sealed.referee@hidden.example.edu'];
    await nameReferee(ada, model, email, 'Augusta Hidden');
    const token = await inquiryMailed(its, email);
    await confirm(token, { relation: 'An unmistakable relation' });
    const personal = /sealed\.referee|Augusta Hidden|unmistakable/;
    for (const table of ['referee', 'prerequisite_evidence', 'event', 'ledger_entry', 'sealed_record', 'attempt'])
      expect(JSON.stringify(await its.database.query(`SELECT t::text FROM ${table} t`))).not.toMatch(personal);
    expect(its.portal.output()).not.toMatch(personal);
    expect(its.portal.output()).not.toContain(token);
  });
});
