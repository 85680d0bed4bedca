import { array, assert, constantFrom, nat, oneof, property, string } from 'fast-check';
import { editScript } from './edit-script.js';
import { wordDiff, type DiffPart } from './word-diff.js';

const told = (parts: DiffPart[]) =>
  parts.map(({ op, text }) => ({ equal: text, delete: `[-${text}-]`, insert: `{+${text}+}` })[op]).join('');
const side = (parts: DiffPart[], op: DiffPart['op']) => parts.filter((part) => part.op === 'equal' || part.op === op).map(({ text }) => text).join(''); // prettier-ignore

test.each([
  ['', '', ''],
  ['', 'a b', '{+a b+}'],
  ['a b', '', '[-a b-]'],
  ['a b c', 'a b c', 'a b c'],
  ['You may not harm.', 'You must not harm.', 'You[- may-]{+ must+} not harm.'],
  ['one two', 'one two three', 'one two{+ three+}'],
  ['one two three', 'two three', '[-one -]two three'],
  ['a b', 'a\n\nb', 'a[- -]{+\n\n+}b'],
  ['a b ', 'a b\n', 'a b[- -]{+\n+}'],
  [' a', 'a', '[- -]a'],
  ['  ', '\t', '[-  -]{+\t+}'],
  ['使用条款', '使用新条款', '使用{+新+}条款'],
])('%j to %j', (before, after, expected) => {
  expect(told(wordDiff(before, after))).toBe(expected);
});

const text = array(constantFrom('a', 'b', 'c', 'the', '使', ' ', '  ', '\n', '.'), { maxLength: 60 }).map((words) => words.join(''));

test('both texts can be told from the parts, which alternate', () => {
  assert(
    property(oneof(text, string({ unit: 'binary' })), text, (before, after) => {
      const parts = wordDiff(before, after);
      expect([side(parts, 'delete'), side(parts, 'insert')]).toEqual([before, after]);
      for (const [index, { op, text }] of parts.entries()) {
        expect(text).not.toBe('');
        expect(op).not.toBe(parts[index - 1]?.op);
      }
    }),
    { numRuns: 2000 },
  );
});

test('the script of small sequences is a shortest one', () => {
  const items = array(nat(3), { maxLength: 14 }).map((list) => Int32Array.from(list));
  assert(
    property(items, items, (a, b) => {
      const { deleted, inserted } = editScript(a, b);
      expect(a.filter((_, i) => !deleted[i])).toEqual(b.filter((_, j) => !inserted[j]));
      const changes = [...deleted, ...inserted].filter(Boolean).length;
      expect(changes).toBe(a.length + b.length - 2 * longestCommon(a, b));
    }),
    { numRuns: 2000 },
  );
});

function longestCommon(a: Int32Array, b: Int32Array): number {
  const row = Array.from({ length: b.length + 1 }, () => 0);
  for (const item of a) {
    let diagonal = 0;
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]!;
      row[j] = item === b[j - 1] ? diagonal + 1 : Math.max(above, row[j - 1]!);
      diagonal = above;
    }
  }
  return row[b.length]!;
}

describe('two texts of 200 kB that have nothing in common but their words', () => {
  const noise = (seed: number, vocabulary: number) => {
    let state = seed;
    const word = () => `w${(state = (state * 48_271) % 2_147_483_647) % vocabulary}`;
    return Array.from({ length: 40_000 }, word).join(' ');
  };
  test.each([
    ['two words', 2],
    ['few words', 50],
    ['many words', 5000],
  ])('%s', (_name, vocabulary) => {
    const [before, after] = [noise(1, vocabulary), noise(2, vocabulary)];
    const began = performance.now();
    const parts = wordDiff(before, after);
    expect(performance.now() - began).toBeLessThan(5000);
    expect([side(parts, 'delete'), side(parts, 'insert')]).toEqual([before, after]);
  });

  test('one endless word, and endless whitespace', () => {
    const [before, after] = [`${'x'.repeat(200_000)} a`, `${' '.repeat(200_000)}a${'\n'.repeat(200_000)}`];
    const parts = wordDiff(before, after);
    expect([side(parts, 'delete'), side(parts, 'insert')]).toEqual([before, after]);
  });
});
