import { startPortal } from '../support/portal.js';
import { refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';
import { submitRequest, WebhookPortal } from '../support/webhook-portal.js';

const SECRET = 'one secret that all of the portals share';

describe('deliveries of webhooks', () => {
  const portal = new WebhookPortal({ PADDOCK_OUTGOING_ALLOW_PRIVATE: 'true', PADDOCK_SECRET: SECRET });
  const { its } = portal;

  test('come in the order of their request, however the first fails, while other requests go on', async () => {
    const { id } = await portal.add(its.admin, '/order');
    const [ada, bob] = [await its.person(), await its.person()];
    let broken = true;
    let stuck: string | undefined;
    portal.receiver.answer = ({ message }, response) => {
      response.statusCode = broken && message.data['request'] === (stuck ?? message.data['request']) ? 500 : 204;
      response.end('the database is away');
    };
    stuck = await submitRequest(ada);
    await until('the first was tried', 30_000, () => portal.of(stuck).length > 0);
    await its.admin.post(`/access-requests/${stuck}/review`);
    await its.admin.post(`/access-requests/${stuck}/return`, { reason: 'more' });
    const other = await submitRequest(bob);
    await bob.post(`/access-requests/${other}/withdraw`);
    await until('the other request went on', 30_000, () => portal.of(other).length === 2);
    await portal.due(id);
    await until('the first was tried again', 30_000, () => portal.of(stuck).length > 1);
    expect(new Set(portal.types(stuck))).toEqual(new Set(['request.submitted']));
    const [failing] = (await portal.deliveries(its.admin, id, 'pending')).toReversed();
    expect(failing).toMatchObject({ reason: 'The receiver answered 500.', lastStatus: 500, lastAnswer: 'the database is away' });

    broken = false;
    await portal.due(id);
    await until('all came', 30_000, () => portal.of(stuck).some(({ message }) => message.type === 'request.returned'));
    const types = portal.types(stuck);
    expect(types).toEqual([...types.slice(0, -2).map(() => 'request.submitted'), 'request.in-review', 'request.returned']);
    expect(new Set(portal.of(stuck).map((received) => received.id)).size).toBe(3);
    expect(portal.types(other)).toEqual(['request.submitted', 'request.withdrawn']);
    expect((await portal.deliveries(its.admin, id)).every(({ state }) => state === 'delivered')).toBe(true);
  });

  test('are given up after the last attempt, then what waited behind goes on; replay sends them again with their ids', async () => {
    const { id } = await portal.add(its.admin, '/given-up');
    const began = new Date().toISOString();
    portal.receiver.answer = (_, response) => response.writeHead(500).end();
    const ada = await its.person();
    const request = await submitRequest(ada);
    await until('it was tried', 30_000, () => portal.of(request).length === 1);
    await its.admin.post(`/access-requests/${request}/review`);
    await portal.settled(id);
    await its.database.query(
      `UPDATE webhook_delivery SET attempts = 9, due_at = now() WHERE endpoint_id = $1 AND type = 'request.submitted'`,
      [id],
    );
    await until('the next was tried', 30_000, () => portal.of(request).some(({ message }) => message.type === 'request.in-review'));
    expect((await portal.deliveries(its.admin, id, 'failed')).map(({ type, attempts }) => [type, attempts])).toEqual([
      ['request.submitted', 10],
    ]);
    expect((await its.admin.get(`/webhooks/${id}`)).body).toMatchObject({ failed: 1, pending: 1 });

    portal.receiver.answer = undefined;
    const [failed] = await portal.deliveries(its.admin, id, 'failed');
    expect((await its.admin.post(`/webhooks/${id}/deliveries/${failed!.id}/replay`)).body).toMatchObject({ state: 'pending', attempts: 0 });
    await portal.due(id);
    await until('both came', 30_000, async () => (await portal.deliveries(its.admin, id, 'delivered')).length === 2);
    const ids = portal
      .of(request)
      .filter(({ message }) => message.type === 'request.submitted')
      .map((received) => received.id);
    expect([new Set(ids).size, ids[0]]).toEqual([1, failed!.messageId]);

    await its.database.query(`UPDATE webhook_delivery SET state = 'failed' WHERE endpoint_id = $1`, [id]);
    const later = new Date(Date.now() + 60_000).toISOString();
    expect((await its.admin.post(`/webhooks/${id}/replay`, { since: later })).body).toEqual({ replayed: 0, state: 'active' });
    const before = portal.of(request).length;
    expect((await its.admin.post(`/webhooks/${id}/replay`, { since: began })).body).toEqual({ replayed: 2, state: 'active' });
    await until('both came again', 30_000, () => portal.of(request).length === before + 2);
    expect(
      portal
        .of(request)
        .slice(before)
        .map(({ message }) => message.type),
    ).toEqual(['request.submitted', 'request.in-review']);
  });

  test('one that is skipped is not sent, and no longer holds up the others', async () => {
    const { id } = await portal.add(its.admin, '/skip');
    portal.receiver.answer = ({ message }, response) => response.writeHead(message.type === 'request.submitted' ? 500 : 200).end();
    const request = await submitRequest(await its.person());
    await its.admin.post(`/access-requests/${request}/review`);
    await until('it was tried', 30_000, () => portal.of(request).length > 0);
    const first = (await portal.deliveries(its.admin, id)).find(({ type }) => type === 'request.submitted');
    expect((await its.admin.post(`/webhooks/${id}/deliveries/${first!.id}/skip`)).body).toMatchObject({ state: 'skipped' });
    await until('the next came', 30_000, () => portal.of(request).some(({ message }) => message.type === 'request.in-review'));
    expect(refusalIn(await its.admin.post(`/webhooks/${id}/deliveries/${first!.id}/skip`))).toBe('409 webhook-state');
  });

  test('who answers 410 is paused, and gets everything once resumed', async () => {
    const { id } = await portal.add(its.admin, '/gone');
    portal.receiver.answer = (_, response) => response.writeHead(410).end();
    const request = await submitRequest(await its.person());
    await until('it is paused', 30_000, async () => (await its.admin.get(`/webhooks/${id}`)).body['state'] === 'paused');
    expect((await its.admin.get(`/webhooks/${id}`)).body).toMatchObject({ reason: 'The receiver answered 410 Gone.', pending: 1 });
    portal.receiver.answer = undefined;
    await its.admin.post(`/access-requests/${request}/review`);
    expect(refusalIn(await its.admin.post(`/webhooks/${id}/pause`))).toBe('409 webhook-state');
    expect((await its.admin.post(`/webhooks/${id}/resume`)).body).toMatchObject({ state: 'active', reason: null, pending: 2 });
    await until('both came', 30_000, async () => (await portal.deliveries(its.admin, id, 'delivered')).length === 2);
    expect(portal.types(request)).toEqual(['request.submitted', 'request.submitted', 'request.in-review']);
  });

  test('a receiver that hangs, floods or redirects is its own problem', async () => {
    const [silent, flood, moved, fine] = [
      await portal.add(its.admin, '/silent'),
      await portal.add(its.admin, '/flood'),
      await portal.add(its.admin, '/moved'),
      await portal.add(its.admin, '/fine'),
    ];
    portal.receiver.answer = ({ path }, response) => {
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
    const requests = await Promise.all(Array.from({ length: 12 }, async () => submitRequest(await its.person())));
    await until(
      'the others came',
      30_000,
      async () => (await portal.deliveries(its.admin, fine.id, 'delivered')).length === requests.length,
    );
    await until(
      'the floods ended',
      8000,
      async () => (await portal.deliveries(its.admin, flood.id, 'delivered')).length === requests.length,
    );
    const [poured] = await portal.deliveries(its.admin, flood.id);
    expect(poured!.lastAnswer).toMatch(/^flood flood /);
    expect(poured!.lastAnswer!.length).toBeLessThanOrEqual(2048);
    await until('all were redirected', 30_000, async () =>
      (await portal.deliveries(its.admin, moved.id)).every(({ lastStatus }) => lastStatus === 302),
    );
    expect((await portal.deliveries(its.admin, moved.id))[0]).toMatchObject({
      state: 'pending',
      reason: 'The receiver redirects; redirects are not followed.',
    });
    // What hangs takes its share of places only.
    expect(portal.receiver.at('/silent').length).toBe(8);
    expect((await portal.deliveries(its.admin, silent.id)).every(({ state }) => state === 'pending')).toBe(true);
  });

  test('two portals, one of which is killed in between, lose nothing and keep the order', async () => {
    const { id } = await portal.add(its.admin, '/several');
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
          const somewhere = index % 2 ? person : person.at(other.url);
          const request = await submitRequest(somewhere);
          await somewhere.post(`/access-requests/${request}/withdraw`);
          return request;
        }),
      );
    const calm = await walk();
    await until('all came', 30_000, async () => (await portal.deliveries(its.admin, id, 'delivered')).length === 24);
    for (const request of calm) expect(portal.types(request)).toEqual(['request.submitted', 'request.withdrawn']);

    portal.receiver.answer = (_, response) => void setTimeout(() => response.end(), 150);
    const torn = await walk();
    await until('both are at it', 30_000, () => torn.some((request) => portal.of(request).length > 0));
    await other.stop('SIGKILL');
    other = await second();
    await until('all came, some perhaps twice', 30_000, async () => {
      // The time that a killed portal's work is held has passed.
      await its.database.query(
        `UPDATE webhook_delivery SET due_at = now() WHERE lease IS NOT NULL AND last_attempt_at < now() - interval '2 seconds'`,
      );
      return (await portal.deliveries(its.admin, id, 'delivered')).length === 48;
    });
    for (const request of torn) {
      const types = portal.types(request);
      expect([...new Set(types)]).toEqual(['request.submitted', 'request.withdrawn']);
      expect(types.lastIndexOf('request.submitted')).toBeLessThan(types.indexOf('request.withdrawn'));
      expect(new Set(portal.of(request).map((received) => received.id)).size).toBe(2);
    }
    await other.stop();
  });
});
