import { createHash } from 'node:crypto';
import type { HtmlToTextOptions, SelectorDefinition } from 'html-to-text';

/** What a visitor reads around a text, not in it. A text of its own about cookies must not be caught. */
const BOILERPLATE = [
  'nav',
  'aside',
  'footer',
  'dialog',
  'script',
  'style',
  'template',
  'noscript',
  'svg',
  'img',
  'iframe',
  'button',
  'select',
  'input',
  'textarea',
  'body > header',
  '[role="navigation"]',
  '[role="banner"]',
  '[role="contentinfo"]',
  '[role="complementary"]',
  '[role="search"]',
  '[role="dialog"]',
  '[role="alertdialog"]',
  '[aria-modal="true"]',
  '[id^="onetrust-"]',
  '[id^="CybotCookiebot"]',
  ...['cookie-banner', 'cookie-consent', 'cookie-notice', 'last-visit', 'breadcrumb', 'skip-link'].flatMap((name) => [
    `[class*="${name}"i]`,
    `[id*="${name}"i]`,
  ]),
];

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

const SELECTORS: SelectorDefinition[] = [
  ...BOILERPLATE.map((selector) => ({ selector, format: 'skip' })),
  // A text's own foot tells dates and versions.
  ...['main > footer', 'article > footer', 'section > footer'].map((selector) => ({ selector, format: 'block' })),
  ...HEADINGS.map((selector) => ({ selector, options: { uppercase: false } })),
  ...['section', 'dl', 'dt', 'dd', 'tr', 'caption', 'details', 'summary', 'address', 'figcaption'].map((selector) => ({
    selector,
    format: 'block',
  })),
  // Cell after cell: tables drawn in columns would tear sentences apart.
  ...['td', 'th'].map((selector) => ({ selector, format: 'inlineSurround', options: { prefix: '| ', suffix: ' ' } })),
  { selector: 'a', options: { ignoreHref: true } },
  { selector: 'ul', options: { itemPrefix: '- ' } },
];

/** How html-to-text reads a policy: its main part where it says which that is, all of it otherwise; links by their words. */
export const HTML_RULES: HtmlToTextOptions = {
  baseElements: { selectors: ['main', '[role="main"]', 'body'], orderBy: 'selectors', returnDomByDefault: true },
  limits: { maxBaseElements: 1, maxInputLength: Number.MAX_SAFE_INTEGER },
  selectors: SELECTORS,
  wordwrap: false,
};

/** Changes with every rule, so that texts read by other rules are told apart. */
export const HTML_RULES_VERSION = createHash('sha256').update(JSON.stringify(HTML_RULES)).digest('hex').slice(0, 8);
