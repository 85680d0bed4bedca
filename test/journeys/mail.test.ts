import { MailPortal } from '../support/mail-portal.js';
import { refusalIn } from '../support/problems.js';
import { partsOf, type Fault } from '../support/smtp-server.js';

describe('mail through a real server', () => {
  const portal = new MailPortal({ PADDOCK_LOG_LEVEL: 'debug' });
  const { its } = portal;

  test('arrives as text and as HTML, once, under the id that it was written with', async () => {
    const email = await portal.signUp();
    await portal.state(email, 'sent');
    const [mail, ...more] = portal.smtp.to(email);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ messageId: (await portal.mailTo(email)).message_id, from: 'portal@lab.example', to: [email] });
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
    if (fault === 'down') await portal.smtp.down();
    else portal.smtp.fault = fault;
    const email = await portal.signUp();
    await portal.tried(email);
    const row = await portal.mailTo(email);
    expect(row).toMatchObject({ state: 'queued', reason: expect.stringMatching(words) });
    if (fault === 'down') await portal.smtp.up();
    portal.smtp.fault = undefined;
    await portal.due(email);
    await portal.state(email, 'sent');
    expect(portal.smtp.to(email).map(({ messageId }) => messageId)).toEqual([row.message_id]);
  });

  test.each(['rcpt-550', 'message-554'] as const)(
    'what the server refuses for good (%s) fails with its words, until staff retry',
    async (fault) => {
      portal.smtp.fault = fault;
      const email = await portal.signUp();
      await portal.state(email, 'failed');
      const { id, reason, attempts, message_id: messageId } = await portal.mailTo(email);
      expect({ reason, attempts }).toEqual({ reason: expect.stringMatching(/^55[04] .*no, says/), attempts: 1 });
      expect(portal.smtp.to(email)).toEqual([]);
      portal.smtp.fault = undefined;
      expect((await its.admin.post(`/mail/${id}/retry`)).body).toMatchObject({ state: 'queued', reason: null });
      await portal.state(email, 'sent');
      expect(portal.smtp.to(email)).toMatchObject([{ messageId }]);
      expect(refusalIn(await its.admin.post(`/mail/${id}/retry`))).toBe('409 mail-state');
    },
  );

  test('a mail whose answer got lost is unconfirmed, never sent again by itself, and again when staff say so', async () => {
    portal.smtp.fault = 'drop-after-dot';
    const email = await portal.signUp();
    await portal.state(email, 'unconfirmed');
    portal.smtp.fault = undefined;
    const { id, reason, message_id: messageId } = await portal.mailTo(email);
    expect(reason).toContain('after it had the whole mail');
    await portal.due(email);
    const another = await portal.signUp();
    await portal.state(another, 'sent');
    expect(portal.smtp.to(email)).toHaveLength(1);
    expect(refusalIn(await its.admin.post(`/mail/${id}/retry`))).toBe('409 mail-state');
    expect((await its.admin.get<{ items: { id: string }[] }>('/mail?state=unconfirmed')).body.items.map((mail) => mail.id)).toEqual([id]);
    expect((await its.admin.post(`/mail/${id}/send-again`)).status).toBe(200);
    await portal.state(email, 'sent');
    expect(portal.smtp.to(email).map((mail) => mail.messageId)).toEqual([messageId, messageId]);
    expect(refusalIn(await its.admin.post(`/mail/${id}/send-again`))).toBe('409 mail-state');
  });

  test('a slow server is waited for', async () => {
    portal.smtp.fault = 'slow';
    const email = await portal.signUp();
    await portal.state(email, 'sent');
    expect(portal.smtp.to(email)).toHaveLength(1);
    expect((await portal.mailTo(email)).attempts).toBe(1);
  });

  test('after five days it is given up, with the last words', async () => {
    portal.smtp.fault = 'rcpt-451';
    const email = await portal.signUp();
    await its.database.query(`UPDATE mail SET queued_at = now() - interval '5 days' WHERE recipient = $1`, [email]);
    await portal.tried(email);
    await portal.due(email);
    await portal.state(email, 'failed');
    expect((await portal.mailTo(email)).reason).toMatch(/^Given up after five days\. The last attempt: 451 /);
  });

  test('the outbox is for administrators alone, and its figures for operators', async () => {
    const ada = await its.person();
    await portal.state(ada.email, 'sent');
    const { id } = await portal.mailTo(ada.email);
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
});
