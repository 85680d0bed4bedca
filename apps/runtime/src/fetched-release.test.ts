import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchedRelease } from './fetched-release.js';
import { NoRelease } from './release.js';

describe('a release, while the portal does not answer', () => {
  let models: string;
  let folder: string;
  beforeEach(() => {
    models = mkdtempSync(join(tmpdir(), 'paddock-models-'));
    folder = join(models, 'm/r');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, '.paddock-release.json'),
      JSON.stringify({ files: [{ path: 'a.gguf' }, { path: 'b.gguf' }], license: null }),
    );
    writeFileSync(join(folder, 'a.gguf'), 'GGUF');
    writeFileSync(join(folder, 'b.gguf.part'), 'GG');
  });
  afterEach(() => rmSync(models, { recursive: true }));

  // Nothing listens there, so that the command line is never come to.
  const fetched = (asked: string) => fetchedRelease('m', 'r', asked, { portal: 'http://127.0.0.1:1', models, paddock: ['false'] });

  test('is run of what was fetched whole', async () => expect(await fetched('a.gguf')).toBe(join(folder, 'a.gguf')));

  test('is not run of what was never fetched, or in part', async () => {
    await expect(fetched('b.gguf')).rejects.toThrow(NoRelease);
    await expect(fetched('b.gguf')).rejects.toThrow('was not fetched before');
  });

  test('is unknown where what was kept of it is cut short', async () => {
    writeFileSync(join(folder, '.paddock-release.json'), '{"files":[');
    await expect(fetched('a.gguf')).rejects.toThrow('was not fetched before');
  });
});
