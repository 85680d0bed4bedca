import { renderedMarkdown } from './rendered-markdown.js';

const rendered = (text: string, places: number[] = []) => renderedMarkdown(Buffer.from(text), places).text;

test.each<[string, string, RegExp]>([
  ['a script', '<script>alert(1)</script>', /<script/],
  ['an attribute', '<img src=x onerror=alert(1)>', /<img/],
  ['a link that runs', '[a](javascript:alert(1))', /href="javascript/],
  ['a link that runs, spelled otherwise', '[a](JaVaScRiPt&#58;alert(1))', /href="javascript/i],
  ['a link to data', '[a](data:text/html;base64,PHNjcmlwdD4=)', /href="data:text/],
  ['a picture', '![a](https://elsewhere.example/pixel.png)', /<img/],
  ['a comment that opens', '<!-- <b>', /<!--/],
])('%s has no way in', (_, text, way) => expect(rendered(text)).not.toMatch(way));

test('headings, lists, emphasis and links are set', () => {
  const text = rendered('# One\n\n- *two*\n\n[three](https://lab.example/)\n');
  for (const part of ['<h1>One</h1>', '<li><em>two</em></li>', 'href="https://lab.example/" rel="nofollow noopener noreferrer"'])
    expect(text).toContain(part);
});

test('an anchor stands where each clause begins, past what begins its block, and in the order of the clauses', () => {
  const text = 'Ä word.\n\n## Second\n\n- third thing\n';
  const at = (word: string) => Buffer.from(text).indexOf(word);
  expect(rendered(text, [at('## Second'), at('word'), at('- third')])).toBe(
    '<p>Ä <a id="clause-2"></a>word.</p>\n<h2><a id="clause-1"></a>Second</h2>\n<ul>\n<li><a id="clause-3"></a>third thing</li>\n</ul>\n',
  );
});

test('a clause that begins within an address is no anchor there, and two may begin at one place', () => {
  const text = '[a](https://lab.example/use) b';
  expect(rendered(text, [Buffer.from(text).indexOf('use')])).not.toContain('clause-1');
  expect(rendered('word', [0, 0])).toMatch(/^<p>(<a id="clause-[12]"><\/a>){2}word<\/p>\n$/);
});

test('a text with the letters of the marks is rendered as it is', () => {
  expect(rendered('\ue000 word', [4])).not.toContain('<a id="clause-1"></a>word');
});
