import { REFUSALS, type RefusalCode } from '@paddock/domain';
import { portalUnderTest } from '../support/portal-under-test.js';

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
    const shown = /<pre class="legal">([\s\S]*)<\/pre>/.exec(page)?.[1];
    expect(shown?.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')).toBe(exact);
  });

  test('what others wrote is shown as text, never run', async () => {
    const attack = '<script>alert(1)</script><img src=x onerror="alert(2)">';
    await its.admin.post('/models', { publisher: 'demo-lab', slug: 'attack', title: attack, summary: attack });
    for (const path of ['/', '/models/attack', '/models/attack/accept']) {
      const page = await fetch(its.url + path);
      const text = await page.text();
      expect(text).toContain('&lt;script&gt;alert(1)');
      expect(text).not.toContain('<script>alert');
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    }
  });

  test('single-use links keep their secret behind #, where no server sees it', async () => {
    await its.person();
    const { body } = await its.admin.get<{ items: { body: string }[] }>('/mail');
    expect(body.items[0]?.body).toMatch(new RegExp(`${its.url}/verify-email#token=[\\w-]{43}`));
  });
});
