import assert from 'node:assert/strict';
import { AdapterFailure } from '@paddock/domain';
import { all, breakingOff, bytesOf, collect, inPieces, mebibyte, repeated } from './material.js';
import type { Given } from './material.js';

const hostileKeys = [
  '../outside',
  'a/../b',
  '..',
  '.',
  './a',
  '/etc/passwd',
  'a//b',
  'a/',
  '',
  '/',
  'nul\0byte',
  'back\\slash',
  'a b',
  'ü',
  '%2e%2e/a',
  'a?b',
  'a#b',
  `long/${'x'.repeat(256)}`,
  `${'deep/'.repeat(205)}x`,
];

export function writing(given: Given): void {
  describe('writing', () => {
    it('passes the check', () => given().store.check());

    it('gives back what was put, with its size and time', async () => {
      const { store } = given();
      const bytes = bytesOf(300_000);
      const before = Date.now() - 2000;
      const put = await store.put('writing/plain.bin', inPieces(bytes));
      assert.equal(put.key, 'writing/plain.bin');
      assert.equal(put.size, bytes.length);
      assert.ok(put.modifiedAt.getTime() >= before);
      assert.deepEqual(await collect(await store.read('writing/plain.bin')), bytes);
      assert.equal((await store.head('writing/plain.bin'))?.size, bytes.length);
    });

    it('stores an empty object', async () => {
      const { store } = given();
      assert.equal((await store.put('writing/empty', inPieces(Buffer.alloc(0)))).size, 0);
      assert.equal((await store.head('writing/empty'))?.size, 0);
      assert.equal((await collect(await store.read('writing/empty'))).length, 0);
    });

    it('stores an object of several parts and replaces it by a smaller one', async () => {
      const { store } = given();
      const bytes = bytesOf(37 * mebibyte + 11);
      await store.put('writing/parts', inPieces(bytes, 1_000_003));
      assert.ok((await collect(await store.read('writing/parts'))).equals(bytes));
      await store.put('writing/parts', inPieces(bytes.subarray(0, 10)));
      assert.deepEqual(await collect(await store.read('writing/parts')), bytes.subarray(0, 10));
    });

    it('keeps one whole object when several are put under a key at once', async () => {
      const { store, leftovers } = given();
      const candidates = [1, 2, 3, 4].map((seed) => bytesOf(2 * mebibyte + seed, seed));
      await Promise.all(candidates.map((bytes) => store.put('writing/contested', inPieces(bytes))));
      const kept = await collect(await store.read('writing/contested'));
      assert.ok(candidates.some((bytes) => bytes.equals(kept)));
      assert.equal((await leftovers()).length, 0);
    });

    it.each([1000, 20 * mebibyte])('passes on the error of a source that breaks off after %d bytes and leaves nothing', async (size) => {
      const { store, leftovers } = given();
      const lost = new Error('the client went away');
      await assert.rejects(store.put('writing/broken', breakingOff(bytesOf(size), lost)), (error) => error === lost);
      assert.equal(await store.head('writing/broken'), undefined);
      assert.equal((await leftovers()).length, 0);
    });

    it('streams a large object with flat memory', async () => {
      const { store } = given();
      const size = 384 * mebibyte;
      const before = process.memoryUsage().rss;
      let highest = before;
      const sampling = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 20);
      await store.put('writing/large', repeated(bytesOf(mebibyte), size / mebibyte)).finally(() => clearInterval(sampling));
      assert.equal((await store.head('writing/large'))?.size, size);
      assert.ok(highest - before < size / 2, `memory grew by ${Math.round((highest - before) / mebibyte)} MiB`);
      await store.delete('writing/large');
    }, 120_000);

    it('deletes, and says nothing when there is nothing to delete', async () => {
      const { store } = given();
      await store.put('writing/short-lived', inPieces(bytesOf(10)));
      await store.delete('writing/short-lived');
      assert.equal(await store.head('writing/short-lived'), undefined);
      await store.delete('writing/short-lived');
      await store.delete('writing/never/was');
    });

    it.each(hostileKeys)('refuses the key %j', async (key) => {
      const { store } = given();
      const attempts = [
        () => store.put(key, inPieces(bytesOf(1))),
        () => store.openUpload(key),
        () => store.head(key),
        () => store.read(key),
        () => store.delete(key),
        () => store.send(key, process.stderr, { signal: AbortSignal.timeout(1000) }),
      ];
      for (const attempt of attempts) await assert.rejects(attempt, AdapterFailure);
      if (store.presign) {
        assert.throws(() => store.presign?.({ method: 'GET', key, expiresIn: 60, now: new Date() }), AdapterFailure);
      }
    });

    it.each(['../', '/', 'a/../', 'a//'])('refuses to list the prefix %j', async (prefix) => {
      const { store } = given();
      await assert.rejects(async () => all(store.list(prefix)), AdapterFailure);
    });
  });
}
