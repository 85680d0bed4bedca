import type { Person } from '../support/person.js';
import { PASSWORD, Person as Somebody } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';
import { partsOf, TestSmtpServer, type Fault } from '../support/smtp-server.js';

interface MailRow {
  id: string;
  state: string;
  reason: string | null;
  attempts: number;
  message_id: string;
}

describe('mail through a real server', () => {
  const env: Record<string, string> = { PADDOCK_MAIL_FROM: 'Paddock Portal <portal@lab.example>', PADDOCK_LOG_LEVEL: 'debug' };
  let smtp: TestSmtpServer;
  beforeAll(async () => {
    smtp = await TestSmtpServer.start();
    env['PADDOCK_SMTP_URL'] = smtp.url;
  });
  const its = portalUnderTest(env);
  afterAll(() => smtp.stop());
  afterEach(() => {
    smtp.fault = undefined;
  });

  let people = 0;
  /** Writes one mail through the API, and answers whom it is for. */
  const signUp = async () => {
    const email = `reader-${(people += 1)}@example.org`;
    await new Somebody(its.url).post('/accounts', { email, password: PASSWORD, name: 'Ada' });
    return email;
  };
  const mailTo = async (email: string): Promise<MailRow> => {
    const [row] = await its.database.query<MailRow>('SELECT id, state, reason, attempts, message_id FROM mail WHERE recipient = $1', [
      email,
    ]);
    return row!;
  };
  const state = (email: string, wanted: string) =>
    until(`mail to ${email} is ${wanted}`, 10_000, async () => (await mailTo(email)).state === wanted);
  const tried = (email: string) => until(`mail to ${email} was tried`, 10_000, async () => (await mailTo(email)).reason !== null);
  const due = (email: string) => its.database.query(`UPDATE mail SET due_at = now() - interval '1 second' WHERE recipient = $1`, [email]);

  test('arrives as text and as HTML, once, under the id that it was written with', async () => {
    const email = await signUp();
    await state(email, 'sent');
    const [mail, ...more] = smtp.to(email);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ messageId: (await mailTo(email)).message_id, from: 'portal@lab.example', to: [email] });
    expect(mail!.source).toMatch(/^From: Paddock Portal <portal@lab\.example>\r$/m);
    expect(mail!.source).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    const parts = partsOf(mail!.source);
    const link = /\S+\/verify-email#token=[\w-]{43}/.exec(parts['text/plain']!)![0];
    expect(parts['text/html']).toContain(`<a href="${link}"`);
    expect(parts['text/html']!.split(link)).toHaveLength(3);
    expect(parts['text/html']).not.toMatch(/<(img|script|link|style)|url\(/);
    expect(its.portal.output()).not.toContain(link.split('=')[1]);
    expect(its.portal.output()).not.toContain(email);
  });

  const retried: [what: string, fault: Fault | 'down', words: RegExp][] = [
    ['the server is down', 'down', /ECONNREFUSED/],
    ['the connection drops at EHLO', 'drop-at-ehlo', /closed/],
    ['the connection drops at STARTTLS', 'drop-at-starttls', /closed/],
    ['the certificate is nobody’s word', 'bad-certificate', /certificate/],
    ['the password is refused', 'auth-535', /^535 /],
    ['the sender is refused for now', 'mail-451', /^451 .*mail stage/],
    ['the sender is refused', 'mail-550', /^550 .*mail stage/],
    ['the recipient is refused for now', 'rcpt-451', /^451 .*rcpt stage/],
    ['DATA is refused', 'data-451', /^451 4\.3\.0 Not now/],
    ['the connection drops within the message', 'drop-in-message', /closed/],
    ['the message is refused for now', 'message-451', /^451 .*message stage/],
  ];
  test.each(retried)('when %s, it waits and is sent later, once', async (_, fault, words) => {
    if (fault === 'down') await smtp.down();
    else smtp.fault = fault;
    const email = await signUp();
    await tried(email);
    const row = await mailTo(email);
    expect(row).toMatchObject({ state: 'queued', reason: expect.stringMatching(words) });
    if (fault === 'down') await smtp.up();
    smtp.fault = undefined;
    await due(email);
    await state(email, 'sent');
    expect(smtp.to(email).map(({ messageId }) => messageId)).toEqual([row.message_id]);
  });

  test.each(['rcpt-550', 'message-554'] as const)(
    'what the server refuses for good (%s) fails with its words, until staff retry',
    async (fault) => {
      smtp.fault = fault;
      const email = await signUp();
      await state(email, 'failed');
      const { id, reason, attempts, message_id: messageId } = await mailTo(email);
      expect({ reason, attempts }).toEqual({ reason: expect.stringMatching(/^55[04] .*no, says/), attempts: 1 });
      expect(smtp.to(email)).toEqual([]);
      smtp.fault = undefined;
      expect((await its.admin.post(`/mail/${id}/retry`)).body).toMatchObject({ state: 'queued', reason: null });
      await state(email, 'sent');
      expect(smtp.to(email)).toMatchObject([{ messageId }]);
      expect(refusalIn(await its.admin.post(`/mail/${id}/retry`))).toBe('409 mail-state');
    },
  );

  test('a mail whose answer got lost is unconfirmed, never sent again by itself, and again when staff say so', async () => {
    smtp.fault = 'drop-after-dot';
    const email = await signUp();
    await state(email, 'unconfirmed');
    smtp.fault = undefined;
    const { id, reason, message_id: messageId } = await mailTo(email);
    expect(reason).toContain('after it had the whole mail');
    await due(email);
    const another = await signUp();
    await state(another, 'sent');
    expect(smtp.to(email)).toHaveLength(1);
    expect(refusalIn(await its.admin.post(`/mail/${id}/retry`))).toBe('409 mail-state');
    expect((await its.admin.get<{ items: { id: string }[] }>('/mail?state=unconfirmed')).body.items.map((mail) => mail.id)).toEqual([id]);
    expect((await its.admin.post(`/mail/${id}/send-again`)).status).toBe(200);
    await state(email, 'sent');
    expect(smtp.to(email).map((mail) => mail.messageId)).toEqual([messageId, messageId]);
    expect(refusalIn(await its.admin.post(`/mail/${id}/send-again`))).toBe('409 mail-state');
  });

  test('a slow server is waited for', async () => {
    smtp.fault = 'slow';
    const email = await signUp();
    await state(email, 'sent');
    expect(smtp.to(email)).toHaveLength(1);
    expect((await mailTo(email)).attempts).toBe(1);
  });

  test('after five days it is given up, with the last words', async () => {
    smtp.fault = 'rcpt-451';
    const email = await signUp();
    await its.database.query(`UPDATE mail SET queued_at = now() - interval '5 days' WHERE recipient = $1`, [email]);
    await tried(email);
    await due(email);
    await state(email, 'failed');
    expect((await mailTo(email)).reason).toMatch(/^Given up after five days\. The last attempt: 451 /);
  });

  describe('whatever somebody writes', () => {
    test.each([
      ['Subject\r\nBcc: evil@example.org', 'mallory@example.org'],
      ['Subject\nBcc: evil@example.org\n\nA body of its own', 'mallory@example.org'],
      ['\r\n.\r\nMAIL FROM:<evil@example.org>\r\nRCPT TO:<evil@example.org>', 'mallory@example.org'],
      ['Subject\u2028Bcc: evil@example.org\u0085Bcc: evil@example.org\0', 'mallory@example.org'],
    ])('%j as a subject is one subject', async (subject, to) => {
      const recipient = `${(people += 1)}-${to}`;
      await insert(recipient, subject, subject);
      await state(recipient, 'sent');
      expect(smtp.received.filter((mail) => mail.to.includes('evil@example.org'))).toEqual([]);
      const [mail, ...more] = smtp.to(recipient);
      expect(more).toEqual([]);
      const head = mail!.source.split('\r\n\r\n')[0]!;
      expect(head.split(/\r\n(?![ \t])/).filter((line) => /^(bcc|cc|rcpt to|mail from)/i.test(line))).toEqual([]);
      expect(head.match(/^Subject:/gm)).toHaveLength(1);
      expect(mail!.to).toEqual([recipient]);
    });

    test.each([
      'a@example.org, evil@example.org',
      'a@example.org\r\nRCPT TO:<evil@example.org>',
      '<evil@example.org>',
      'Evil <evil@example.org>',
      '',
      '@',
    ])('%j is no recipient', async (recipient) => {
      await insert(recipient, 'Hello', 'Hello');
      await state(recipient, 'failed');
      expect(await mailTo(recipient)).toMatchObject({ reason: 'The recipient is not one e-mail address.' });
      expect(smtp.received.filter((mail) => mail.to.some((address) => address.includes('evil')))).toEqual([]);
    });

    test('a reason that looks like SMTP or HTML is text in both parts', async () => {
      const reviewer = await its.person();
      const text = 'Line\r\n.\r\nMAIL FROM:<evil@example.org>\r\n..\r\n<script>alert(1)</script><img src=x> & "quoted"';
      const request = await submitted(reviewer);
      expect((await its.admin.post(`/access-requests/${request}/return`, { reason: text })).status).toBe(200);
      const subject = 'Your request for demo-llama needs a correction';
      await until('it arrived', 10_000, () => smtp.to(reviewer.email).some(({ source }) => source.includes(subject)));
      const { source } = smtp.to(reviewer.email).find((mail) => mail.source.includes(subject))!;
      const parts = partsOf(source);
      expect(parts['text/plain']!.replaceAll('\r\n', '\n')).toContain(text.replaceAll('\r\n', '\n'));
      expect(parts['text/html']).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x&gt; &amp; &quot;quoted&quot;');
      expect(parts['text/html']).not.toContain('<script>');
    });

    const insert = (recipient: string, subject: string, body: string) =>
      its.database.query(
        `INSERT INTO mail (id, recipient, subject, body, content, message_id, state) SELECT id, $1, replace($2, '\\0', ''), $3, jsonb_build_array(jsonb_build_object('text', $3::text)), '<' || id || '@lab.example>', 'queued' FROM gen_random_uuid() AS id`,
        [recipient, subject.replaceAll('\0', ''), body.replaceAll('\0', '')],
      );
  });

  describe('digests for reviewers', () => {
    test('a preference is one’s own, and says `each` until it is set', async () => {
      const ada = await its.person();
      expect((await ada.get('/me/mail-preferences')).body).toEqual({ reviewDigest: 'each' });
      expect((await prefer(ada, 'weekly')).body).toEqual({ reviewDigest: 'weekly' });
      expect((await ada.get('/me/mail-preferences')).body).toEqual({ reviewDigest: 'weekly' });
      expect(refusalIn(await prefer(ada, 'hourly'))).toBe('400 malformed-request');
    });

    test('held letters become one mail when the digest is due, once', async () => {
      const reader = await its.person();
      await prefer(reader, 'daily');
      await hold(reader.email, ['First request', 'Second <b>request</b>', 'Third request']);
      await its.database.query(`UPDATE mail SET due_at = now() WHERE recipient = $1 AND state = 'held'`, [reader.email]);
      await until('the digest arrived', 10_000, () => digests(reader.email).length > 0);
      await until('one sweep more', 3000, async () => (await states(reader.email)).every((one) => one !== 'held'));
      expect(digests(reader.email)).toHaveLength(1);
      const parts = partsOf(digests(reader.email)[0]!.source);
      for (const heading of ['First request', 'Second <b>request</b>', 'Third request'])
        expect(parts['text/plain']).toContain(`* ${heading}`);
      expect(parts['text/html']).toContain('Second &lt;b&gt;request&lt;/b&gt;</h2>');
      const rows = await its.database.query<{ digest: string | null }>(
        `SELECT DISTINCT digest_id AS digest FROM mail WHERE recipient = $1 AND state = 'combined'`,
        [reader.email],
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]!.digest).not.toBeNull();
    });

    test('who wants each letter after all gets those that were held; who wants none gets none', async () => {
      const [ada, eve] = [await its.person(), await its.person()];
      for (const reader of [ada, eve]) {
        await prefer(reader, 'weekly');
        await hold(reader.email, ['A request of yours']);
      }
      const before = await its.database.query<{ due: Date }>(`SELECT due_at AS due FROM mail WHERE recipient = $1 AND state = 'held'`, [
        ada.email,
      ]);
      expect(new Date(before[0]!.due).getTime()).toBeGreaterThan(Date.now());
      await prefer(eve, 'off');
      expect(await states(eve.email)).toContain('unwanted');
      await prefer(ada, 'each');
      await until('the letter arrived', 10_000, () => smtp.to(ada.email).some(({ source }) => source.includes('A request of yours')));
      expect(smtp.to(eve.email).some(({ source }) => source.includes('A request of yours'))).toBe(false);
    });

    const prefer = (person: Person, reviewDigest: string) => person.call('PUT', '/me/mail-preferences', { body: { reviewDigest } });
    const digests = (email: string) => smtp.to(email).filter(({ source }) => source.includes('3 things await your review'));
    const states = async (email: string) =>
      (await its.database.query<{ state: string }>('SELECT state FROM mail WHERE recipient = $1', [email])).map((row) => row.state);
    const hold = (email: string, subjects: string[]) =>
      its.database.query(
        `INSERT INTO mail (id, account_id, recipient, subject, body, content, message_id, state, due_at)
         SELECT gen_random_uuid(), p.account_id, p.email, s, s, jsonb_build_array(jsonb_build_object('text', 'Look at it.')), '<' || gen_random_uuid() || '@lab.example>', 'held', now() + interval '1 day'
         FROM person p, unnest($2::text[]) AS s WHERE p.email = $1`,
        [email, subjects],
      );
  });

  test('the outbox is for administrators alone, and its figures for operators', async () => {
    const ada = await its.person();
    const { id } = await mailTo(ada.email);
    expect(refusalIn(await ada.get('/mail'))).toBe('403 role-missing');
    for (const command of ['retry', 'send-again']) expect(refusalIn(await ada.post(`/mail/${id}/${command}`))).toBe('403 role-missing');
    expect(refusalIn(await its.admin.get('/mail?state=lost'))).toBe('400 malformed-request');
    expect(refusalIn(await its.admin.post('/mail/00000000-0000-4000-8000-000000000000/retry'))).toBe('404 not-found');
    const { items } = (await its.admin.get<{ items: { state: string }[] }>('/mail?state=sent')).body;
    expect(items.length).toBeGreaterThan(10);
    expect(items.filter((mail) => mail.state !== 'sent')).toEqual([]);
    const metrics = await (await fetch(`${its.url}/metrics`)).text();
    expect(metrics).toMatch(/paddock_mail_attempts_total\{outcome="sent"\} \d+/);
    expect(metrics).toMatch(/paddock_mails\{state="failed"\} [1-9]/);
    expect(metrics).toMatch(/paddock_mails\{state="sending"\} 0/);
  });

  const submitted = async (person: Person) => {
    const licensee = { kind: 'individual', legalName: 'Ada', country: 'GB' };
    const { body } = await person.post<{ id: string }>('/access-requests', { model: 'demo-llama', licensee, answers: {} });
    await person.post(`/access-requests/${body.id}/submit`);
    return body.id;
  };
});
