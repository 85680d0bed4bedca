import { portalUnderTest } from '../support/portal-under-test.js';

/** Through a trusted proxy, which names the client. */
const from = (address: string) => ({ 'x-forwarded-for': address });

describe('requests in a minute', () => {
  const its = portalUnderTest({
    PADDOCK_TRUSTED_PROXIES: '127.0.0.1',
    PADDOCK_REQUESTS_PER_ADDRESS: '60',
    PADDOCK_REQUESTS_PER_PERSON: '40',
  });

  /** Asks until it is refused; a minute may end in between, so that up to two minutes' worth are answered. */
  async function untilRefused(ask: () => Promise<Response>, most: number): Promise<{ refused: Response; answered: number }> {
    for (let answered = 0; answered <= 2 * most; answered += 1) {
      const answer = await ask();
      if (answer.status === 429) return { refused: answer, answered };
      await answer.arrayBuffer();
    }
    throw new Error('it was never refused');
  }

  test('of one address are told, refused beyond their number with the time to wait, and others are served', async () => {
    const ask = (address: string) => fetch(`${its.url}/api/v1/models`, { headers: from(address) });
    const first = await ask('192.0.2.1');
    expect(first.headers.get('ratelimit-policy')).toBe('"address";q=60;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"address";r=59;t=\d+$/);
    const { refused, answered } = await untilRefused(() => ask('192.0.2.1'), 60);
    expect(answered).toBeGreaterThanOrEqual(59);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.headers.get('ratelimit')).toBe(`"address";r=0;t=${seconds}`);
    expect(await refused.json()).toMatchObject({ code: 'too-many-requests', retryAfter: seconds, remedy: expect.any(String) });
    expect((await ask('192.0.2.2')).status).toBe(200);
    expect((await fetch(`${its.url}/health/ready`, { headers: from('192.0.2.1') })).status).toBe(200);
    expect(await (await fetch(`${its.url}/metrics`)).text()).toMatch(/^paddock_requests_limited_total\{policy="address"\} [1-9]/m);
  });

  test('of one person count together from all addresses, whatever else is asked there', async () => {
    const [ada, bob] = [await its.person(), await its.person()];
    let asked = 0;
    const ask = async () => {
      asked += 1;
      const cookie = [...ada.cookies].map((pair) => pair.join('=')).join('; ');
      return fetch(`${its.url}/api/v1/me`, { headers: { cookie, ...from(`198.51.100.${asked % 200}`) } });
    };
    const { refused } = await untilRefused(ask, 40);
    expect(refused.headers.get('ratelimit-policy')).toBe('"address";q=60;w=60, "person";q=40;w=60');
    expect(await refused.json()).toMatchObject({ code: 'too-many-requests', detail: expect.stringContaining('person') });
    const others = await bob.get('/me', { headers: from('203.0.113.1') });
    expect(others.status).toBe(200);
  });
});
