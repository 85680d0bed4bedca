import { accessibilityFaults, describeInChromium } from '../support/browser.js';
import { portalUnderTest } from '../support/portal-under-test.js';

describeInChromium('the catalog in a browser', (chromium) => {
  const its = portalUnderTest();

  test('is readable by everyone, in both schemes', async () => {
    for (const dark of [false, true]) {
      const page = await chromium.open(`${its.url}/`, undefined, { dark });
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(page.faults).toEqual([]);
    }
  });
});
