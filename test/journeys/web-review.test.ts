import { applicantsByToken } from '../support/applicants.js';
import { describeInChromium } from '../support/browser.js';
import { portalUnderTest } from '../support/portal-under-test.js';

interface Listed {
  items: { id: string; state: string; applicant: string }[];
}

describeInChromium('the review queue in a browser', (chromium) => {
  const its = portalUnderTest();
  const queue = async () => (await its.admin.get<Listed>('/access-requests?scope=review&order=waiting&limit=200')).body.items;

  beforeAll(async () => {
    const people = await applicantsByToken(its.database, its.url, Array(12).fill('lab.example'));
    for (const person of people) {
      const licensee = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
      const { body } = await person.post<{ id: string }>('/access-requests', { model: 'demo-llama', licensee, answers: {} });
      await person.post(`/access-requests/${body.id}/submit`);
    }
  });

  test('ten requests are cleared by keyboard alone; one is undone, and decided otherwise', async () => {
    const page = await chromium.open(`${its.url}/review`, its.admin);
    await page.clock.install();
    const ids = (await queue()).map(({ id }) => id);
    const current = () => page.locator('a[aria-current=true]').getAttribute('id');
    await page.keyboard.press('j');
    for (let decided = 0; decided < 10; decided += 1) {
      expect(await current()).toBe(`request-${ids[decided]}`);
      await page.keyboard.press('a');
    }
    await page.keyboard.press('u');
    expect((await queue()).every(({ state }) => state === 'submitted')).toBe(true);
    await page.clock.fastForward(10_500);
    await expect(page.getByRole('region', { name: 'Decisions that can be undone' }).getByText('Approved').count()).resolves.toBe(0);
    await page.locator('ul[aria-label=Requests] > li').nth(3).waitFor({ state: 'detached' });

    // What took the place of the decided ones: the tenth, which was undone, is rejected with a reason.
    await page.locator(`#request-${ids[9]}`).waitFor();
    while ((await current()) !== `request-${ids[9]}`) await page.keyboard.press('k');
    await page.keyboard.press('r');
    await page.keyboard.type('Nothing is said of the purpose. j a');
    await page.keyboard.press('Control+Enter');
    await page.getByText('decided, not sent yet').waitFor();
    await page.clock.fastForward(10_500);
    await page.locator(`#request-${ids[9]}`).waitFor({ state: 'detached' });
    const states = (await queue()).map(({ state }) => state);
    expect(states).toEqual([...Array(9).fill('approved'), 'rejected', 'submitted', 'submitted']);
    expect((await its.admin.get<{ decisions: object[] }>(`/access-requests/${ids[9]}`)).body.decisions).toMatchObject([
      { outcome: 'reject', reason: 'Nothing is said of the purpose. j a' },
    ]);
    expect(page.faults).toEqual([]);
  });

  test('what is held goes along to other pages, is sent when the window closes, and a refusal is told', async () => {
    const [first, second] = (await queue()).filter(({ state }) => state === 'submitted');
    const page = await chromium.open(`${its.url}/review`, its.admin);
    await page.clock.install();
    await page.keyboard.press('a');
    // Somebody else was faster.
    await its.admin.post(`/access-requests/${first!.id}/return`, { reason: 'Say more.' });
    await page.getByRole('link', { name: 'Reasons for reuse' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await page.clock.fastForward(10_500);
    await page.getByText('this request is returned').waitFor();

    await page.goto(`${its.url}/review/${second!.id}`, { waitUntil: 'networkidle' });
    await page.keyboard.press('a');
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(`${its.url}/models`);
    await page.waitForLoadState('networkidle');
    expect((await queue()).find(({ id }) => id === second!.id)?.state).toBe('approved');
  });
});
