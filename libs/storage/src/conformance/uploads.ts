import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { AdapterFailure } from '@paddock/domain';
import { breakingOff, bytesOf, collect, inPieces, mebibyte, sha256 } from './material.js';
import type { Given } from './material.js';

const lost = new Error('the client went away');

export function uploads(given: Given): void {
  describe('uploads', () => {
    it('shows nothing before finish, and lets the caller see every byte', async () => {
      const { store, leftovers } = given();
      const bytes = bytesOf(3 * mebibyte);
      const seen: Uint8Array[] = [];
      const upload = await store.openUpload('uploads/hidden');
      assert.equal(upload.offset, 0);
      await upload.append(inPieces(bytes), { observe: (piece) => void seen.push(Uint8Array.from(piece)) });
      assert.equal(upload.offset, bytes.length);
      assert.equal(await store.head('uploads/hidden'), undefined);
      assert.equal((await upload.finish()).size, bytes.length);
      assert.equal(sha256(Buffer.concat(seen)), sha256(bytes));
      assert.ok((await collect(await store.read('uploads/hidden'))).equals(bytes));
      assert.equal((await leftovers()).length, 0);
    });

    it('finishes an empty upload', async () => {
      const { store } = given();
      const upload = await store.openUpload('uploads/empty');
      assert.equal((await upload.finish()).size, 0);
      assert.equal((await store.head('uploads/empty'))?.size, 0);
    });

    it.each([
      ['a small object', 100_000, 40_001],
      ['an object of many parts', 40 * mebibyte, 20 * mebibyte + 3],
    ])('goes on with %s where its source broke off', async (what, size, arrived) => {
      const { store, leftovers } = given();
      const key = `uploads/resumed/${what.replaceAll(' ', '-')}`;
      const bytes = bytesOf(size);
      const first = await store.openUpload(key);
      await assert.rejects(first.append(breakingOff(bytes.subarray(0, arrived), lost)), (error) => error === lost);
      const second = await store.openUpload(key, { resume: true });
      assert.equal(second.offset, arrived);
      await second.append(inPieces(bytes.subarray(arrived)));
      await second.finish();
      assert.ok((await collect(await store.read(key))).equals(bytes));
      assert.equal((await leftovers()).length, 0);
    });

    it('goes on with the same upload after its source broke off', async () => {
      const { store } = given();
      const bytes = bytesOf(50_000);
      const upload = await store.openUpload('uploads/same');
      const seen: Uint8Array[] = [];
      const observe = async (piece: Uint8Array) => {
        await setImmediate();
        seen.push(Uint8Array.from(piece));
      };
      await assert.rejects(upload.append(breakingOff(bytes.subarray(0, 20_000), lost), { observe }), (error) => error === lost);
      assert.equal(upload.offset, 20_000);
      assert.ok(Buffer.concat(seen).equals(bytes.subarray(0, 20_000)));
      if (upload.readBack) assert.ok((await collect(upload.readBack())).equals(bytes.subarray(0, 20_000)));
      await upload.append(inPieces(bytes.subarray(upload.offset)), { observe });
      await upload.finish();
      assert.ok(Buffer.concat(seen).equals(bytes));
      assert.deepEqual(await collect(await store.read('uploads/same')), bytes);
    });

    it('may free chunks that nobody reads again, and no memory that is not theirs alone', async () => {
      const { store } = given();
      const bytes = bytesOf(3 * mebibyte);
      const copies = async function* () {
        for await (const piece of inPieces(bytes)) yield Buffer.from(piece);
        yield bytes.subarray(0, 100_000);
      };
      const upload = await store.openUpload('uploads/freed');
      await upload.append(copies(), { freeChunks: true });
      await upload.finish();
      assert.ok((await collect(await store.read('uploads/freed'))).equals(Buffer.concat([bytes, bytes.subarray(0, 100_000)])));
    });

    it('fails with its observer', async () => {
      const { store } = given();
      const upload = await store.openUpload('uploads/unobserved');
      const blind = new Error('cannot look');
      await assert.rejects(
        upload.append(inPieces(bytesOf(3 * mebibyte)), { observe: () => Promise.reject(blind) }),
        (error) => error === blind,
      );
      await upload.abort();
    });

    it('begins anew without resume, and where there is nothing to resume', async () => {
      const { store } = given();
      const old = await store.openUpload('uploads/anew');
      await old.append(inPieces(bytesOf(20 * mebibyte)));
      const fresh = await store.openUpload('uploads/anew');
      assert.equal(fresh.offset, 0);
      await fresh.append(inPieces(Buffer.from('new')));
      await fresh.finish();
      assert.equal((await collect(await store.read('uploads/anew'))).toString(), 'new');
      const unknown = await store.openUpload('uploads/unknown', { resume: true });
      assert.equal(unknown.offset, 0);
      await unknown.abort();
    });

    it('stops the holder of an upload that another one took over', async () => {
      const { store } = given();
      const old = await store.openUpload('uploads/taken-over');
      await old.append(inPieces(bytesOf(1000)));
      const successor = await store.openUpload('uploads/taken-over', { resume: true });
      await assert.rejects(old.append(inPieces(bytesOf(10))), AdapterFailure);
      await assert.rejects(old.finish(), AdapterFailure);
      await successor.finish();
      assert.equal((await store.head('uploads/taken-over'))?.size, 1000);
    });

    it('stops an append that is under way when another one takes over, and loses nothing that the other one counts on', async () => {
      const { store, leftovers } = given();
      const bytes = bytesOf(30 * mebibyte);
      const [half, going] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const old = await store.openUpload('uploads/contested');
      const appending = old.append(pausing(bytes, 18 * mebibyte, half.resolve, going.promise));
      const stopped = assert.rejects(appending, AdapterFailure);
      await half.promise;
      const successor = await store.openUpload('uploads/contested', { resume: true });
      const { offset } = successor;
      assert.ok(offset > 0 && offset <= 18 * mebibyte);
      going.resolve();
      await stopped;
      assert.equal(successor.offset, offset);
      await successor.append(inPieces(bytes.subarray(offset)));
      await successor.finish();
      assert.ok((await collect(await store.read('uploads/contested'))).equals(bytes));
      assert.equal((await leftovers()).length, 0);
    });

    it('leaves nothing after abort', async () => {
      const { store, leftovers } = given();
      const upload = await store.openUpload('uploads/aborted');
      await upload.append(inPieces(bytesOf(33 * mebibyte)));
      await upload.abort();
      assert.equal(await store.head('uploads/aborted'), undefined);
      assert.equal((await store.openUpload('uploads/aborted', { resume: true })).offset, 0);
      await (await store.openUpload('uploads/aborted')).abort();
      assert.ok((await leftovers()).length <= 1);
    });
  });
}

async function* pausing(bytes: Uint8Array, at: number, paused: () => void, goOn: Promise<void>): AsyncIterable<Uint8Array> {
  yield* inPieces(bytes.subarray(0, at));
  paused();
  await goOn;
  yield* inPieces(bytes.subarray(at));
}
