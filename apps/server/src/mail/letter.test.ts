import * as fc from 'fast-check';
import { letterHtml } from './letter-html.js';
import { isAddress, oneLine, paragraphs, plainText, sectionOf, subjectLine } from './letter.js';

describe('letters', () => {
  test('whatever is put into a header stays one line, and into a body steers nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(paragraphs(text)).not.toMatch(/[^\P{Cc}\n\t]/u);
        expect(oneLine(text).isWellFormed()).toBe(true);
      }),
    );
    expect([...subjectLine('🙂'.repeat(400))]).toHaveLength(300);
  });

  test('a long address of a link is never cut', () => {
    const url = `https://portal.example/verify-email#token=${'x'.repeat(500)}`;
    const section = sectionOf({ account: null, to: 'a@example.org', subject: 'Hello', body: 'Open this:', link: { label: 'Open', url } });
    expect(plainText([section])).toBe(`Open this:\n\nOpen:\n${url}`);
    expect(letterHtml('Hello', [section])).toContain(`href="${url}"`);
  });

  test('whatever is written is text in HTML, and only the web’s addresses are links', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (heading, text) => {
        const tags = letterHtml(heading, [{ heading, text }]).match(/<[^>]*>/g) ?? [];
        for (const tag of tags)
          expect(tag).toMatch(/^<(!doctype html|\/?(html|head|meta|title|body|div|h2|p|br)( (lang|charset|style)="[^"]*")*( \/)?)>$/);
      }),
    );
    expect(letterHtml('', [{ text: 'x', link: { label: 'Click', url: 'javascript:alert(1)' } }])).not.toContain('href');
  });

  test.each(['a@example.org', 'a.b+c@sub.example.org'])('%s is an address', (text) => expect(isAddress(text)).toBe(true));
  test.each(['', 'a', 'a@example.org,b@example.org', 'a@example.org\n', '<a@example.org>', 'a b@example.org', 'a@[127.0.0.1]'])(
    '%j is none',
    (text) => expect(isAddress(text)).toBe(false),
  );
});
