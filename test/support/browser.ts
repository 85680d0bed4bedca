import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { describeWithPeer } from './peers.js';
import type { Person } from './person.js';

interface Axe {
  run(options: { runOnly?: string[] }): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];

export interface Chromium {
  /** A window of its own, signed in as this person if one is given. What the page itself broke is in `faults`. */
  open(url: string, as?: Person): Promise<Page & { faults: string[] }>;
}

/** A suite in a real Chromium; one browser for the file, a fresh profile for each window. */
export function describeInChromium(name: string, suite: (chromium: Chromium) => void): void {
  describeWithPeer(name, ['chromium'], 'apt-get install chromium', () => {
    let browser: Browser;
    const contexts: BrowserContext[] = [];
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
    });
    afterEach(async () => {
      for (const context of contexts.splice(0)) await context.close();
    });
    afterAll(() => browser.close());
    suite({
      async open(url, as) {
        const context = await browser.newContext({
          viewport: { width: 1280, height: 900 },
          colorScheme: 'light',
          locale: 'en-GB',
        });
        contexts.push(context);
        context.setDefaultTimeout(30_000);
        if (as)
          await context.addCookies([...as.cookies].map(([key, value]) => ({ name: key, value, url: new URL(url).origin, httpOnly: true })));
        const faults: string[] = [];
        const page = await context.newPage();
        page.on('pageerror', (error) => faults.push(error.message));
        page.on('console', (message) => {
          if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
        });
        await visit(page, url);
        return Object.assign(page, { faults });
      },
    });
  });
}

/** Goes there, and waits until the page shows what it was asked for. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  if (!url.startsWith('http')) return;
  await page.waitForSelector('h1, [role=alert]');
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root') === null);
}

/** What axe-core finds wrong on the page as it stands, one line each. `only`: these rules alone. */
export async function accessibilityFaults(page: Page, only?: string[]): Promise<string[]> {
  // The pages' own policy keeps foreign scripts out; this one comes by the debugger's way, and stays until the page is left.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(readFileSync(AXE, 'utf8'));
  const { violations } = await page.evaluate((runOnly) => (window as unknown as { axe: Axe }).axe.run(runOnly ? { runOnly } : {}), only);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** A phone, a tablet held upright, a desk: at which of them the page as it stands is wider than its window. Leaves the window as it was. */
export async function tooWideAt(page: Page): Promise<string[]> {
  const before = page.viewportSize()!;
  const faults: string[] = [];
  for (const width of [360, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    // Plots are drawn anew when they have been told of the width.
    const fits = page.waitForFunction((wanted) => document.documentElement.scrollWidth <= wanted, width, { timeout: 10_000 });
    if (!(await fits.then(Boolean, () => false))) faults.push(`is wider than ${width} px`);
  }
  await page.setViewportSize(before);
  return faults;
}
