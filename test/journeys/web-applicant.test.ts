import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { accessibilityFaults, describeInChromium } from '../support/browser.js';
import { PASSWORD } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';

const MODEL = 'demo-llama';

describeInChromium('an applicant in a browser', (chromium) => {
  const its = portalUnderTest();

  const approve = async (address: string) => {
    const request = new URL(address).pathname.split('/').at(-1);
    expect((await its.admin.post(`/access-requests/${request}/approve`, { reason: 'A clear purpose.' })).status).toBe(200);
  };
  /** The bytes that came have the hash that the page shows beside their link. */
  const expectVerified = async (page: Page, fetched: Promise<{ path(): Promise<string> }>) => {
    const bytes = readFileSync(await (await fetched).path());
    await expect(page.getByText(createHash('sha256').update(bytes).digest('hex'), { exact: true }).count()).resolves.toBeGreaterThan(0);
  };

  test('comes from the model to verified bytes; a double click accepts once', async () => {
    const page = await chromium.open(`${its.url}/models/${MODEL}`);
    await page.getByRole('link', { name: 'Request access' }).click();
    await page.getByRole('main').getByRole('link', { name: 'Sign up' }).click();
    await page.getByLabel('E-mail').fill('grace@example.org');
    await page.getByLabel('Name').fill('Grace Hopper');
    await page.getByRole('textbox', { name: 'password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByRole('heading', { name: 'Look at your mail' }).or(page.getByText('Look at your mail')).first().waitFor();
    await page.goto(`${its.url}/models/${MODEL}/request`);
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill('grace@example.org');
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();

    await page.getByLabel('What do you intend').fill('To compile.');
    await page.getByRole('button', { name: 'Go on to check' }).click();
    await page.getByRole('link', { name: /Your country: this must be said/ }).click();
    await page.getByLabel('Your country').selectOption('US');
    await page.getByLabel('Research').check();
    await page.getByRole('button', { name: 'Go on to check' }).click();
    await page.getByRole('heading', { name: 'Check your answers' }).waitFor();
    expect(await page.getByRole('main').textContent()).toContain('To compile.');
    await page.getByRole('button', { name: 'Send the request' }).click();
    await page.getByText('Your request is on its way').waitFor();
    expect(await page.getByRole('main').textContent()).toContain('Yours is the next to be decided');

    await approve(page.url());
    await page.reload();
    await page.getByRole('link', { name: 'Read and accept' }).click();
    await page.getByRole('button', { name: 'I accept' }).click();
    await page.getByRole('alert').getByText('3 things to correct').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    for (const box of await page.locator('#answer').getByRole('checkbox').all()) {
      expect(await box.isChecked()).toBe(false);
      await box.check();
    }
    await page.getByLabel('Type your full name').fill('Grace Hopper');
    // Two clicks in one moment, as a trembling hand makes them.
    await page.getByRole('button', { name: 'I accept' }).evaluate((button: HTMLElement) => (button.click(), button.click()));
    await page.getByText('You accepted the agreement').waitFor();
    const acceptances = await its.database.query('SELECT surface FROM acceptance a JOIN presentation p ON p.id = a.presentation_id');
    expect(acceptances).toEqual([{ surface: 'page' }]);
    const asked = await its.database.query(`SELECT DISTINCT kind FROM presentation_observation ORDER BY kind`);
    expect(asked).toEqual(['checked', 'opened', 'scrolled-to-end'].map((kind) => ({ kind })));

    await page.getByRole('link', { name: 'To the downloads' }).first().click();
    await page.getByRole('button', { name: 'Make the links' }).click();
    const fetched = page.waitForEvent('download');
    await page.getByRole('link', { name: `${MODEL}.gguf` }).click();
    await expectVerified(page, fetched);
    await page.getByText('Complete · 455.7 kB of 455.7 kB').waitFor();
    await page.getByRole('tab', { name: 'Script' }).click();
    expect(await page.getByRole('tabpanel').textContent()).toContain('sh download.sh demo-llama-tiny-f32');
    expect(page.faults).toEqual([]);
  });

  test('comes from the form to verified bytes by keyboard alone', async () => {
    const ada = await its.person();
    const page = await chromium.open(`${its.url}/models/${MODEL}/request`, ada);
    const keys = keyboardOf(page);
    await keys.to('Your country');
    await keys.type('United K');
    await keys.to(/^What do you intend/);
    await keys.type('To read');
    await keys.press('Go on to check your answers');
    await keys.press('Send the request');
    await page.getByText('Your request is on its way').waitFor();
    await approve(page.url());
    await page.reload();
    await page.getByRole('link', { name: 'Read and accept' }).waitFor();

    await keys.press('Read and accept the agreement');
    await page.locator('#answer').waitFor();
    await keys.press('Go to your answer');
    await keys.to('I have read the license and the acceptable use policy.');
    await page.keyboard.press('Space');
    await keys.to('I will use the model only as they allow.');
    await page.keyboard.press('Space');
    await keys.to(/^Type your full name/);
    await keys.type('Ada Lovelace');
    await keys.press('I accept');
    await page.getByText('You accepted the agreement').waitFor();
    await keys.press('To the downloads');
    await page.getByRole('button', { name: 'Make the links' }).waitFor();
    await keys.press('Make the links');
    await page.getByRole('tab', { name: 'Browser' }).waitFor();
    const fetched = page.waitForEvent('download');
    await keys.press(`${MODEL}.gguf`);
    await expectVerified(page, fetched);
    expect(page.faults).toEqual([]);
  });

  test('loses nothing of a form to a reload, the back button, or a half-written answer', async () => {
    const page = await chromium.open(`${its.url}/models/${MODEL}/request`, await its.person());
    await page.getByLabel('What do you intend').fill('To read\nslowly.');
    await page.getByText('Kept in this browser').waitFor();
    await page.reload();
    expect(await page.getByLabel('What do you intend').inputValue()).toBe('To read\nslowly.');
    await page.getByLabel('Your country').selectOption('GB');
    await page.getByLabel('ORCID iD').fill('0000-0002');
    await page.getByText('must be an ORCID iD').waitFor();
    await page.reload();
    await page.getByText('Asked for Ada Lovelace (United Kingdom).').waitFor();
    expect(await page.getByLabel('What do you intend').inputValue()).toBe('To read\nslowly.');
    expect(await page.getByLabel('ORCID iD').inputValue()).toBe('0000-0002');
    await page.getByLabel('ORCID iD').fill('0000-0002-1825-0097');
    await page.getByRole('button', { name: 'Go on to check' }).click();
    await page.getByRole('heading', { name: 'Check your answers' }).waitFor();
    await page.goBack();
    expect(await page.getByLabel('ORCID iD').inputValue()).toBe('0000-0002-1825-0097');
  });
});

/** A reader who has no pointer: goes from control to control, and presses or types. */
function keyboardOf(page: Page) {
  /** The control that has the focus, by the name that a screen reader says. */
  const focused = () =>
    page.evaluate(() => {
      const { activeElement: at } = document;
      if (!(at instanceof HTMLElement)) return '';
      const label = 'labels' in at ? [...((at as HTMLInputElement).labels ?? [])].map(({ textContent }) => textContent).join(' ') : '';
      return (at.getAttribute('aria-label') || label || at.textContent || '').trim();
    });
  const keys = {
    async to(name: string | RegExp): Promise<void> {
      const seen: string[] = [];
      for (let steps = 0; steps < 90; steps += 1) {
        await page.keyboard.press('Tab');
        const now = await focused();
        if (typeof name === 'string' ? now === name : name.test(now)) return;
        seen.push(now);
      }
      throw new Error(`no way by Tab to ${name}; passed ${[...new Set(seen)].join(' | ')}`);
    },
    async press(name: string): Promise<void> {
      await keys.to(name);
      await page.keyboard.press('Enter');
    },
    type: (text: string) => page.keyboard.type(text),
  };
  return keys;
}
