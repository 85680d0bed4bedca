import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { markClauses, rangesOf } from './clause-marks.js';

const SOURCE = '# Terms\n\nNo **weapons, ever** and\nno more.\n\n- “Näher” bei &amp; escaped\n';

function marksOf(words: string[]): { id: unknown; words: string }[] {
  const bytes = new TextEncoder().encode(SOURCE);
  const clauses = words.map((quote) => {
    const start = new TextEncoder().encode(SOURCE.slice(0, SOURCE.indexOf(quote))).length;
    return { start, end: start + new TextEncoder().encode(quote).length };
  });
  const tree = fromMarkdown(SOURCE);
  const before = toString(tree);
  markClauses({ source: SOURCE, ranges: rangesOf(bytes, clauses) })(tree);
  expect(toString(tree)).toBe(before);
  const marks: { id: unknown; words: string }[] = [];
  visit(tree, 'emphasis', (node) => {
    marks.push({ id: (node.data as unknown as { hProperties: { id?: string } }).hProperties.id, words: toString(node) });
  });
  return marks;
}

describe('the words of a clause', () => {
  test('are marked through letters of several bytes', () => {
    expect(marksOf(['“Näher” bei'])).toEqual([{ id: 'clause-1', words: '“Näher” bei & escaped' }]);
  });

  test('are marked in each piece that they run through, anchored once', () => {
    expect(marksOf(['No **weapons, ever** and\nno'])).toEqual([
      { id: 'clause-1', words: 'No ' },
      { id: undefined, words: 'weapons, ever' },
      { id: undefined, words: ' and\nno' },
    ]);
  });

  test('may overlap: no word is lost or said twice, and each has its anchor', () => {
    expect(marksOf(['weapons, ever', 'ever'])).toEqual([
      { id: 'clause-1', words: 'weapons, ever' },
      { id: 'clause-2', words: '' },
    ]);
    expect(marksOf(['and\nno', 'no more'])).toEqual([
      { id: 'clause-1', words: 'and\nno' },
      { id: 'clause-2', words: ' more' },
    ]);
  });
});
