import { policyPage, startChangingPage, type ChangingPage } from '../support/changing-page.js';
import { portalUnderTest } from '../support/portal-under-test.js';

const under = portalUnderTest({ PADDOCK_CAPTURE_ALLOW_LOOPBACK: 'true', PADDOCK_CHROMIUM: 'none' });

interface Snapshot {
  id: string;
  state: string;
  sha256: string;
  memento: string;
  warc: string;
  pdf: string;
  url: string;
}

describe('a policy that is captured from its source', () => {
  let source: ChangingPage;
  const snapshots = async () => (await under.admin.get<{ items: Snapshot[] }>('/policies/use-policy/snapshots')).body.items;
  const capture = () =>
    under.admin.post<{ outcome: string; reason: string | null; snapshot: string | null }>('/policies/use-policy/captures');

  beforeAll(async () => {
    source = await startChangingPage();
    source.show(policyPage({ around: 'visited 1' }));
    await under.admin.post('/policies', { slug: 'use-policy', title: 'Use policy', sourceUrl: source.url, schedule: 'manual' });
  });
  afterAll(() => source.stop());

  test('waits for a publisher before it binds', async () => {
    expect((await capture()).body).toMatchObject({ outcome: 'changed' });
    const [first] = await snapshots();
    expect(first).toMatchObject({ state: 'pending' });
    expect((await fetch(`${under.url}/policies/use-policy/timegate`, { redirect: 'manual' })).status).toBe(409);
    expect((await under.admin.post(`/policies/use-policy/snapshots/${first!.id}/effective`)).body).toMatchObject({ state: 'effective' });
    expect((await under.admin.post(`/policies/use-policy/snapshots/${first!.id}/dismiss`, { reason: 'Too late.' })).body).toMatchObject({
      code: 'snapshot-state',
    });
  });

  test('is seen unchanged where only what stands around it changed', async () => {
    source.show(policyPage({ around: 'visited 2' }));
    expect((await capture()).body).toMatchObject({ outcome: 'seen', snapshot: (await snapshots())[0]!.id });
    expect(await snapshots()).toHaveLength(1);
  });

  test('makes another pending snapshot where its substance changed, and tells what', async () => {
    source.show(policyPage({ clauseSeven: 'clause 77', around: 'visited 3' }));
    expect((await capture()).body).toMatchObject({ outcome: 'changed' });
    const [second, first] = await snapshots();
    expect(second).toMatchObject({ state: 'pending' });
    const { body } = await under.admin.get<{ parts: { op: string; text: string }[] }>(
      `/policies/use-policy/diff?from=${first!.id}&to=${second!.id}`,
    );
    expect(body.parts.filter(({ op }) => op !== 'equal').map(({ op, text }) => `${op} ${text.trim()}`)).toEqual(['delete 7', 'insert 77']);
  });

  test('keeps an error page as a failed attempt', async () => {
    source.show('Service unavailable', 503);
    expect((await capture()).body).toMatchObject({ outcome: 'failed', reason: 'http-error', snapshot: null });
    expect(await snapshots()).toHaveLength(2);
  });

  test('is walked by datetime (RFC 7089)', async () => {
    const [second, first] = await snapshots();
    await under.admin.post(`/policies/use-policy/snapshots/${second!.id}/effective`, { reacceptance: 'at-once' });
    const gate = (datetime: string) =>
      fetch(`${under.url}/policies/use-policy/timegate`, { redirect: 'manual', headers: { 'accept-datetime': datetime } });
    expect((await gate('Thu, 01 Jan 2015 00:00:00 GMT')).headers.get('location')).toBe(first!.memento);
    const latest = await gate(new Date(Date.now() + 86_400_000).toUTCString());
    expect([latest.status, latest.headers.get('location'), latest.headers.get('vary')]).toEqual([
      302,
      second!.memento,
      expect.stringContaining('accept-datetime'),
    ]);
    expect((await gate('yesterday')).status).toBe(400);
    const memento = await fetch(second!.memento);
    expect(memento.headers.get('memento-datetime')).toMatch(/GMT$/);
    expect(memento.headers.get('link')).toContain('rel="original"');
    expect(await memento.text()).toContain('clause 77 of');
    expect(await (await fetch(`${under.url}/policies/use-policy/timemap`)).text()).toContain(`<${first!.memento}>; rel="first memento"`);
    expect((await fetch(`${under.url}/policies/use-policy/feed.atom`)).status).toBe(200);
  });

  test('hands out what proves it, and shows its pages', async () => {
    const [{ warc, pdf, url, sha256 }] = (await snapshots()) as [Snapshot];
    expect(
      Buffer.from(await (await fetch(warc)).arrayBuffer())
        .subarray(0, 2)
        .toString('hex'),
    ).toBe('1f8b');
    expect(
      Buffer.from(await (await fetch(pdf)).arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(url).toContain(sha256);
    for (const path of ['policies', 'policies/use-policy', 'policies/use-policy/archive', 'policies/use-policy/in-force?on=2026-01-01'])
      expect((await fetch(`${under.url}/${path}`, { headers: { accept: 'text/html' } })).headers.get('content-type')).toContain(
        'text/html',
      );
  });

  test('is captured by its publisher alone', async () => {
    const ada = await under.person();
    expect((await ada.post('/policies/use-policy/captures')).body).toMatchObject({ code: 'role-missing' });
    expect((await ada.get('/policies/use-policy/captures')).body).toMatchObject({ code: 'role-missing' });
  });

  test('answers every crooked question with a refusal', async () => {
    const [{ memento }] = (await snapshots()) as [Snapshot];
    const asked: Record<string, number> = {
      [`${memento}/timestamps/-1`]: 400,
      [`${memento}/timestamps/99999999999999999999`]: 400,
      [`${memento}/timestamps/0`]: 404,
      [`${under.url}/policies/use-policy/snapshots/20261399999999999`]: 404,
      [`${under.url}/policies/use-policy/snapshots/0000-01-01T00:00:00Z`]: 404,
      [`${under.url}/api/v1/policies/use-policy?on=2026-02-31T23:59:59.999Z`]: 400,
      [`${under.url}/policies/use-policy/timemap?page=0`]: 400,
      [`${under.url}/policies/none/timegate`]: 404,
      [`${under.url}/api/v1/policies/use-policy/diff?from=1&to=2`]: 400,
    };
    for (const [url, status] of Object.entries(asked)) {
      const answer = await fetch(url, { redirect: 'manual' });
      expect([url, answer.status, answer.headers.get('content-type')]).toEqual([url, status, 'application/problem+json']);
    }
    expect((await fetch(`${under.url}/api/v1/policies/use-policy?on=0001-01-01T00:00:00Z`)).status).toBe(200);
  });

  test.each([
    ['credentials in the address', { sourceUrl: 'https://ada:secret@example.org/' }],
    ['another scheme', { sourceUrl: 'file:///etc/passwd' }],
    ['a source beside a text', { sourceUrl: 'https://example.org/', text: 'Be kind.' }],
    ['neither', {}],
  ])('is not made of %s', async (_, of) => {
    expect((await under.admin.post('/policies', { slug: 'crooked', title: 'Crooked', ...of })).body).toMatchObject({
      code: 'malformed-request',
    });
  });
});
