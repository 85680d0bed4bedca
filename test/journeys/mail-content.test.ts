import { MailPortal } from '../support/mail-portal.js';
import type { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';
import { partsOf } from '../support/smtp-server.js';
import { submitRequest } from '../support/webhook-portal.js';

describe('what mail says, and when', () => {
  const portal = new MailPortal();
  const { its } = portal;
  let people = 0;

  describe('whatever somebody writes', () => {
    test.each([
      ['Subject\r\nBcc: evil@example.org', 'mallory@example.org'],
      ['Subject\nBcc: evil@example.org\n\nA body of its own', 'mallory@example.org'],
      ['\r\n.\r\nMAIL FROM:<evil@example.org>\r\nRCPT TO:<evil@example.org>', 'mallory@example.org'],
      ['Subject\u2028Bcc: evil@example.org\u0085Bcc: evil@example.org\0', 'mallory@example.org'],
    ])('%j as a subject is one subject', async (subject, to) => {
      const recipient = `${(people += 1)}-${to}`;
      await insert(recipient, subject, subject);
      await portal.state(recipient, 'sent');
      expect(portal.smtp.received.filter((mail) => mail.to.includes('evil@example.org'))).toEqual([]);
      const [mail, ...more] = portal.smtp.to(recipient);
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
      await portal.state(recipient, 'failed');
      expect(await portal.mailTo(recipient)).toMatchObject({ reason: 'The recipient is not one e-mail address.' });
      expect(portal.smtp.received.filter((mail) => mail.to.some((address) => address.includes('evil')))).toEqual([]);
    });

    test('a reason that looks like SMTP or HTML is text in both parts', async () => {
      const reviewer = await its.person();
      const text = 'Line\r\n.\r\nMAIL FROM:<evil@example.org>\r\n..\r\n<script>alert(1)</script><img src=x> & "quoted"';
      const request = await submitRequest(reviewer);
      expect((await its.admin.post(`/access-requests/${request}/return`, { reason: text })).status).toBe(200);
      const subject = 'Your request for demo-llama needs a correction';
      await until('it arrived', 30_000, () => portal.smtp.to(reviewer.email).some(({ source }) => source.includes(subject)));
      const { source } = portal.smtp.to(reviewer.email).find((mail) => mail.source.includes(subject))!;
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
      await until('the digest arrived', 30_000, () => digests(reader.email).length > 0);
      await until('one sweep more', 30_000, async () => (await states(reader.email)).every((one) => one !== 'held'));
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
      await until('the letter arrived', 30_000, () =>
        portal.smtp.to(ada.email).some(({ source }) => source.includes('A request of yours')),
      );
      expect(portal.smtp.to(eve.email).some(({ source }) => source.includes('A request of yours'))).toBe(false);
    });

    const prefer = (person: Person, reviewDigest: string) => person.call('PUT', '/me/mail-preferences', { body: { reviewDigest } });
    const digests = (email: string) => portal.smtp.to(email).filter(({ source }) => source.includes('3 things await your review'));
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
});

describe('a portal without a mail server', () => {
  const its = portalUnderTest();

  test('keeps mail to be read, and says so to whoever wants it sent', async () => {
    const ada = await its.person();
    const { body } = await its.admin.get<{ items: { id: string; recipient: string; subject: string }[] }>('/mail?state=kept');
    const mail = body.items.find(({ recipient }) => recipient === ada.email);
    expect(mail).toMatchObject({ subject: 'Confirm your e-mail address' });
    expect(refusalIn(await its.admin.post(`/mail/${mail!.id}/retry`))).toBe('409 mail-not-sent');
    expect(refusalIn(await its.admin.post(`/mail/${mail!.id}/send-again`))).toBe('409 mail-state');
  });
});
