import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { storeConformance } from './conformance.js';
import { bytesOf, collect, inPieces, mebibyte } from './conformance/material.js';
import { diskStore } from './disk.js';

storeConformance(
  'a folder',
  async () => {
    const root = await newFolder();
    return {
      store: diskStore({ root }),
      leftovers: () => readdir(join(root, 'uploads')),
      close: () => rm(root, { recursive: true }),
    };
  },
  { presigns: false },
);

describe('the disk store', () => {
  let root: string;
  beforeEach(async () => {
    root = await newFolder();
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('resumes after a restart', async () => {
    const upload = await diskStore({ root }).openUpload('a/b');
    await upload.append(source('first '));
    const resumed = await diskStore({ root }).openUpload('a/b', { resume: true });
    expect(resumed.offset).toBe(6);
    await resumed.append(source('second'));
    await resumed.finish();
    expect((await (await diskStore({ root }).read('a/b')).toArray()).join('')).toBe('first second');
    await expect(upload.finish()).rejects.toThrow('gone');
  });

  it('holds no file open after sends that were cut, and none for a forgotten upload', async () => {
    const store = diskStore({ root });
    await store.put('a', source('x'.repeat(3_000_000)));
    const before = await openFiles();
    for (let time = 0; time < 20; time++) {
      const aborting = new AbortController();
      const stalled = new Writable({ write: () => aborting.abort() });
      await store.send('a', stalled, { signal: aborting.signal });
      await (await store.openUpload(`forgotten/${time}`)).append(source('x'));
    }
    expect(await openFiles()).toBeLessThanOrEqual(before);
  });

  it('writes more uploads at once than it has aligned blocks for', async () => {
    const store = diskStore({ root });
    const contents = Array.from({ length: 40 }, (_, seed) => bytesOf(2 * mebibyte + seed, seed));
    await Promise.all(contents.map((bytes, number) => store.put(`many/${number}`, inPieces(bytes))));
    for (const [number, bytes] of contents.entries()) {
      expect((await collect(await store.read(`many/${number}`))).equals(bytes)).toBe(true);
    }
  });

  it('refuses a key below another one, and says so', async () => {
    const store = diskStore({ root });
    await store.put('a/b', source('x'));
    await expect(store.put('a/b/c', source('x'))).rejects.toThrow('a/b/c');
    await expect(store.put('a', source('x'))).rejects.toThrow('disk store');
    expect(await readdir(join(root, 'uploads'))).toEqual([]);
  });

  it('sweeps uploads that nobody came back for', async () => {
    await (await diskStore({ root }).openUpload('old')).append(source('x'));
    const [old = ''] = await readdir(join(root, 'uploads'));
    const longAgo = new Date(Date.now() - 8 * 24 * 3600 * 1000);
    await utimes(join(root, 'uploads', old), longAgo, longAgo);
    await diskStore({ root }).put('new', source('x'));
    expect(await readdir(join(root, 'uploads'))).toEqual([]);
  });

  it('fails its check where it cannot write', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(diskStore({ root: join(root, 'file') }).check()).rejects.toThrow('cannot be written');
  });
});

async function* source(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

async function openFiles(): Promise<number> {
  return (await readdir('/proc/self/fd')).length;
}

function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'paddock-disk-'));
}
