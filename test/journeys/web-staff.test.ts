import { readFile } from 'node:fs/promises';
import { newAuditor } from '../support/auditors.js';
import { accessibilityFaults, describeInChromium, tooWideAt, visit } from '../support/browser.js';
import { publishModel } from '../support/licenses.js';
import { seedAcceptances } from '../support/many-acceptances.js';
import { portalUnderTest } from '../support/portal-under-test.js';

const ROWS = 2_000;

describeInChromium('staff in a browser', (chromium) => {
  const its = portalUnderTest();
  let licensee: string;
  beforeAll(async () => {
    await publishModel(its.admin, 'looked-at');
    const ada = await its.person('Ada Lovelace');
    const grant = await ada.accept('looked-at');
    licensee = (await its.admin.get<{ licensee: string }>(`/grants/${grant}`)).body.licensee;
    await ada.links(grant, { release: 'first' });
    await seedAcceptances(its.database.ownerUrl, ROWS);
  });

  test('an auditor finds an acceptance, exports it and keeps the view', async () => {
    const page = await chromium.open(`${its.url}/audit/acceptances`, await newAuditor(its));
    await page.getByLabel('Free text').fill('reader-777@');
    await page.getByText('1 row', { exact: true }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('reader-777@');
    await page.locator('td button').click();
    await page.getByRole('dialog').getByRole('link', { name: 'Evidence' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.getByLabel('Name of the view').fill('One reader');
    await page.getByRole('dialog').getByRole('button', { name: 'Save this view' }).click();
    await page.goto(`${its.url}/audit`);
    await page.getByRole('link', { name: 'One reader' }).click();
    await page.getByText('1 row', { exact: true }).waitFor();
    expect(page.faults).toEqual([]);
  });

  test('the audit scrolls through all rows, and no key is dropped on the way', async () => {
    const page = await chromium.open(`${its.url}/audit/acceptances`, its.admin);
    const place = page.getByRole('group', { name: 'Acceptances' });
    await place.focus();
    const done = page.getByText(`${(ROWS + 1).toLocaleString('en-GB')} rows`, { exact: true });
    const end = Date.now() + 60_000;
    while ((await done.count()) === 0 && Date.now() < end) {
      await page.keyboard.press('End');
      await page.waitForTimeout(50);
    }
    await done.waitFor();
    await page.keyboard.press('Home');
    await page.locator(`tr[aria-rowindex="2"]`).waitFor();
    expect(await page.locator('tbody tr').count()).toBeLessThan(100);
  });

  test('an administrator rotates a key and sees what is still taken', async () => {
    const page = await chromium.open(`${its.url}/system/keys`, its.admin);
    await page.getByRole('button', { name: 'Rotate: Links' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
    await page
      .getByText(/^Still taken: 1-[0-9a-f]{8}$/)
      .first()
      .waitFor();
    await page
      .getByText(/^2-[0-9a-f]{8}$/)
      .first()
      .waitFor();
    expect(page.faults).toEqual([]);
  });

  test('axe finds nothing on any page, light or dark, and each fits every screen', async () => {
    const pages = `/overview /review /publishing /publishing/looked-at /publishing/looked-at/releases/first /legal /legal?new=special
      /legal/licenses/sample-community?step=text /legal/licenses/sample-community?step=clauses /legal/licenses/sample-community?step=effect
      /legal/licenses/sample-community?step=check /legal/licenses/sample-community /legal/policies/sample-acceptable-use
      /models/demo-llama/forms /models/demo-llama/rules /audit /audit/acceptances /audit/downloads /licensees/${licensee} /sightings
      /grant-reviews /reason-templates /blocks /roles /retention /webhooks /outbox /system /system/keys`.split(/\s+/);
    const page = await chromium.open(its.url, its.admin);
    const faults: string[] = [];
    for (const path of pages) {
      await page.emulateMedia({ colorScheme: 'light' });
      await visit(page, its.url + path);
      await page.locator('h1').waitFor();
      for (const fault of await accessibilityFaults(page)) faults.push(`${path} ${fault}`);
      // Colors are all that the other scheme changes.
      await page.emulateMedia({ colorScheme: 'dark' });
      for (const fault of await accessibilityFaults(page, ['color-contrast'])) faults.push(`${path} dark ${fault}`);
      for (const fault of await tooWideAt(page)) faults.push(`${path} ${fault}`);
    }
    expect(faults).toEqual([]);
    expect(page.faults).toEqual([]);
  }, 240_000);
});
