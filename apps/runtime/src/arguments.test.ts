import { readArguments, WrongUse } from './arguments.js';

describe('arguments of the runtime', () => {
  test('without --paddock all of them are llama-server’s, in their order', () => {
    const given = ['-m', '/models/a.gguf', '--port', '8080', '--temp=0'];
    expect(readArguments(given)).toEqual({ help: false, forServer: given });
  });

  test.each([
    [['--paddock', 'demo-llama/tiny-f32', '--port', '1'], { model: 'demo-llama', name: 'tiny-f32' }],
    [['--port', '1', '--paddock=demo-llama:tiny-f32'], { model: 'demo-llama', name: 'tiny-f32' }],
    [['--paddock', 'demo-lab/demo-llama:tiny-f32', '--port', '1'], { model: 'demo-llama', name: 'tiny-f32' }],
  ])('%j names a release', (given, release) => {
    expect(readArguments(given)).toEqual({ help: false, release, forServer: ['--port', '1'] });
  });

  test('one of several files is chosen by its path', () => {
    expect(readArguments(['--paddock', 'a/b', '--paddock-file', 'q4/a.gguf']).file).toBe('q4/a.gguf');
  });

  test.each([
    [['--paddock']],
    [['--paddock=']],
    [['--paddock', 'only-a-model']],
    [['--paddock', 'a/b/c/d']],
    [['--paddock-file', 'a.gguf']],
    [['--paddock', 'a/b', '-m', 'x.gguf']],
    [['--paddock', 'a/b', '--model', 'x.gguf']],
  ])('%j is refused before anything is fetched', (given) => {
    expect(() => readArguments(given)).toThrow(WrongUse);
  });
});
