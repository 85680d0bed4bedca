import { extractText } from './extract-text.js';
import { normalizedText } from './normalized-text.js';

const around = (visit: string, banner: string) => (main: string) => `<!doctype html><html><head><title>
  Acceptable &amp; Fair Use</title><style>p{color:red}</style><script>var x = "script words";</script></head><body>
  <header><a href="/">Lab</a> <span>Welcome, visitor ${visit}</span></header><nav><ul><li>Home</li><li>${banner}</li></ul></nav>
  <div class="CookieBanner cookie-banner">${banner} cookies</div><div role="dialog"><p>Subscribe ${banner}</p></div>
  ${main}
  <aside>Related: ${banner}</aside><div id="last-visit">You last came on ${visit}</div><footer>&copy; ${visit} Lab</footer></body></html>`;
const policy = `<h1>Acceptable Use</h1><p>Effective: <b>1&nbsp;May 2026</b>. See our <a href="/x?track=1">license</a>.</p>
  <h2>1. Prohibited uses</h2>
  <ol><li>Violence, such as<ol type="a"><li>weapons;</li><li>threats;</li></ol></li><li value="2">Fraud.</li></ol>
  <ul><li>Malware</li><li>Spam</li></ul>
  <table><caption>Limits</caption><tr><th>Kind</th><th>Monthly users</th></tr><tr><td><p>Free use of the model</p><p>by anyone</p></td><td>700,000,000</td></tr></table>
  <dl><dt>Model</dt><dd>The weights.</dd></dl><section><p>2.1 Gr&uuml;&szlig;e: &#x3b1;&#946;.</p></section><div hidden><p>Exceptions apply.</p></div>
  <blockquote>Quoted text</blockquote><pre>code  line</pre><article><p>Annex</p><footer>Version 3</footer></article>`;
const page = around('Monday', 'Allow');

async function textOf(html: string | Buffer, mediaType = 'text/html; charset=utf-8'): Promise<string> {
  return (await extractText(Buffer.from(html), mediaType, 'https://lab.example/use')).text;
}

describe('a legal page', () => {
  test('keeps headings, clauses, lists and tables in their order, and nothing around them', async () => {
    const expected = `Acceptable Use Effective: 1 May 2026. See our license. 1. Prohibited uses 1. Violence, such as a. weapons; b. threats;
      2. Fraud. - Malware - Spam Limits | Kind | Monthly users | Free use of the model by anyone | 700,000,000 Model The weights. 2.1 Grüße: αβ.
      Exceptions apply. > Quoted text code line Annex Version 3`;
    for (const main of [`<main>${policy}</main>`, `<div role="main">${policy}</div>`, `<div class="content">${policy}</div>`]) {
      expect(normalizedText(await textOf(page(main)))).toBe(normalizedText(expected));
    }
  });

  test('reads the same when only what is around it has changed', async () => {
    const [one, two] = [page(policy), around('Tuesday', 'Refuse')(policy)].map((html) => textOf(html));
    expect(normalizedText(await one!)).toBe(normalizedText(await two!));
  });

  test('about cookies is not taken for a banner', async () => {
    expect(await textOf(page('<div class="cookie-policy"><p>We bake.</p></div>'))).toBe('We bake.');
  });

  test('is told by title, extractor and the versions of library and rules', async () => {
    const { text, ...rest } = await extractText(Buffer.from(page(policy)), 'Text/HTML', 'https://lab.example/');
    expect(text).toContain('Fraud');
    expect(rest).toEqual({
      title: 'Acceptable & Fair Use',
      extractor: 'html-to-text',
      extractorVersion: expect.stringMatching(/^10\.0\.1\+[0-9a-f]{8}$/),
    });
  });
});

describe('letters', () => {
  const latin1 = Buffer.from('<p>Größe</p>', 'latin1');
  test.each([
    ['text/html; charset=ISO-8859-1', latin1],
    ['text/html', latin1],
    ['text/html', Buffer.concat([Buffer.from('<meta charset="iso-8859-1">'), latin1])],
    ['text/html; charset=nonsense', Buffer.from('<p>Größe</p>')],
    ['text/html; charset=iso-8859-1', Buffer.from('\u{feff}<p>Größe</p>')],
    ['text/html', Buffer.from('\u{feff}<p>Größe</p>', 'utf16le')],
  ])('%s', async (mediaType, body) => expect(await textOf(body, mediaType)).toBe('Größe'));
});

describe('other sources', () => {
  test('plain text and Markdown stand as they are', async () => {
    expect(await textOf('One\r\n\r\n  two <b>\n', 'text/plain')).toBe('One\n\n  two <b>\n');
    const markdown = await extractText(Buffer.from('Intro\n# Use policy #\n* a'), 'text/markdown', 'https://lab.example/');
    expect([markdown.title, markdown.text]).toEqual(['Use policy', 'Intro\n# Use policy #\n* a']);
  });

  test.each(['application/pdf', 'image/png', '', 'toString'])('%s has no reader', async (mediaType) => {
    await expect(textOf('x', mediaType)).rejects.toMatchObject({ name: 'AdapterFailure', transient: false });
  });
});

describe('hostile pages', () => {
  test.each([
    ['elements without end', '<div>'.repeat(200_000)],
    ['lists without end', '<ol><li>'.repeat(50_000)],
    ['tables without end', '<table><tr><td>'.repeat(50_000)],
    ['a large flat page', '<p>Some words of a clause, <b>bold</b>.</p>'.repeat(100_000)],
    ['an endless attribute', `<p ${'a="'.repeat(200_000)}`],
    ['an unclosed comment', `<!--${'-'.repeat(1_000_000)}`],
    ['an unclosed title', `<title>${'<'.repeat(500_000)}`],
    ['zero bytes', '\0'.repeat(1_000_000)],
  ])('%s end soon, in text or in a failure', async (_name, html) => {
    const began = performance.now();
    const outcome = await textOf(html).catch((error: Error) => error.name);
    expect(typeof outcome).toBe('string');
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

test('normalized text is composed, with one space for any whitespace', () => {
  expect(normalizedText('  Cafe\u0301 \n\t au\u00a0lait\u2003 ')).toBe('Caf\u00e9 au lait');
});
