import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { seedAcceptances } from '../support/many-acceptances.ts';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { startPortal } from '../stage/portal.ts';
import { startPostgres } from './support/postgres.ts';
import { onStage } from '../stage/stage.ts';

const rows = 100_000;
/** Interaction to Next Paint is good up to here: https://web.dev/articles/inp. */
const bar = 200;
const patience = 600_000;

interface Watched {
  times: number[];
}

/** An auditor holds the End key until there is nothing left to read, as they would look for the oldest row. */
async function run(): Promise<BenchResult> {
  return onStage(async (stage) => {
    const { ownerUrl, serverUrl } = await startPostgres(stage);
    const { url, admin } = await startPortal(stage, { env: { PADDOCK_DATABASE_URL: serverUrl, PADDOCK_DATABASE_OWNER_URL: ownerUrl } });
    await seedAcceptances(ownerUrl, rows);
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
    stage.undo(() => browser.close());
    const page = await browser.newPage({ extraHTTPHeaders: { cookie: admin.cookie } });
    await page.goto(`${url}/audit/acceptances`);
    const place = page.getByRole('group', { name: 'Acceptances' });
    await place.focus();
    await watch(page);
    const begin = performance.now();
    const presses = await scrollToEnd(page);
    const seconds = (performance.now() - begin) / 1000;
    const times = (await page.evaluate(() => (window as unknown as Watched).times)).toSorted((a, b) => a - b);
    const longest = times.at(-1) ?? 0;
    return {
      name: `scrolling through ${rows.toLocaleString('en-US')} rows of the audit in Chromium`,
      ours: { label: 'the longest from a key to the next paint', value: longest, unit: 'ms' },
      against: [],
      ratios: [],
      bar: `no interaction longer than ${bar} ms`,
      reached: longest <= bar,
      notes: [
        `${presses} presses of End in ${Math.round(seconds)} s; ${times.length} took longer than a frame, the median of those ${times[times.length >> 1] ?? 0} ms`,
        `${await place.locator('tbody tr').count()} rows are in the page at the end`,
      ],
    };
  });
}

async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { times } satisfies Watched);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) times.push(duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
}

async function scrollToEnd(page: Page): Promise<number> {
  // The demo's own acceptance may be among them.
  const done = page.getByText(/^1\d\d,\d{3} rows$/);
  const end = performance.now() + patience;
  for (let presses = 0; ; presses += 1) {
    if ((await done.count()) > 0) return presses;
    if (performance.now() > end) throw new Error(`not all rows were read: ${await page.getByRole('status').first().textContent()}`);
    await page.keyboard.press('End');
    await page.waitForTimeout(50);
  }
}

print(await run());
