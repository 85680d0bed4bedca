/**
 * `npm run screenshots [-- PAGE…]`: pictures of every page that is something by itself, light and dark, on a desktop and on a
 * phone, of a portal with demo data, into docs/pictures. The README's own are kept in the repository; the others are for whoever
 * looks them over.
 */
import { PAGES, type PageName } from '@paddock/contracts';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { startPortal } from '../stage/portal.ts';
import { onStage } from '../stage/stage.ts';
import { setScene, type Scene } from './scene.ts';

const OUT = resolve(import.meta.dirname, '../../docs/pictures');
const LOOKS = [
  { name: 'desktop-light', width: 1280, height: 800, scheme: 'light' },
  { name: 'desktop-dark', width: 1280, height: 800, scheme: 'dark' },
  { name: 'phone-light', width: 360, height: 740, scheme: 'light' },
  { name: 'phone-dark', width: 360, height: 740, scheme: 'dark' },
] as const;

/** Who looks at which page: visitors at the catalog and at what leads in, staff at theirs, the licensee at the rest. */
const VISITORS: ReadonlySet<PageName> = new Set([
  'catalog', 'model', 'release', 'licenses', 'license', 'policies', 'policy', 'policyArchive', 'problem', 'verify', 'agreement', 'signIn',
  'signUp', 'resetPassword', 'setup',
]); // prettier-ignore
const STAFF: ReadonlySet<PageName> = new Set([
  'overview', 'review', 'reviewOne', 'forms', 'rules', 'publishing', 'publishModel', 'publishRelease', 'legalTexts', 'legalLicense',
  'legalPolicy', 'audit', 'auditKind', 'licensee', 'sightings', 'grantReviews', 'reasonTemplates', 'blocks', 'roles', 'erasures',
  'webhooks', 'outbox', 'health',
]); // prettier-ignore
/** What needs a moment, a secret of a mail, or a provider to be anything. */
const NOT_ALONE: ReadonlySet<PageName> = new Set([
  'models', 'policySnapshot', 'policyInForce', 'policyCompare', 'policySinceAccepted', 'signInCallback', 'referee', 'invitation',
]); // prettier-ignore

await onStage(async (stage) => {
  const portal = await startPortal(stage);
  const scene = await setScene(portal);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  stage.undo(() => browser.close());
  mkdirSync(OUT, { recursive: true });
  const asked = process.argv.slice(2);
  const all = (Object.keys(PAGES) as PageName[]).filter((page) => !NOT_ALONE.has(page));
  const unknown = asked.filter((page) => !all.some((one) => one === page));
  if (unknown.length > 0) throw new Error(`there is no page ${unknown.join(', ')}; there are ${all.join(', ')}`);
  const pages = asked.length > 0 ? all.filter((page) => asked.includes(page)) : all;
  for (const page of pages) {
    for (const look of LOOKS) await picture(browser, portal.url, page, scene, look);
    console.log(page);
  }
});

async function picture(
  browser: Browser,
  url: string,
  page: PageName,
  scene: Scene,
  { name, width, height, scheme }: (typeof LOOKS)[number],
) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, locale: 'en-GB' });
  const cookie = STAFF.has(page) ? scene.admin : VISITORS.has(page) ? undefined : scene.ada;
  if (cookie) {
    const [key, value] = cookie.split('=') as [string, string];
    await context.addCookies([{ name: key, value, url, httpOnly: true }]);
  }
  const window = await context.newPage();
  const path = PAGES[page].replaceAll(/:(\w+)/g, (_, id: string) => scene.ids[page === 'request' && id === 'request' ? 'own' : id] ?? '-');
  await window.goto(url + path);
  await window.waitForSelector('h1, [role=alert]');
  await window.waitForLoadState('networkidle');
  await window.waitForFunction(() => document.querySelector('.mantine-Skeleton-root, [data-loading]') === null);
  await window.screenshot({ path: resolve(OUT, `${page}-${name}.png`), fullPage: true });
  await context.close();
}
