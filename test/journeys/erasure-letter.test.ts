import { MailPortal } from '../support/mail-portal.js';
import { accountOf, columnsWith, erase, untilErasure } from '../support/privacy.js';
import { partsOf } from '../support/smtp-server.js';

describe('the last letter', () => {
  const portal = new MailPortal();
  const { its } = portal;

  test('leaves before the address is destroyed, and says what is kept until when', async () => {
    const email = 'farewell@leaving.example';
    const person = await its.portal.person(email, 'Farewell Person');
    await person.accept('demo-llama-assent');
    const account = await accountOf(its.database, email);
    portal.smtp.fault = 'rcpt-451';
    const answer = await erase(person);
    expect(answer.body.state).toBe('ended');
    expect(await columnsWith(its.database, [email])).toContain('person.email');
    portal.smtp.fault = undefined;
    await its.database.query(`UPDATE mail SET due_at = now() WHERE state = 'queued'`);
    await untilErasure(its.database, account, 'minimum-kept');
    const letter = portal.smtp.to(email).find(({ source }) => source.includes('Subject: Your account was erased'));
    expect(partsOf(letter!.source)['text/plain']).toMatch(/demo-llama-assent \([\w-]+\): until \d{4}-\d\d-\d\d/);
    expect(await columnsWith(its.database, [email, 'Farewell Person'])).toEqual([]);
    expect(its.portal.output()).not.toContain(email);
  });

  test('that nobody takes is waited for a day, and no longer', async () => {
    const email = 'nobody-takes@leaving.example';
    const person = await its.portal.person(email, 'Untaken Person');
    const account = await accountOf(its.database, email);
    portal.smtp.fault = 'rcpt-451';
    expect((await erase(person)).body.state).toBe('ended');
    await its.database.query(`UPDATE mail SET created_at = now() - interval '25 hours' WHERE account_id = $1`, [account]);
    await untilErasure(its.database, account, 'erased');
    expect(await columnsWith(its.database, [email, 'Untaken Person'])).toEqual([]);
  });
});
