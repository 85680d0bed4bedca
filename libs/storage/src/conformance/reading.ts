import assert from 'node:assert/strict';
import { AdapterFailure } from '@paddock/domain';
import { all, bytesOf, collect, inPieces } from './material.js';
import type { Given } from './material.js';

export function reading(given: Given): void {
  describe('reading', () => {
    const bytes = bytesOf(100_000, 7);
    const end = bytes.length - 1;
    beforeAll(() => given().store.put('reading/object', inPieces(bytes)));

    it.each([
      ['the first byte', 0, 0],
      ['the last byte', end, end],
      ['the middle', 500, 70_000],
      ['everything', 0, end],
      ['what there is, when the range goes past the end', 90_000, 2 * end],
    ])('reads %s', async (_what, first, last) => {
      const read = await given().store.read('reading/object', { first, last });
      assert.deepEqual(await collect(read), bytes.subarray(first, last + 1));
    });

    it.each([
      ['begins past the end', bytes.length, bytes.length],
      ['is reversed', 10, 5],
      ['is negative', -5, -1],
      ['is no number', Number.NaN, 1],
    ])('fails when the range %s', async (_what, first, last) => {
      await assert.rejects(given().store.read('reading/object', { first, last }), AdapterFailure);
    });

    it('fails, and not as transient, when the object does not exist', async () => {
      await assert.rejects(given().store.read('reading/absent'), (error) => error instanceof AdapterFailure && !error.transient);
      await assert.rejects(given().store.read('reading/object/below'), AdapterFailure);
    });

    it('knows no object where there is none', async () => {
      const { store } = given();
      assert.equal(await store.head('reading/absent'), undefined);
      assert.equal(await store.head('reading'), undefined);
      assert.equal(await store.head('reading/object/below'), undefined);
    });

    it('lets readers stop early, again and again', async () => {
      const { store } = given();
      for (let time = 0; time < 20; time++) {
        for await (const chunk of await store.read('reading/object')) {
          assert.ok(chunk.length > 0);
          break;
        }
      }
      assert.deepEqual(await collect(await store.read('reading/object')), bytes);
    });
  });

  describe('listing', () => {
    const names = Array.from({ length: 1050 }, (_, number) => `listing/many/${String(number).padStart(4, '0')}`);
    const awkward = [
      'listing/order/a',
      'listing/order/a-b',
      'listing/order/a.b',
      'listing/order/a0',
      'listing/order/B',
      'listing/order/c/d',
      'listing/order/c-d',
    ];
    beforeAll(async () => {
      const { store } = given();
      const waiting = [...names, ...awkward].reverse();
      const putAll = async (): Promise<void> => {
        for (let key = waiting.pop(); key; key = waiting.pop()) await store.put(key, inPieces(bytesOf(3)));
      };
      await Promise.all(Array.from({ length: 16 }, putAll));
    }, 120_000);

    it('lists more than a thousand objects in the order of their keys', async () => {
      const listed = await all(given().store.list('listing/many/'));
      assert.deepEqual(
        listed.map((object) => object.key),
        names,
      );
      assert.ok(listed.every((object) => object.size === 3 && object.modifiedAt.getTime() > 0));
    });

    it('orders by the bytes of the whole key, slashes included', async () => {
      const listed = await all(given().store.list('listing/order/'));
      assert.deepEqual(
        listed.map((object) => object.key),
        awkward.toSorted((a, b) => (a < b ? -1 : 1)),
      );
    });

    it.each([
      ['listing/many/000', 10],
      ['listing/many', 1050],
      ['listing/order/a', 4],
      ['listing/none/', 0],
      ['nowhere', 0],
    ])('finds by the prefix %j %d objects', async (prefix, count) => {
      assert.equal((await all(given().store.list(prefix))).length, count);
    });

    it('lists everything by the empty prefix', async () => {
      const listed = await all(given().store.list(''));
      assert.ok(listed.length >= 1057);
      assert.ok(listed.some((object) => object.key === 'listing/order/c/d'));
    });
  });
}
