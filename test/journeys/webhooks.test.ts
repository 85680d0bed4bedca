import { WEBHOOK_KINDS } from '@paddock/domain';
import type { Person } from '../support/person.js';
import { startPortal } from '../support/portal.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';
import { isGenuine, WebhookReceiver } from '../support/webhook-receiver.js';

const SECRET = 'one secret that all of the portals share';

interface Delivery {
  id: string;
  messageId: string;
  type: string;
  subject: string;
  state: string;
  attempts: number;
  lastStatus: number | null;
  lastAnswer: string | null;
  reason: string | null;
}

describe('webhooks', () => {
  const its = portalUnderTest({ PADDOCK_OUTGOING_ALLOW_PRIVATE: 'true', PADDOCK_SECRET: SECRET, PADDOCK_LOG_LEVEL: 'debug' });
  let receiver: WebhookReceiver;
  let publisher: Person & { email: string };
  let stranger: Person & { email: string };
  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    publisher = await its.person('Pat Publisher');
    stranger = await its.person('Eve Elsewhere');
    await its.admin.post('/publishers', { slug: 'other-lab', legalName: 'Other Lab' });
    await its.admin.post('/roles', { email: publisher.email, role: 'publisher', publisher: 'demo-lab' });
    await its.admin.post('/roles', { email: stranger.email, role: 'publisher', publisher: 'other-lab' });
  });
  afterAll(() => receiver.stop());
  afterEach(async () => {
    receiver.answer = undefined;
    const { body } = await its.admin.get<{ items: { id: string }[] }>('/webhooks');
    for (const { id } of body.items) await its.admin.call('DELETE', `/webhooks/${id}`, {});
  });

  test('tell the portal, the publisher and the model, each signed with its own secret, and nobody else', async () => {
    const [portal, ofPublisher, ofModel] = [
      await add(its.admin, '/portal', {}),
      await add(publisher, '/publisher', { publisher: 'demo-lab' }),
      await add(publisher, '/model', { model: 'demo-llama' }),
    ];
    await add(stranger, '/stranger', { publisher: 'other-lab' });
    await add(publisher, '/other-model', { model: 'demo-llama-assent' });
    await add(publisher, '/other-kind', { publisher: 'demo-lab', kinds: ['grant-revoked'] });
    const ada = await its.person('Ada Lovelace');
    const request = await submit(ada);
    await its.admin.post(`/access-requests/${request}/return`, { reason: 'Ada, tell me your age' });
    await arrived('/portal', 2);
    await arrived('/publisher', 2);
    await arrived('/model', 2);
    for (const [path, { secret }] of [
      ['/portal', portal],
      ['/publisher', ofPublisher],
      ['/model', ofModel],
    ] as const) {
      const [first, second] = receiver.at(path);
      expect(first!.message).toEqual({
        type: 'request.submitted',
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        data: { request, model: 'demo-llama', from: 'draft', to: 'submitted' },
      });
      expect(second!.message).toMatchObject({ type: 'request.returned', data: { request, to: 'returned' } });
      expect(first!.headers['content-type']).toBe('application/json');
      for (const received of [first!, second!]) {
        expect(isGenuine(received, secret)).toBe(true);
        expect(isGenuine({ ...received, payload: received.payload.replace('request', 'requesT') }, secret)).toBe(false);
        expect(received.payload).not.toMatch(/Ada|age|example\.org/);
      }
    }
    expect(isGenuine(receiver.at('/portal')[0]!, ofPublisher.secret)).toBe(false);
    for (const path of ['/stranger', '/other-model', '/other-kind']) expect(receiver.at(path)).toEqual([]);
    const kept = await its.database.query<{ secret: string }>(`SELECT encode(secret, 'escape') AS secret FROM webhook_endpoint`);
    for (const { secret } of [portal, ofPublisher, ofModel]) {
      expect(kept.some((row) => row.secret.includes(secret.slice(6)))).toBe(false);
      expect(its.portal.output()).not.toContain(secret);
    }
    const again = await publisher.get(`/webhooks/${ofModel.id}`);
    expect(again.text).not.toContain('whsec_');
  });

  test('come in the order of their request, however the first fails, while other requests go on', async () => {
    const { id } = await add(its.admin, '/order', {});
    const [ada, bob] = [await its.person(), await its.person()];
    let broken = true;
    const stuck = await submit(ada);
    receiver.answer = ({ message }, response) => {
      response.statusCode = broken && message.data['request'] === stuck ? 500 : 204;
      response.end('the database is away');
    };
    await until('the first was tried', 5000, () => of(stuck).length > 0);
    await its.admin.post(`/access-requests/${stuck}/review`);
    await its.admin.post(`/access-requests/${stuck}/return`, { reason: 'more' });
    const other = await submit(bob);
    await bob.post(`/access-requests/${other}/withdraw`);
    await until('the other request went on', 5000, () => of(other).length === 2);
    await due(id);
    await until('the first was tried again', 5000, () => of(stuck).length > 1);
    expect(new Set(of(stuck).map(({ message }) => message.type))).toEqual(new Set(['request.submitted']));
    const [failing] = (await deliveries(its.admin, id, 'pending')).toReversed();
    expect(failing).toMatchObject({ reason: 'The receiver answered 500.', lastStatus: 500, lastAnswer: 'the database is away' });

    broken = false;
    await due(id);
    await until('all came', 5000, () => of(stuck).some(({ message }) => message.type === 'request.returned'));
    const types = of(stuck).map(({ message }) => message.type);
    expect(types).toEqual([...types.slice(0, -2).map(() => 'request.submitted'), 'request.in-review', 'request.returned']);
    expect(new Set(of(stuck).map((received) => received.id)).size).toBe(3);
    expect(of(other).map(({ message }) => message.type)).toEqual(['request.submitted', 'request.withdrawn']);
    expect((await deliveries(its.admin, id)).every(({ state }) => state === 'delivered')).toBe(true);
  });

  test('are given up after the last attempt, then what waited behind goes on; replay sends them again with their ids', async () => {
    const { id } = await add(its.admin, '/given-up', {});
    const began = new Date().toISOString();
    receiver.answer = (_, response) => response.writeHead(500).end();
    const ada = await its.person();
    const request = await submit(ada);
    await until('it was tried', 5000, () => of(request).length === 1);
    await its.admin.post(`/access-requests/${request}/review`);
    await its.database.query(
      `UPDATE webhook_delivery SET attempts = 9, due_at = now() WHERE endpoint_id = $1 AND type = 'request.submitted'`,
      [id],
    );
    await until('the next was tried', 5000, () => of(request).some(({ message }) => message.type === 'request.in-review'));
    expect((await deliveries(its.admin, id, 'failed')).map(({ type, attempts }) => [type, attempts])).toEqual([['request.submitted', 10]]);
    expect((await its.admin.get(`/webhooks/${id}`)).body).toMatchObject({ failed: 1, pending: 1 });

    receiver.answer = undefined;
    const [failed] = await deliveries(its.admin, id, 'failed');
    expect((await its.admin.post(`/webhooks/${id}/deliveries/${failed!.id}/replay`)).body).toMatchObject({ state: 'pending', attempts: 0 });
    await due(id);
    await until('both came', 5000, async () => (await deliveries(its.admin, id, 'delivered')).length === 2);
    const ids = of(request)
      .filter(({ message }) => message.type === 'request.submitted')
      .map((received) => received.id);
    expect([new Set(ids).size, ids[0]]).toEqual([1, failed!.messageId]);

    await its.database.query(`UPDATE webhook_delivery SET state = 'failed' WHERE endpoint_id = $1`, [id]);
    const later = new Date(Date.now() + 60_000).toISOString();
    expect((await its.admin.post(`/webhooks/${id}/replay`, { since: later })).body).toEqual({ replayed: 0, state: 'active' });
    const before = of(request).length;
    expect((await its.admin.post(`/webhooks/${id}/replay`, { since: began })).body).toEqual({ replayed: 2, state: 'active' });
    await until('both came again', 5000, () => of(request).length === before + 2);
    expect(
      of(request)
        .slice(before)
        .map(({ message }) => message.type),
    ).toEqual(['request.submitted', 'request.in-review']);
  });

  test('one that is skipped is not sent, and no longer holds up the others', async () => {
    const { id } = await add(its.admin, '/skip', {});
    receiver.answer = ({ message }, response) => response.writeHead(message.type === 'request.submitted' ? 500 : 200).end();
    const request = await submit(await its.person());
    await its.admin.post(`/access-requests/${request}/review`);
    await until('it was tried', 5000, () => of(request).length > 0);
    const [first] = (await deliveries(its.admin, id)).filter(({ type }) => type === 'request.submitted');
    expect((await its.admin.post(`/webhooks/${id}/deliveries/${first!.id}/skip`)).body).toMatchObject({ state: 'skipped' });
    await until('the next came', 5000, () => of(request).some(({ message }) => message.type === 'request.in-review'));
    expect(refusalIn(await its.admin.post(`/webhooks/${id}/deliveries/${first!.id}/skip`))).toBe('409 webhook-state');
  });

  test('who answers 410 is paused, and gets everything once resumed', async () => {
    const { id } = await add(its.admin, '/gone', {});
    receiver.answer = (_, response) => response.writeHead(410).end();
    const request = await submit(await its.person());
    await until('it is paused', 5000, async () => (await its.admin.get(`/webhooks/${id}`)).body['state'] === 'paused');
    expect((await its.admin.get(`/webhooks/${id}`)).body).toMatchObject({ reason: 'The receiver answered 410 Gone.', pending: 1 });
    receiver.answer = undefined;
    await its.admin.post(`/access-requests/${request}/review`);
    expect(refusalIn(await its.admin.post(`/webhooks/${id}/pause`))).toBe('409 webhook-state');
    expect((await its.admin.post(`/webhooks/${id}/resume`)).body).toMatchObject({ state: 'active', reason: null, pending: 2 });
    await until('both came', 5000, async () => (await deliveries(its.admin, id, 'delivered')).length === 2);
    expect(of(request).map(({ message }) => message.type)).toEqual(['request.submitted', 'request.submitted', 'request.in-review']);
  });

  test('a new secret signs at once, and the old one beside it for a day', async () => {
    const first = await add(its.admin, '/rotate', {});
    const { body: second } = await its.admin.post<{ secret: string }>(`/webhooks/${first.id}/rotate`);
    const genuine = async () => {
      const request = await submit(await its.person());
      await until('it came', 5000, () => of(request).length === 1);
      return [second.secret, first.secret].map((secret) => isGenuine(of(request)[0]!, secret));
    };
    expect(second.secret).not.toBe(first.secret);
    expect(await genuine()).toEqual([true, true]);
    await its.database.query('UPDATE webhook_endpoint SET previous_until = now() WHERE id = $1', [first.id]);
    expect(await genuine()).toEqual([true, false]);
  });

  test('a receiver that hangs, floods or redirects is its own problem', async () => {
    const [silent, flood, moved, fine] = [
      await add(its.admin, '/silent', {}),
      await add(its.admin, '/flood', {}),
      await add(its.admin, '/moved', {}),
      await add(its.admin, '/fine', {}),
    ];
    receiver.answer = ({ path }, response) => {
      if (path === '/flood') {
        response.on('error', () => undefined);
        const pour = () => {
          while (response.write('flood\0'.repeat(10_000)));
          response.once('drain', pour);
        };
        return pour();
      }
      if (path === '/moved') response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
      else if (path === '/fine') response.end();
    };
    const requests = await Promise.all(Array.from({ length: 12 }, async () => submit(await its.person())));
    await until('the others came', 8000, async () => (await deliveries(its.admin, fine.id, 'delivered')).length === requests.length);
    await until('the floods ended', 8000, async () => (await deliveries(its.admin, flood.id, 'delivered')).length === requests.length);
    const [poured] = await deliveries(its.admin, flood.id);
    expect(poured!.lastAnswer).toMatch(/^flood flood /);
    expect(poured!.lastAnswer!.length).toBeLessThanOrEqual(2048);
    await until('all were redirected', 8000, async () =>
      (await deliveries(its.admin, moved.id)).every(({ lastStatus }) => lastStatus === 302),
    );
    expect((await deliveries(its.admin, moved.id))[0]).toMatchObject({
      state: 'pending',
      reason: 'The receiver redirects; redirects are not followed.',
    });
    // What hangs takes its share of places only.
    expect(receiver.at('/silent').length).toBe(8);
    expect((await deliveries(its.admin, silent.id)).every(({ state }) => state === 'pending')).toBe(true);
  });

  test('belong to whoever publishes there: for others they do not exist', async () => {
    const { id } = await add(publisher, '/mine', { publisher: 'demo-lab' });
    const { id: portal } = await add(its.admin, '/portals', {});
    const request = await submit(await its.person());
    await until('it came', 5000, () => of(request).length === 2);
    const [delivery] = await deliveries(publisher, id);
    const tries: [string, string, object?][] = [
      ['GET', `/webhooks/${id}`],
      ['DELETE', `/webhooks/${id}`],
      ['GET', `/webhooks/${id}/deliveries`],
      ...['pause', 'resume', 'rotate'].map((command): [string, string] => ['POST', `/webhooks/${id}/${command}`]),
      ['POST', `/webhooks/${id}/replay`, { since: new Date(0).toISOString() }],
      ['POST', `/webhooks/${id}/deliveries/${delivery!.id}/replay`],
      ['POST', `/webhooks/${id}/deliveries/${delivery!.id}/skip`],
    ];
    for (const someone of [stranger, await its.person()]) {
      for (const [method, path, body] of tries)
        expect(`${path} ${refusalIn(await someone.call(method, path, { ...(body && { body }) }))}`).toBe(`${path} 404 not-found`);
      expect(listed(await someone.get('/webhooks'))).toEqual([]);
      for (const place of [{ publisher: 'demo-lab' }, { model: 'demo-llama' }, { publisher: 'nobody' }])
        expect(refusalIn(await someone.post('/webhooks', { url: receiver.url('/x'), kinds: ['request-submit'], ...place }))).toBe(
          '404 not-found',
        );
      expect(refusalIn(await someone.post('/webhooks', { url: receiver.url('/x'), kinds: ['request-submit'] }))).toBe('403 role-missing');
    }
    expect(refusalIn(await publisher.get(`/webhooks/${portal}`))).toBe('404 not-found');
    // A delivery of one webhook is none of another.
    expect(refusalIn(await its.admin.post(`/webhooks/${portal}/deliveries/${delivery!.id}/replay`))).toBe('404 not-found');
    expect(listed(await publisher.get('/webhooks'))).toEqual([id]);
    expect(listed(await its.admin.get('/webhooks')).sort()).toEqual([id, portal].sort());
    expect((await publisher.call('DELETE', `/webhooks/${id}`, {})).status).toBe(204);
    expect(refusalIn(await publisher.get(`/webhooks/${id}`))).toBe('404 not-found');
  });

  test.each([
    [{ url: 'not an address' }],
    [{ url: 'ftp://example.org/' }],
    [{ url: `https://example.org/${'x'.repeat(2000)}` }],
    [{ kinds: [] }],
    [{ kinds: ['request-burnt'] }],
    [{ publisher: 'demo-lab', model: 'demo-llama' }],
    [{ secret: 'mine' }],
  ])('%j is no webhook', async (fault) => {
    const body = { url: 'https://example.org/', kinds: ['request-submit'], ...fault };
    expect(refusalIn(await its.admin.post('/webhooks', body))).toBe('400 malformed-request');
  });

  test('an address with a password in it is refused', async () => {
    const body = { url: 'https://user:hunter2@example.org/', kinds: ['request-submit'] };
    const answer = await its.admin.post('/webhooks', body);
    expect(refusalIn(answer)).toBe('422 address-not-allowed');
    expect(answer.text).not.toContain('hunter2');
  });

  test('two portals, one of which is killed in between, lose nothing and keep the order', async () => {
    const { id } = await add(its.admin, '/several', {});
    const second = () =>
      startPortal({
        databaseUrl: its.database.serverUrl,
        env: {
          PADDOCK_DATABASE_OWNER_URL: its.database.ownerUrl,
          PADDOCK_SECRET: SECRET,
          PADDOCK_OUTGOING_ALLOW_PRIVATE: 'true',
          PADDOCK_DEMO: 'false',
        },
      });
    let other = await second();
    const people = await Promise.all(Array.from({ length: 12 }, () => its.person()));
    const walk = () =>
      Promise.all(
        people.map(async (person, index) => {
          const somewhere = index % 2 ? person : await elsewhere(person, other.url);
          const request = await submit(somewhere);
          await somewhere.post(`/access-requests/${request}/withdraw`);
          return request;
        }),
      );
    const calm = await walk();
    await until('all came', 10_000, async () => (await deliveries(its.admin, id, 'delivered')).length === 24);
    for (const request of calm) expect(of(request).map(({ message }) => message.type)).toEqual(['request.submitted', 'request.withdrawn']);

    receiver.answer = (_, response) => void setTimeout(() => response.end(), 150);
    const torn = await walk();
    await until('both are at it', 5000, () => torn.some((request) => of(request).length > 0));
    await other.stop('SIGKILL');
    other = await second();
    await until('all came, some perhaps twice', 10_000, async () => {
      // The time that a killed portal's work is held has passed.
      await its.database.query(
        `UPDATE webhook_delivery SET due_at = now() WHERE lease IS NOT NULL AND last_attempt_at < now() - interval '2 seconds'`,
      );
      return (await deliveries(its.admin, id, 'delivered')).length === 48;
    });
    for (const request of torn) {
      const types = of(request).map(({ message }) => message.type);
      expect([...new Set(types)]).toEqual(['request.submitted', 'request.withdrawn']);
      expect(types.lastIndexOf('request.submitted')).toBeLessThan(types.indexOf('request.withdrawn'));
      expect(new Set(of(request).map((received) => received.id)).size).toBe(2);
    }
    await other.stop();
  });

  const add = async (person: Person, path: string, place: { publisher?: string; model?: string; kinds?: string[] }) => {
    const { body, text, status } = await person.post<{ id: string; secret: string }>('/webhooks', {
      url: receiver.url(path),
      kinds: WEBHOOK_KINDS,
      ...place,
    });
    if (status !== 201) throw new Error(text);
    return body;
  };
  const submit = async (person: Person) => {
    const licensee = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
    const { body } = await person.post<{ id: string }>('/access-requests', { model: 'demo-llama', licensee, answers: {} });
    await person.post(`/access-requests/${body.id}/submit`);
    return body.id;
  };
  const of = (request: string) => receiver.received.filter(({ message }) => message.data['request'] === request);
  const arrived = (path: string, count: number) => until(`${count} at ${path}`, 5000, () => receiver.at(path).length >= count);
  const due = (endpoint: string) =>
    its.database.query(`UPDATE webhook_delivery SET due_at = now() WHERE endpoint_id = $1 AND state = 'pending' AND lease IS NULL`, [
      endpoint,
    ]);
  const deliveries = async (person: Person, endpoint: string, state?: string) => {
    const query = state ? `&state=${state}` : '';
    return (await person.get<{ items: Delivery[] }>(`/webhooks/${endpoint}/deliveries?limit=200${query}`)).body.items;
  };
  const listed = ({ body }: { body: Record<string, unknown> }) => (body['items'] as { id: string }[]).map(({ id }) => id);
  /** A browser sends the origin of the portal that it talks to. */
  const elsewhere = async (person: Person, url: string) => person.at(url);
});

