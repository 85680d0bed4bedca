import { accessibilityFaults, describeInChromium, tooWideAt, visit } from '../support/browser.js';
import { addVersion } from '../support/licenses.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { PASSWORD } from '../support/person.js';

const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean);

describeInChromium('pages for everyone, in a browser', (chromium) => {
  const its = portalUnderTest();

  const ADDRESSES = [
    '/', '/models/demo-llama', '/models/demo-llama/releases/tiny-f32?text=guides%2Fresponsible+use.md', '/licenses',
    '/licenses/sample-community', '/policies', '/policies/sample-acceptable-use', '/policies/sample-acceptable-use/archive',
    '/verify', '/problems/grant-expired', '/sign-in', '/sign-up', '/reset-password', '/verify-email', '/setup', '/invitation',
    '/referee', '/models/nothing', '/nothing',
  ]; // prettier-ignore
  test('are accessible, light and dark, break nothing, and fit every screen', async () => {
    const page = await chromium.open(its.url);
    for (const address of ADDRESSES) {
      await visit(page, its.url + address);
      const light = await accessibilityFaults(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await accessibilityFaults(page);
      await page.emulateMedia({ colorScheme: 'light' });
      expect([address, light, dark, await tooWideAt(page), page.faults]).toEqual([address, [], [], [], []]);
    }
  }, 120_000);

  test('the license reads word for word, each clause marked where it stands', async () => {
    const { body } = await its.admin.get<{ license: { sha256: string; url: string } }>('/models/demo-llama');
    const exact = await (await fetch(body.license.url)).text();
    const page = await chromium.open(`${its.url}/licenses/sample-community`);
    await page.waitForSelector('.legal');
    expect(wordsOf(await page.locator('.legal').innerText())).toEqual(wordsOf(exact.replaceAll(/^#+ /gm, '')));
    expect(await page.getByText(body.license.sha256).count()).toBe(1);
    expect(await page.locator('mark#clause-6').innerText()).toMatch(/more than 700 million\s+monthly active users/);
  });

  test('what others wrote is shown as text, never run', async () => {
    const attack = '<script>window.run = 1</script><img src=x onerror="window.run = 2">';
    await its.admin.post('/models', { publisher: 'demo-lab', slug: 'attack', title: attack, summary: attack });
    for (const address of ['/', '/models/attack']) {
      const page = await chromium.open(its.url + address);
      await page.getByText('onerror=').first().waitFor();
      expect(await page.evaluate(() => (window as { run?: number }).run)).toBeUndefined();
    }
  });

  test('a license’s tags are words of it, and its links run nothing', async () => {
    await its.admin.post('/licenses', { publisher: 'demo-lab', slug: 'crooked', title: 'Crooked' });
    await addVersion(its.admin, 'crooked', {
      text: '# Terms\n\n<script>window.run = 3</script>\n\n[go](javascript:window.run=4)\n\n## 2. Uses\n\nNot for weapons.',
      clauses: [{ kind: 'field-of-use', parameters: { excluded: ['weapons'] }, quote: 'Not for weapons.' }],
    });
    const page = await chromium.open(`${its.url}/licenses/crooked`);
    await page.locator('mark#clause-1', { hasText: 'Not for weapons.' }).waitFor();
    expect(await page.locator('.legal').innerText()).toContain('<script>window.run = 3</script>');
    // A link that would run something leads nowhere: it is no link any more.
    expect(await page.locator('.legal a[href^="javascript"]').count()).toBe(0);
    expect(await page.locator('.legal').getByText('go', { exact: true }).count()).toBe(1);
    expect(await page.evaluate(() => (window as { run?: number }).run)).toBeUndefined();
  });

  test('nothing is asked of anybody but the portal', async () => {
    const page = await chromium.open('about:blank');
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    for (const address of ADDRESSES.slice(0, 6)) await visit(page, its.url + address);
    expect([...hosts]).toEqual([new URL(its.url).host]);
  });

  test('one signs in where one was, and what was typed stays when the password is wrong', async () => {
    const { email } = await its.person('Ada Lovelace');
    const page = await chromium.open(`${its.url}/sign-in?returnTo=${encodeURIComponent('/models/demo-llama')}`);
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('textbox', { name: 'E-mail' }).inputValue()).toBe(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Account: Ada Lovelace' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/models/demo-llama');
  });

  test('a stranger verifies evidence without asking anybody, and sees what was tampered with', async () => {
    const person = await its.person();
    const grant = await person.obtainGrant(its.admin);
    const { body } = await person.get<{ acceptance: string }>(`/grants/${grant}`);
    let evidence = await person.get(`/acceptances/${body.acceptance}/evidence.json`);
    for (let tries = 0; evidence.status !== 200 && tries < 50; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      evidence = await person.get(`/acceptances/${body.acceptance}/evidence.json`);
    }
    const page = await chromium.open(`${its.url}/verify`);
    await page.context().setOffline(true);
    const drop = (text: string) =>
      page.setInputFiles('input[type=file]', { name: 'evidence.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await drop(evidence.text);
    await page.getByText('Everything that was checked holds').waitFor();
    await drop(evidence.text.replace('Ada Lovelace', 'Ada Lovelaca'));
    await page.getByText('Something does not hold').waitFor();
    await drop('no evidence at all');
    await page.getByText('Something does not hold').waitFor();
    expect(page.faults).toEqual([]);
  });
});
