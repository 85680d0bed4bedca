import { setTimeout } from 'node:timers/promises';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { Person } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { until } from '../support/processes.js';
import { TestSmtpServer } from '../support/smtp-server.js';

const APPLICANTS = 8;

interface Mail {
  id: string;
  message_id: string;
  recipient: string;
  state: string;
}

describe('two portals, and a mail server that is away for a while', () => {
  let database: TestDatabase;
  let smtp: TestSmtpServer;
  let first: TestPortal;
  let second: TestPortal;
  let admin: Person;
  const people: Person[] = [];

  beforeAll(async () => {
    smtp = await TestSmtpServer.start();
    database = await testDatabase();
    first = await start();
    second = await start();
    admin = await first.admin();
  });
  afterAll(async () => {
    await Promise.all([first.stop(), second.stop('SIGKILL')]);
    await smtp.stop();
    await database.drop();
  });

  const start = () =>
    startPortal({
      databaseUrl: database.serverUrl,
      env: {
        PADDOCK_DATABASE_OWNER_URL: database.ownerUrl,
        PADDOCK_SECRET: 'one secret that both portals share, long enough',
        PADDOCK_SMTP_URL: smtp.url,
        PADDOCK_MAIL_FROM: 'portal@lab.example',
        PADDOCK_SHUTDOWN_SECONDS: '1',
      },
    });
  const mails = () => database.query<Mail>('SELECT id, message_id, recipient, state FROM mail ORDER BY id');
  const inState = async (...states: string[]) => (await mails()).filter(({ state }) => states.includes(state));
  /** Leases and waits pass at once, those of attempts that are still under way too: nothing may be doubled even so. */
  const age = () => database.query(`UPDATE mail SET due_at = now() - interval '1 second' WHERE state IN ('queued', 'sending')`);
  const drained = () =>
    until('nothing waits any more', 30_000, async () => {
      await setTimeout(200);
      await age();
      return (await inState('queued', 'sending')).length === 0;
    });
  const restartSecond = async () => {
    await second.stop('SIGKILL');
    second = await start();
  };

  test('requests are submitted and decided all the same, and every letter waits', async () => {
    await smtp.down();
    for (let n = 0; n < APPLICANTS; n += 1) people.push(await (n % 2 ? first : second).person(`applicant-${n}@example.org`));
    await Promise.all(people.map(apply));
    await until('both have tried', 30_000, async () => (await database.query('SELECT 1 FROM mail WHERE attempts > 1')).length > 0);
    const waiting = await inState('queued');
    // To each: confirm your address, your request has arrived, and the decision; to the reviewer, that it waits.
    expect(waiting).toHaveLength(4 * APPLICANTS);
    expect(await mails()).toHaveLength(4 * APPLICANTS);
    for (let n = 0; n < APPLICANTS; n += 1)
      expect(waiting.filter(({ recipient }) => recipient === `applicant-${n}@example.org`)).toHaveLength(3);
  });

  test('once it is back, each letter arrives, though a portal is killed while it sends', async () => {
    smtp.fault = 'slow';
    await smtp.up();
    await age();
    await until('some have arrived', 30_000, () => smtp.received.length >= 3);
    await restartSecond();
    await drained();
    expect(await faults()).toEqual([]);
    expect(smtp.received.length).toBeGreaterThanOrEqual(3 * APPLICANTS - 4);
  });

  test('what the server took without a word, before the portal was killed, is neither repeated nor forgotten', async () => {
    smtp.fault = 'silent-after-dot';
    const before = smtp.received.length;
    await Promise.all(people.map((_, n) => new Person(first.url).post('/password-reset', { email: `applicant-${n}@example.org` })));
    await until('all are in the open', 30_000, async () => (await inState('sending')).length === APPLICANTS);
    await until('the server has them', 30_000, () => smtp.received.length === before + APPLICANTS);
    await restartSecond();
    // The other portal's connections break, and it lives to say so.
    await smtp.down();
    smtp.fault = undefined;
    await smtp.up();
    await drained();
    const unconfirmed = (await inState('unconfirmed')).filter(({ id }) => id > lastOf(before));
    expect(unconfirmed).toHaveLength(APPLICANTS);
    expect(smtp.received).toHaveLength(before + APPLICANTS);
    expect(await faults()).toEqual([]);
    const { body } = await admin.get<{ items: { id: string }[] }>('/mail?state=unconfirmed&limit=200');
    expect(body.items.map(({ id }) => id)).toEqual(expect.arrayContaining(unconfirmed.map(({ id }) => id)));
  });

  test('and afterwards mail goes on as before', async () => {
    const before = smtp.received.length;
    await first.person('newcomer@example.org');
    await until('it arrived', 30_000, async () => (await inState('queued', 'sending')).length === 0);
    expect(smtp.received).toHaveLength(before + 1);
    expect(await faults()).toEqual([]);
  });

  /** Submits on one portal, and is decided by the administrator of the other. */
  async function apply(person: Person, n: number): Promise<void> {
    const licensee = { kind: 'individual', legalName: 'Ada', country: 'GB' };
    const { body } = await person.post<{ id: string }>('/access-requests', { model: 'demo-llama', licensee, answers: {} });
    expect((await person.post(`/access-requests/${body.id}/submit`)).status).toBe(200);
    const command = n % 3 ? 'approve' : 'reject';
    expect((await admin.post(`/access-requests/${body.id}/${command}`, { reason: 'because' })).status).toBe(200);
  }

  /** Message-IDs that arrived against the rows that the portals keep: what is lost, doubled, or went elsewhere. */
  async function faults(): Promise<string[]> {
    const rows = await mails();
    const arrived = smtp.received.map(({ messageId }) => messageId);
    return [
      ...arrived.filter((id, index) => arrived.indexOf(id) !== index).map((id) => `${id} arrived twice`),
      ...smtp.received
        .filter(({ messageId, to }) => to.length !== 1 || to[0] !== rows.find((row) => row.message_id === messageId)?.recipient)
        .map(({ messageId, to }) => `${messageId} went to ${to.join(', ')}`),
      ...rows
        .filter(({ message_id: id, state }) => !(arrived.includes(id) ? ['sent', 'unconfirmed'] : ['unconfirmed']).includes(state))
        .map(({ message_id: id, state }) => `${id} is ${state}, and ${arrived.includes(id) ? 'arrived' : 'never arrived'}`),
    ];
  }

  /** The highest id of the mails that had arrived at that point. */
  function lastOf(count: number): string {
    return smtp.received
      .slice(0, count)
      .map(({ messageId }) => messageId.slice(1, 37))
      .toSorted()
      .at(-1)!;
  }
});
