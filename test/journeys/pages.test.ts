import { PAGES } from '@paddock/contracts';
import { REFUSALS, type RefusalCode } from '@paddock/domain';
import { portalUnderTest } from '../support/portal-under-test.js';

const HTML = { headers: { accept: 'text/html,application/xhtml+xml' } };

describe('pages', () => {
  const its = portalUnderTest();

  const linked = (Object.keys(REFUSALS) as RefusalCode[]).flatMap((code) => REFUSALS[code].link ?? []);
  test.each([...new Set(linked)])('the remedy %s is there for everyone', async (link) => {
    expect((await fetch(its.url + link, HTML)).status).toBe(200);
  });

  test('every refusal has the page that its `type` names', async () => {
    for (const code of Object.keys(REFUSALS)) expect((await fetch(`${its.url}/problems/${code}`, HTML)).status).toBe(200);
  });

  const ID = '00000000-0000-4000-8000-000000000000';
  const THERE: Readonly<Record<string, string>> = {
    model: 'demo-llama',
    release: 'tiny-f32',
    license: 'sample-community',
    policy: 'sample-acceptable-use',
    code: 'not-found',
    provider: 'lab',
  };
  const paths = Object.values(PAGES)
    .filter((path) => !path.includes(':moment'))
    .map((path) => path.replaceAll(/:(\w+)/g, (_, name: string) => THERE[name] ?? ID));
  test.each(paths)('%s answers with the shell, which runs no script but our own', async (path) => {
    const answer = await fetch(its.url + path, HTML);
    const shell = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const policy = answer.headers.get('content-security-policy')!;
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(policy)![1]!;
    expect(shell).toContain(`<meta name="style-nonce" content="${nonce}" />`);
    expect(shell.match(/<script(?![^>]*\ssrc="\/assets\/)/g)).toBeNull();
  });

  test('the nonce is another one each time, and assets are kept for ever', async () => {
    const [one, two] = await Promise.all(['/', '/'].map(async (path) => (await fetch(its.url + path, HTML)).text()));
    const nonceOf = (shell: string) => /style-nonce" content="([^"]+)"/.exec(shell)![1];
    expect(nonceOf(one!)).not.toBe(nonceOf(two!));
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(one!)![1]!;
    const answer = await fetch(its.url + script);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ]);
  });

  test('the shell says whether anybody is signed in, and nothing of who', async () => {
    const person = await its.person('Grace Hopper');
    const shellFor = async (headers: Record<string, string>) =>
      (await fetch(`${its.url}/`, { headers: { ...HTML.headers, ...headers } })).text();
    const cookie = [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect(await shellFor({})).toContain('name="caller" content="anonymous"');
    const own = await shellFor({ cookie });
    expect(own).toContain('name="caller" content="session"');
    expect(own).not.toContain('Grace');
  });

  test.each([
    ['/models/nothing', 404],
    ['/models/demo-llama/releases/nothing', 404],
    ['/models/nothing/request', 404],
    ['/licenses/nothing', 404],
    ['/problems/nothing', 404],
    ['/nothing/at/all', 404],
  ])('a page of what is not there, %s, is no success, though the shell comes and says why', async (path, status) => {
    const answer = await fetch(its.url + path, HTML);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
  });

  test.each(['/nothing', '/api/v1/nothing', '/assets/nothing.js', '/assets/__proto__', '/d/nothing'])(
    'whoever is no browser gets a problem document of %s',
    async (path) => {
      for (const headers of path === '/nothing' ? [{}] : [{}, HTML.headers]) {
        const answer = await fetch(its.url + path, { headers });
        expect([answer.status >= 400, answer.headers.get('content-type')]).toEqual([true, 'application/problem+json']);
      }
    },
  );

  test('a model card is read by everyone, through the gate; what is licensed is not', async () => {
    const read = (path: string) => fetch(`${its.url}/api/v1/models/demo-llama/releases/tiny-f32/readable?path=${encodeURIComponent(path)}`);
    const card = await read('README.md');
    expect([card.status, card.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(await card.text()).toContain('# Demo model');
    for (const path of ['demo-llama.gguf', '../README.md', 'README.md/', '%00']) expect((await read(path)).status).toBe(404);
  });

  test('single-use links keep their secret behind #, where no server sees it', async () => {
    await its.person();
    const { body } = await its.admin.get<{ items: { body: string }[] }>('/mail');
    expect(body.items[0]?.body).toMatch(new RegExp(`${its.url}/verify-email#token=[\\w-]{43}`));
  });
});
