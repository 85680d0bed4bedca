import { filesToRun, NoRelease } from './release.js';

const run = (paths: string[], asked?: string) =>
  filesToRun(
    paths.map((path) => ({ path })),
    asked,
  ).map(({ path }) => path);

describe('the files of a release that llama-server needs', () => {
  test('are its only GGUF', () => expect(run(['README.md', 'a.gguf'])).toEqual(['a.gguf']));

  test('are all shards of one model, the first one first', () =>
    expect(run(['m-00002-of-00003.gguf', 'm-00003-of-00003.gguf', 'm-00001-of-00003.gguf'])).toEqual([
      'm-00001-of-00003.gguf', 'm-00002-of-00003.gguf', 'm-00003-of-00003.gguf',
    ])); // prettier-ignore

  test('are the one asked for, of several', () => expect(run(['a.gguf', 'b.gguf'], 'b.gguf')).toEqual(['b.gguf']));

  test.each([
    [['README.md'], undefined, 'no GGUF'],
    [['a.gguf', 'b.gguf'], undefined, 'a.gguf, b.gguf'],
    [['a.gguf'], 'c.gguf', 'a.gguf'],
    [['m-00001-of-00003.gguf', 'm-00003-of-00003.gguf'], undefined, '2 of 3 shards'],
  ])('%j, asked for %j: says what is wrong', (paths, asked, words) => {
    expect(() => run(paths, asked)).toThrow(NoRelease);
    expect(() => run(paths, asked)).toThrow(words);
  });
});
