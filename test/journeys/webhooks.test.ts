import { refusalIn } from '../support/problems.js';
import type { Person } from '../support/person.js';
import { until } from '../support/processes.js';
import { isGenuine } from '../support/webhook-receiver.js';
import { submitRequest, WebhookPortal, type Delivery } from '../support/webhook-portal.js';

describe('webhooks', () => {
  const hooks = new WebhookPortal({ PADDOCK_OUTGOING_ALLOW_PRIVATE: 'true', PADDOCK_LOG_LEVEL: 'debug' });
  const { its } = hooks;
  let publisher: Person & { email: string };
  let stranger: Person & { email: string };
  beforeAll(async () => {
    publisher = await its.person('Pat Publisher');
    stranger = await its.person('Eve Elsewhere');
    await its.admin.post('/publishers', { slug: 'other-lab', legalName: 'Other Lab' });
    await its.admin.post('/roles', { email: publisher.email, role: 'publisher', publisher: 'demo-lab' });
    await its.admin.post('/roles', { email: stranger.email, role: 'publisher', publisher: 'other-lab' });
  });

  test('tell the portal, the publisher and the model, each signed with its own secret, and nobody else', async () => {
    const [portal, ofPublisher, ofModel] = [
      await hooks.add(its.admin, '/portal'),
      await hooks.add(publisher, '/publisher', { publisher: 'demo-lab' }),
      await hooks.add(publisher, '/model', { model: 'demo-llama' }),
    ];
    await hooks.add(stranger, '/stranger', { publisher: 'other-lab' });
    await hooks.add(publisher, '/other-model', { model: 'demo-llama-assent' });
    await hooks.add(publisher, '/other-kind', { publisher: 'demo-lab', kinds: ['grant-revoked'] });
    const ada = await its.person('Ada Lovelace');
    const request = await submitRequest(ada);
    await its.admin.post(`/access-requests/${request}/return`, { reason: 'Ada, tell me your age' });
    await arrived('/portal', 2);
    await arrived('/publisher', 2);
    await arrived('/model', 2);
    for (const [path, { secret }] of [
      ['/portal', portal],
      ['/publisher', ofPublisher],
      ['/model', ofModel],
    ] as const) {
      const [first, second] = hooks.receiver.at(path);
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
    expect(isGenuine(hooks.receiver.at('/portal')[0]!, ofPublisher.secret)).toBe(false);
    for (const path of ['/stranger', '/other-model', '/other-kind']) expect(hooks.receiver.at(path)).toEqual([]);
    const kept = await its.database.query<{ secret: string }>(`SELECT encode(secret, 'escape') AS secret FROM webhook_endpoint`);
    for (const { secret } of [portal, ofPublisher, ofModel]) {
      expect(kept.some((row) => row.secret.includes(secret.slice(6)))).toBe(false);
      expect(its.portal.output()).not.toContain(secret);
    }
    const again = await publisher.get(`/webhooks/${ofModel.id}`);
    expect(again.text).not.toContain('whsec_');
  });

  test('a new secret signs at once, and the old one beside it for a day', async () => {
    const first = await hooks.add(its.admin, '/rotate');
    const { body: second } = await its.admin.post<{ secret: string }>(`/webhooks/${first.id}/rotate`);
    const genuine = async () => {
      const request = await submitRequest(await its.person());
      await until('it came', 30_000, () => hooks.of(request).length === 1);
      return [second.secret, first.secret].map((secret) => isGenuine(hooks.of(request)[0]!, secret));
    };
    expect(second.secret).not.toBe(first.secret);
    expect(await genuine()).toEqual([true, true]);
    await its.database.query('UPDATE webhook_endpoint SET previous_until = now() WHERE id = $1', [first.id]);
    expect(await genuine()).toEqual([true, false]);
  });

  test('belong to whoever publishes there: for others they do not exist', async () => {
    const { id } = await hooks.add(publisher, '/mine', { publisher: 'demo-lab' });
    const { id: portal } = await hooks.add(its.admin, '/portals');
    const request = await submitRequest(await its.person());
    await until('it came', 30_000, () => hooks.of(request).length === 2);
    const [delivery] = await hooks.deliveries(publisher, id);
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
        expect(refusalIn(await someone.post('/webhooks', { url: hooks.receiver.url('/x'), kinds: ['request-submit'], ...place }))).toBe(
          '404 not-found',
        );
      expect(refusalIn(await someone.post('/webhooks', { url: hooks.receiver.url('/x'), kinds: ['request-submit'] }))).toBe(
        '403 role-missing',
      );
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

  const arrived = (path: string, count: number) => until(`${count} at ${path}`, 30_000, () => hooks.receiver.at(path).length >= count);
  const listed = ({ body }: { body: Record<string, unknown> }) => (body['items'] as { id: string }[]).map(({ id }) => id);
});

describe('webhooks of a portal that may not ask private networks', () => {
  const hooks = new WebhookPortal({});
  const { its } = hooks;

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
    await its.database.query('UPDATE webhook_endpoint SET url = $2 WHERE id = $1', [body.id, hooks.receiver.url('/inside')]);
    await submitRequest(await its.person());
    const path = `/webhooks/${body.id}/deliveries`;
    await until('it was tried', 30_000, async () => (await its.admin.get<{ items: Delivery[] }>(path)).body.items[0]?.reason);
    const [delivery] = (await its.admin.get<{ items: Delivery[] }>(path)).body.items;
    expect(delivery).toMatchObject({ state: 'pending', attempts: 1, lastStatus: null, reason: expect.stringContaining('private network') });
    expect(hooks.receiver.received).toEqual([]);
  });
});
