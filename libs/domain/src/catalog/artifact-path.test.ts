import * as fc from 'fast-check';
import { checkArtifactPath, duplicatePaths, isArtifactPath } from './artifact-path.js';

describe('artifact path', () => {
  test.each(['model.gguf', 'a/b/c.safetensors', 'tokenizer config.json', 'v1.0+q4_0/x', '.gitattributes', 'a..b', '...x'])(
    'takes %j',
    (path) => expect(checkArtifactPath(path)).toEqual({ ok: true }),
  );

  test.each([
    ['', 'the path is empty'],
    ['/etc/passwd', 'not relative'],
    ['a//b', 'empty segment'],
    ['a/', 'empty segment'],
    ['../a', 'segment ".."'],
    ['a/./b', 'segment "."'],
    ['a\\b', 'only letters'],
    ['a\nb', 'only letters'],
    ["it's", 'only letters'],
    ['ü', 'only letters'],
    ['-rf', 'begins with "-"'],
    ['a/-o', 'begins with "-"'],
    ['a /b', 'begins or ends with a space'],
    ['a/ b', 'begins or ends with a space'],
    ['a.', 'ends with a dot'],
    ['nul', 'Windows reserves'],
    ['weights/COM1.bin', 'Windows reserves'],
    ['x'.repeat(513), 'longer than 512'],
  ])('refuses %.40j', (path, reason) => {
    expect(checkArtifactPath(path)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });

  test('whatever it takes stays below the directory and outside of options', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '.', '/', '-', ' ', '\\', '\n', '%', "'") }), (path) => {
        fc.pre(isArtifactPath(path));
        const base = 'https://host/base/';
        expect(new URL(path, base).href.startsWith(base)).toBe(true);
        expect(path).not.toMatch(/(^|\/)-|[\\\n'%]/);
      }),
    );
  });

  test('finds paths that a disk without case cannot tell apart', () => {
    expect(duplicatePaths(['a/B', 'x', 'A/b', 'X', 'y'])).toEqual([
      ['a/B', 'A/b'],
      ['x', 'X'],
    ]);
    expect(duplicatePaths(['a', 'b'])).toEqual([]);
  });
});
