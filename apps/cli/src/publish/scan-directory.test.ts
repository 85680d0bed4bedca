import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scanDirectory } from './scan-directory.js';

let folder: string;
let outside: string;

beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'paddock-scan-'));
  folder = join(outside, 'release');
  mkdirSync(join(folder, 'sub'), { recursive: true });
  writeFileSync(join(outside, 'secret'), 'secret');
  writeFileSync(join(folder, 'model.gguf'), '1234');
});
afterEach(() => rmSync(outside, { recursive: true }));

const faults = async () => {
  const failure = await scanDirectory(folder).catch((error: unknown) => error);
  return (failure as { detail: string }).detail;
};

describe('scanning a directory', () => {
  test('finds every file below it, and follows links that stay inside', async () => {
    writeFileSync(join(folder, 'sub/a b.json'), '{}');
    symlinkSync('model.gguf', join(folder, 'latest.gguf'));
    const files = await scanDirectory(folder);
    expect(files.map(({ path, size }) => [path, size])).toEqual([
      ['latest.gguf', 4],
      ['model.gguf', 4],
      ['sub/a b.json', 2],
    ]);
  });

  test('names every fault at once', async () => {
    symlinkSync('../secret', join(folder, 'leak'));
    symlinkSync('/etc/passwd', join(folder, 'passwd'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    symlinkSync('sub', join(folder, 'loop'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    writeFileSync(join(folder, '-rf'), '');
    writeFileSync(join(folder, 'new\nline'), '');
    writeFileSync(join(folder, 'MODEL.gguf'), '');
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe])]), '');
    const server = createServer().listen(join(folder, 'socket'));
    await new Promise((listening) => server.once('listening', listening));
    const text = await faults();
    await new Promise((closed) => server.close(closed));
    for (const fault of [
      'leak: a link that leaves the directory',
      'passwd: a link that leaves the directory',
      'dangling: a link to nothing',
      'loop: a link to a directory',
      'pipe: neither a file nor a directory',
      'socket: neither a file nor a directory',
      '-rf: a segment begins with "-"',
      '"new\\nline": only letters',
      'MODEL.gguf and model.gguf: one file on disks that ignore case',
      '"\ufffd\ufffd"',
    ]) {
      expect(text).toContain(fault);
    }
  });

  test('a directory beside it with the same beginning is outside', async () => {
    mkdirSync(`${folder}-other`);
    writeFileSync(`${folder}-other/x`, '');
    symlinkSync('../release-other/x', join(folder, 'x'));
    expect(await faults()).toContain('x: a link that leaves the directory');
  });

  test('refuses an empty directory and what is none', async () => {
    rmSync(join(folder, 'model.gguf'));
    expect(await faults()).toContain('there are no files in it');
    await expect(scanDirectory(join(folder, 'absent'))).rejects.toMatchObject({ code: 'directory-unfit', exitCode: 1 });
    await expect(scanDirectory(join(outside, 'secret'))).rejects.toThrow('not a directory');
  });
});