describe('webhooks of a portal that may not ask private networks', () => {
  const its = portalUnderTest();
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
  });
  afterAll(() => receiver.stop());

  test.each([
    '127.0.0.1',
    'localhost',
    'LOCALHOST.',
    'portal.localhost',
    '[::1]',
    '0x7f.1',
    '2130706433',
    '0177.0.0.1',
    '127.1',
    '[::ffff:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '169.254.169.254',
    '10.1.2.3',
    '192.168.0.1',
    '[fd00::1]',
    '0.0.0.0',
    '①②⑦.0.0.1',
  ])('%s is refused when it is typed', async (host) => {
    const answer = await its.admin.post<{ remedy: string }>('/webhooks', { url: `http://${host}:8080/`, kinds: ['request-submit'] });
    expect(refusalIn(answer)).toBe('422 address-not-allowed');
    expect(answer.body.remedy).toContain('PADDOCK_OUTGOING_ALLOW_PRIVATE');
  });

  test('and when a name leads there after all, the attempt fails and says so', async () => {
    const { body } = await its.admin.post<{ id: string }>('/webhooks', { url: 'https://example.org/', kinds: ['request-submit'] });
    await its.database.query('UPDATE webhook_endpoint SET url = $2 WHERE id = $1', [body.id, receiver.url('/inside')]);
    const ada = await its.person();
    const licensee = { kind: 'individual', legalName: 'Ada', country: 'GB' };
    const { body: request } = await ada.post<{ id: string }>('/access-requests', { model: 'demo-llama', licensee, answers: {} });
    await ada.post(`/access-requests/${request.id}/submit`);
    const path = `/webhooks/${body.id}/deliveries`;
    await until('it was tried', 5000, async () => (await its.admin.get<{ items: Delivery[] }>(path)).body.items[0]?.reason);
    const [delivery] = (await its.admin.get<{ items: Delivery[] }>(path)).body.items;
    expect(delivery).toMatchObject({ state: 'pending', attempts: 1, lastStatus: null, reason: expect.stringContaining('private network') });
    expect(receiver.received).toEqual([]);
  });
});
