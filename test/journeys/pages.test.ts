import { REFUSALS, type RefusalCode } from '@paddock/domain';
import { portalUnderTest } from '../support/portal-under-test.js';

const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean);

describe('pages', () => {
  const its = portalUnderTest();

  const linked = (Object.keys(REFUSALS) as RefusalCode[]).flatMap((code) => REFUSALS[code].link ?? []);
  test.each([...new Set(linked)])('the remedy %s is there for everyone', async (link) => {
    expect((await fetch(its.url + link)).status).toBe(200);
  });

  test('every refusal has the page that its `type` names', async () => {
    for (const code of Object.keys(REFUSALS)) expect((await fetch(`${its.url}/problems/${code}`)).status).toBe(200);
  });

  test('the license is readable before sign-up, word for word, with its digest', async () => {
    const { body } = await its.admin.get<{ license: { sha256: string; url: string } }>('/models/demo-llama');
    const exact = await (await fetch(body.license.url)).text();
    const page = await (await fetch(`${its.url}/licenses/sample-community`)).text();
    expect(page).toContain(body.license.sha256);
    const shown = /<article class="legal-text">([\s\S]*)<\/article>/
      .exec(page)![1]!
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&quot;', '"');
    expect(wordsOf(shown)).toEqual(wordsOf(exact.replaceAll(/^#+ /gm, '')));
    expect(page).toContain(body.license.url);
  });

  test('what others wrote is shown as text, never run', async () => {
    const attack = '<script>alert(1)</script><img src=x onerror="alert(2)">';
    await its.admin.post('/models', { publisher: 'demo-lab', slug: 'attack', title: attack, summary: attack });
    for (const path of ['/', ...['', '/accept', '/request', '/forms', '/rules'].map((below) => `/models/attack${below}`)]) {
      const page = await fetch(its.url + path);
      const text = await page.text();
      expect(text).toContain('&lt;script&gt;alert(1)');
      expect(text).not.toContain('<script>alert');
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    }
  });

  const ID = '00000000-0000-4000-8000-000000000000';
  test.each([
    ['/models/demo-llama/request', 'Request access to Demo Llama'],
    ['/access-requests', 'Your access requests'],
    [`/access-requests/${ID}`, 'Access request'],
    ['/review', 'Review'],
    [`/review/${ID}`, 'Review of a request'],
    ['/models/demo-llama/forms', 'Forms of Demo Llama'],
    ['/models/demo-llama/rules', 'Rules of Demo Llama'],
    ['/blocks', 'Blocks'],
    ['/reason-templates', 'Reasons for reuse'],
    ['/grants', 'My access'],
    ['/grant-reviews', 'Grant reviews'],
    ['/profile', 'Profile'],
    ['/privacy', 'Your data'],
    ['/organizations', 'Organizations'],
    ['/outbox', 'Outbox'],
    ['/webhooks', 'Webhooks'],
    ['/security', 'Security'],
    ['/verify', 'Verify evidence'],
  ])('%s is there, and every script that it asks for', async (path, heading) => {
    const answer = await fetch(its.url + path);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain(`<h1>${heading}</h1>`);
    const scripts = [...page.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
    expect(scripts.map(([, , inside]) => inside).join('')).toBe('');
    expect(page).not.toMatch(/\son\w+=|\sstyle=|<style/);
    const seen = new Set<string>();
    for (const [, attributes] of scripts) await readScripts(new URL(/src="([^"]+)"/.exec(attributes!)![1]!, its.url), seen);
    expect(seen.size).toBeGreaterThan(1);
  });

  /** Follows the imports: a file that is not served would break the page, and no other test would say so. */
  const readScripts = async (address: URL, seen: Set<string>): Promise<void> => {
    if (seen.has(address.href)) return;
    seen.add(address.href);
    const answer = await fetch(address);
    expect([address.pathname, answer.status, answer.headers.get('content-type')]).toEqual([
      address.pathname,
      200,
      'text/javascript; charset=utf-8',
    ]);
    for (const [, path] of (await answer.text()).matchAll(/^import [^;]*from '([^']+)'/gm))
      await readScripts(new URL(path!, address), seen);
  };

  test('a page of what is not there is a refusal; nothing but assets is read from below /assets', async () => {
    const paths = [
      ['/models/nothing/request', 404],
      ['/models/nothing/forms', 404],
      ['/access-requests/1', 400],
      ['/review/%00', 400],
      ['/assets/portal.js.map', 404],
      ['/assets/domain/index.js', 404],
      ['/assets/%2e%2e/pages.controller.js', 404],
      ['/assets/__proto__', 404],
    ] as const;
    for (const [path, status] of paths) expect([path, (await fetch(its.url + path)).status]).toEqual([path, status]);
  });

  test('single-use links keep their secret behind #, where no server sees it', async () => {
    await its.person();
    const { body } = await its.admin.get<{ items: { body: string }[] }>('/mail');
    expect(body.items[0]?.body).toMatch(new RegExp(`${its.url}/verify-email#token=[\\w-]{43}`));
  });
});
