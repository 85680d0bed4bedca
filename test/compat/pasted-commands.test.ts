import { execFileSync } from 'node:child_process';
import { commandsOf, quoted, runnable, runOf, type Links } from '../../apps/web/src/pages/access/grants/downloads/commands.js';

const links: Links = {
  link: 'l',
  model: "lab-o'neil",
  release: '7b q4',
  channel: 'link',
  expiresAt: '2026-01-01T00:00:00Z',
  outlivesRevocationBySeconds: 1,
  cutsRunning: true,
  artifacts: [
    { path: 'sub dir/model-00002-of-00002.gguf', size: 1, sha256: 'b'.repeat(64), url: 'http://p/2' },
    { path: 'sub dir/model-00001-of-00002.gguf', size: 5, sha256: 'a'.repeat(64), url: 'http://p/1' },
    { path: 'README.md', size: 3, sha256: 'c'.repeat(64), url: 'http://p/3' },
  ],
  script: 'http://p/d/l/-/download.sh?e=1&k=2&s=3',
  aria2: 'http://p/d/l/-/aria2.txt?e=1',
  metalink: 'http://p/d/l/-/m.meta4?e=1',
  torrent: null,
};

test('a shell reads back what was quoted', () => {
  for (const word of ['plain-7b', "o'neil $(id) `id`", 'two words', '']) {
    const read = execFileSync('sh', ['-c', `printf %s ${quoted(word) || "''"}`]).toString();
    expect(read).toBe(word);
  }
});

test('every command is one that a shell can parse, and names the same folder', () => {
  const { torrent, verify, ...commands } = commandsOf(links, 'http://p');
  expect(torrent).toBeNull();
  const run = runOf(links, links.artifacts[1]!, 512);
  for (const command of [...Object.values(commands), verify, ...Object.values(run)]) execFileSync('sh', ['-n', '-c', command!]);
  expect(commands.script.split('\n')[1]).toBe(String.raw`sh download.sh 'lab-o'\''neil-7b q4'`);
  expect(verify.split('\n').slice(1, 4)).toEqual(links.artifacts.map(({ path, sha256 }) => `${sha256}  ${path}`));
  expect(run.server).toContain('--ctx-size 512');
});

test('of a split model the first part is run', () => {
  expect(runnable(links.artifacts)?.path).toBe('sub dir/model-00001-of-00002.gguf');
  expect(runnable([links.artifacts[2]!])).toBeUndefined();
});
