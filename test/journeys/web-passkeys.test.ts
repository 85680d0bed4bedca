import type { Page } from 'playwright-core';
import { describeInChromium } from '../support/browser.js';
import { freePort } from '../support/free-port.js';
import { PASSWORD } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';

/** What is built into a laptop: it keeps passkeys, and knows its owner by a finger, until it knows nobody any more. */
async function withAuthenticator(page: Page): Promise<{ forget(): Promise<void> }> {
  const debug = await page.context().newCDPSession(page);
  await debug.send('WebAuthn.enable');
  const { authenticatorId } = await debug.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
  return {
    forget: async () => void (await debug.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })),
  };
}

// Browsers keep passkeys for host names alone; this one stands for the machine itself.
const port = await freePort();

describeInChromium('passkeys, in a browser', (chromium) => {
  const its = portalUnderTest({ PADDOCK_PORT: String(port), PADDOCK_PUBLIC_URL: `http://localhost:${port}` });

  test('one is added, opens the account without a password, and is turned away where its owner is not known', async () => {
    const ada = await its.person();
    const page = await chromium.open(`${its.url}/security`, ada);
    const authenticator = await withAuthenticator(page);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('A name for this passkey').fill('laptop');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Keep these recovery codes').first().waitFor();
    await page.getByRole('cell', { name: 'Passkey: laptop' }).waitFor();

    await page.context().clearCookies();
    await page.goto(`${its.url}/sign-in`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('button', { name: 'Ada Lovelace' }).waitFor();

    await page.context().clearCookies();
    await page.goto(`${its.url}/sign-in`);
    await page.getByLabel('E-mail').fill(ada.email);
    await page.locator('input[type=password]').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByRole('button', { name: 'Ada Lovelace' }).waitFor();

    await authenticator.forget();
    await page.context().clearCookies();
    await page.goto(`${its.url}/sign-in`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('The browser brought no passkey').waitFor();
    expect(await page.getByRole('button', { name: 'Ada Lovelace' }).count()).toBe(0);
    expect(page.faults).toEqual([]);
  });

  test('a browser that makes none says so, and leaves the account as it was', async () => {
    const ada = await its.person();
    const page = await chromium.open(`${its.url}/security`, ada);
    await (await withAuthenticator(page)).forget();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('A name for this passkey').fill('laptop');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('The browser made no passkey').waitFor();
    expect((await ada.get<{ factors: unknown[] }>('/me/security')).body.factors).toEqual([]);
  });
});
