import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithPeer } from '../../../../test/support/peers.js';
import type { Stamp } from './stamp.js';
import { settable } from './typeset/fonts.js';
import { typesetPdf } from './typeset-pdf.js';

const stamp: Stamp = {
  title: 'Acceptable use of models',
  sourceUrl: 'https://lab.example/use',
  capturedAt: new Date('2026-11-01T12:34:56.789Z'),
  sha256: '0123456789abcdef'.repeat(4),
};

test('the same input gives the same bytes, another moment others', async () => {
  const [one, two, later] = await Promise.all(
    [stamp, stamp, { ...stamp, capturedAt: new Date(0) }].map((each) => typesetPdf('Words.', each)),
  );
  expect(one).toEqual(two);
  expect(one!.equals(later!)).toBe(false);
});

test.each([
  ['Größe αβγ Жизнь № § ☐ → “x” – €', 'Größe αβγ Жизнь № § ☐ → “x” – €'],
  ['Cafe\u0301', 'Café'],
  ['a\tb\u0000c\u200bd\u202ee\r', 'a    bcde'],
  ['条', '<U+6761>'],
  ['𝔘😀\u{10ffff}', expect.stringMatching(/<U\+10FFFF>$/)],
  ['שלום', '<U+05E9><U+05DC><U+05D5><U+05DD>'],
])('%j is set as %s', (text, expected) => expect(settable(text)).toEqual(expected));

describeWithPeer('a typeset PDF', ['pdftotext', 'qpdf'], 'apt-get install poppler-utils qpdf', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-typeset-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function pagesOf(text: string, more: Partial<Stamp> = {}): Promise<string[]> {
    const file = join(folder, 'text.pdf');
    writeFileSync(file, await typesetPdf(text, { ...stamp, ...more }));
    execFileSync('qpdf', ['--check', file]);
    return execFileSync('pdftotext', ['-layout', file, '-']).toString().split('\f').slice(0, -1);
  }

  test('carries name, source, time, digest and number on every page, and every word in its order', async () => {
    const words = Array.from({ length: 4000 }, (_, n) => `word${n}`);
    const text = words.map((word, n) => (n % 40 === 39 ? `${word}.\n\n` : n % 13 === 12 ? `${word}\n` : `${word} `)).join('');
    const pages = await pagesOf(text);
    expect(pages.length).toBeGreaterThan(4);
    for (const [index, page] of pages.entries()) {
      for (const line of [stamp.title, stamp.sourceUrl, '2026-11-01T12:34:56.789Z (UTC)', stamp.sha256, `${index + 1} / ${pages.length}`]) {
        expect(page).toContain(line);
      }
    }
    expect(pages.join(' ').match(/word\d+/g)).toEqual(words);
  });

  test('holds letters of many scripts, and tells what it cannot set', async () => {
    expect((await pagesOf('Größe ąęł ΑΒΓ αβγ Жизнь Հայ 条款 1.\n  2. Sub')).join('')).toMatch(
      /Größe ąęł ΑΒΓ αβγ Жизнь Հայ <U\+6761><U\+6B3E> 1\.\s+2\. Sub/,
    );
  });

  test('keeps its stamp whatever it is called', async () => {
    const pages = await pagesOf('Words.', {
      title: 'Title '.repeat(200),
      sourceUrl: `https://lab.example/${'a'.repeat(3000)}\n\nInjected`,
    });
    expect(pages).toHaveLength(1);
    for (const line of ['Title Title', 'https://lab.example/aaa', '2026-11-01T12:34:56.789Z', stamp.sha256])
      expect(pages[0]).toContain(line);
  });

  test.each([
    ['nothing', ''],
    ['one endless word', 'x'.repeat(200_000)],
    ['endless letters that cannot be set', '条'.repeat(20_000)],
    ['empty lines', '\n'.repeat(100_000)],
    ['broken letters', '\ud800\udc00\ud800 \udfff'],
  ])('takes %s', async (_name, text) => expect((await pagesOf(text)).length).toBeGreaterThan(0), 15_000);

  test('refuses a text without end', async () => {
    await expect(typesetPdf('x'.repeat(4_000_001), stamp)).rejects.toMatchObject({ name: 'AdapterFailure', transient: false });
  });
});
