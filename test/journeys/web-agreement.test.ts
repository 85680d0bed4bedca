import type { Page } from 'playwright-core';
import { accessibilityFaults, describeInChromium, tooWideAt, visit } from '../support/browser.js';
import { PASSWORD } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';

const MODEL = 'demo-llama';

describeInChromium('an agreement in a browser', (chromium) => {
  const its = portalUnderTest();
  const newText = (text: string) => its.admin.post('/policies/sample-acceptable-use/texts', { text, reacceptance: 'at-once' });
  const boxes = (page: Page) => page.locator('#answer').getByRole('checkbox');
  const answer = async (page: Page) => {
    for (const box of await boxes(page).all()) await box.check();
    await page.getByLabel('Type your full name').fill('Ada Lovelace');
    await page.getByRole('button', { name: 'I accept' }).click();
  };

  test('shows what changed, and is shown anew to whoever comes back to another text', async () => {
    const ada = await its.person();
    const grant = await ada.obtainGrant(its.admin);
    await newText('Use the model kindly. This sentence is new.');
    const page = await chromium.open(`${its.url}/grants/${grant}`, ada);
    await page.getByRole('button', { name: 'Make the links' }).click();
    await page
      .getByRole('alert')
      .getByRole('link', { name: /accept the new agreement/ })
      .click();
    await page.getByRole('heading', { name: 'What changed since you accepted' }).waitFor();
    await page.locator('ins', { hasText: 'new' }).first().waitFor();

    // Signed out in the middle: the way back leads here, with the name that was typed and the boxes to tick again.
    await its.database.query('DELETE FROM session WHERE account_id = (SELECT account_id FROM person WHERE email = $1)', [ada.email]);
    await answer(page);
    await page
      .getByRole('alert')
      .getByRole('link', { name: /sign in/i })
      .click();
    const signIn = async () => {
      await page.getByLabel('E-mail').fill(ada.email);
      await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    };
    await signIn();
    await page.getByText('Welcome back: nothing was lost').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/models/${MODEL}/accept`);
    expect(await page.getByLabel('Type your full name').inputValue()).toBe('Ada Lovelace');
    for (const box of await boxes(page).all()) expect(await box.isChecked()).toBe(false);

    // Another text meanwhile: nothing is accepted, and the difference is shown.
    await newText('Use the model kindly. This sentence is newer still.');
    await answer(page);
    await page.getByRole('heading', { name: 'A text has changed since you were shown it' }).waitFor();
    await page.locator('ins', { hasText: 'newer' }).first().waitFor();
    expect(await page.getByLabel('Type your full name').inputValue()).toBe('Ada Lovelace');
    await answer(page);
    await page.getByText('You accepted the agreement').waitFor();
    await page.getByRole('link', { name: 'Certificate (PDF)' }).waitFor();
    expect((await ada.signIn(ada.email, PASSWORD).then(() => ada.post(`/grants/${grant}/links`, { release: 'tiny-f32' }))).status).toBe(
      201,
    );
    expect(page.faults).toEqual([]);
  });

  test('is declined as easily, and shared by its hash', async () => {
    const ada = await its.person();
    const page = await chromium.open(`${its.url}/models/demo-llama-assent/accept`, ada);
    await page.getByLabel('Your country').selectOption('GB');
    await page.getByRole('button', { name: 'Read the agreement' }).click();
    await page.getByRole('button', { name: 'I decline' }).waitFor();
    const address = (await page.getByText(`${its.url}/agreements/`).first().textContent())!;
    await page.getByRole('button', { name: 'I decline' }).click();
    await page.getByText('You declined, and that is recorded').waitFor();
    expect((await ada.get('/grants')).body).toMatchObject({ items: [] });
    // Counsel has no account.
    const counsel = await chromium.open(address);
    expect(await counsel.getByRole('main').textContent()).toContain('Sample Acceptable Use Policy');
  });

  /** Faults of pages as they stand, bright on a desk and dark on a phone. */
  async function faultsOf(page: Awaited<ReturnType<typeof chromium.open>>, paths: string[]): Promise<string[]> {
    const faults: string[] = [];
    for (const path of paths) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.emulateMedia({ colorScheme: 'light' });
      await visit(page, `${its.url}${path}`);
      const links = page.getByRole('button', { name: 'Make the links' });
      if (await links.isVisible()) {
        await links.click();
        await page.getByRole('tab', { name: 'Torrent' }).click();
      }
      const found = await accessibilityFaults(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize({ width: 360, height: 800 });
      found.push(...(await accessibilityFaults(page, ['color-contrast', 'scrollable-region-focusable', 'target-size'])));
      found.push(...(await tooWideAt(page)));
      faults.push(...found.map((fault) => `${path} ${fault}`));
    }
    return [...faults, ...page.faults];
  }

  test('and all that leads to access and comes of it is accessible, and fits every screen', async () => {
    const ada = await its.person();
    const grant = await ada.obtainGrant(its.admin);
    const { body: held } = await ada.get<{ acceptance: string }>(`/grants/${grant}`);
    const { body: listed } = await ada.get<{ items: { id: string }[] }>('/access-requests');
    const page = await chromium.open(`${its.url}/grants`, ada);
    const paths = [
      `/models/${MODEL}/request?special`,
      `/models/${MODEL}/accept`,
      '/models/demo-llama-assent/accept',
      `/models/${MODEL}/prerequisites`,
      '/access-requests',
      `/access-requests/${listed.items[0]!.id}`,
      `/acceptances/${held.acceptance}`,
      '/grants',
      `/grants/${grant}`,
    ];
    expect(await faultsOf(page, paths)).toEqual([]);
  });

  test('so are the pages of one’s account and organizations', async () => {
    const ada = await its.person();
    const { body: lab } = await ada.post<{ id: string }>('/organizations', { legalName: 'Lab', country: 'GB' });
    await ada.post(`/organizations/${lab.id}/seats`, { name: 'CI', scopes: ['read'] });
    await ada.post(`/organizations/${lab.id}/invitations`, { email: 'eve@example.org' });
    await ada.post('/tokens', { name: 'workstation', scopes: ['read'] });
    const page = await chromium.open(`${its.url}/organizations`, ada);
    const paths = ['/organizations', `/organizations/${lab.id}`, '/profile', '/security', '/tokens', '/privacy'];
    expect(await faultsOf(page, paths)).toEqual([]);
  });
});
