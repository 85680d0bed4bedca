import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { AdapterFailure } from '@paddock/domain';
import { bytesOf, inPieces, KeepingSink, mebibyte, StallingSink } from './material.js';
import type { Given } from './material.js';

/** Memory of buffers, which is where bytes on their way are. */
function heldBytes(): number {
  return process.memoryUsage().arrayBuffers;
}

export function sending(given: Given): void {
  describe('sending', () => {
    const bytes = bytesOf(9 * mebibyte + 5, 3);
    const end = bytes.length - 1;
    const unaborted = (): AbortSignal => new AbortController().signal;
    beforeAll(async () => {
      await given().store.put('sending/object', inPieces(bytes));
      await given().store.put('sending/empty', inPieces(Buffer.alloc(0)));
    });

    it.each([
      ['everything', 0, end],
      ['the last byte', end, end],
      ['several blocks', 1000, 5 * mebibyte],
      ['up to the end', end - 10, end + 10],
    ])('sends %s, counts it and leaves the sink open', async (_what, first, last) => {
      const sink = new KeepingSink();
      const sent = await given().store.send('sending/object', sink, { range: { first, last }, signal: unaborted() });
      const wanted = bytes.subarray(first, last + 1);
      assert.equal(sent, wanted.length);
      assert.ok(sink.bytes.equals(wanted));
      assert.ok(sink.writable);
      assert.equal(sink.listenerCount('error') + sink.listenerCount('close'), 0);
    });

    it('sends an empty object', async () => {
      assert.equal(await given().store.send('sending/empty', new KeepingSink(), { signal: unaborted() }), 0);
    });

    it('fails when there is no object, and when the range begins past its end', async () => {
      const { store } = given();
      const sink = new KeepingSink();
      await assert.rejects(store.send('sending/absent', sink, { signal: unaborted() }), AdapterFailure);
      const range = { first: bytes.length, last: bytes.length };
      await assert.rejects(store.send('sending/object', sink, { range, signal: unaborted() }), AdapterFailure);
      assert.equal(sink.bytes.length, 0);
    });

    it('sends nothing when it was aborted or the sink was closed before', async () => {
      const { store } = given();
      const sink = new KeepingSink();
      assert.equal(await store.send('sending/object', sink, { signal: AbortSignal.abort() }), 0);
      assert.equal(sink.bytes.length, 0);
      sink.destroy();
      assert.equal(await store.send('sending/object', sink, { signal: unaborted() }), 0);
    });

    it('stops at once when the signal aborts, though the sink has stalled', async () => {
      const aborting = new AbortController();
      const sink = new StallingSink(2);
      const sending = given().store.send('sending/object', sink, { signal: aborting.signal });
      await sink.stalled.promise;
      const abortedAt = performance.now();
      aborting.abort();
      const sent = await sending;
      assert.ok(performance.now() - abortedAt < 500);
      assert.ok(sent > 0 && sent < bytes.length);
    });

    it.each([
      ['closes', undefined],
      ['fails', new Error('no longer')],
    ])('stops when the sink %s', async (_what, error) => {
      const sink = new StallingSink(1);
      sink.on('error', () => {});
      const sending = given().store.send('sending/object', sink, { signal: unaborted() });
      await sink.stalled.promise;
      sink.destroy(error);
      assert.ok((await sending) < bytes.length);
    });

    it('holds a few blocks for each sink that has stalled, however large the object is', async () => {
      const aborting = new AbortController();
      const sinks = Array.from({ length: 24 }, () => new StallingSink(1));
      const before = heldBytes();
      const sendings = sinks.map((sink) => given().store.send('sending/object', sink, { signal: aborting.signal }));
      await Promise.all(sinks.map(({ stalled }) => stalled.promise));
      for (let held = -1; held !== heldBytes(); await delay(100)) held = heldBytes();
      const held = heldBytes() - before;
      aborting.abort();
      await Promise.all(sendings);
      assert.ok(held < sinks.length * 3 * mebibyte, `${held} bytes were held for ${sinks.length} sinks`);
    });

    it('stops when the client of an HTTP server goes away', async () => {
      const { store } = given();
      const sent = Promise.withResolvers<number>();
      const server = createServer(async (_request, response) => {
        let total = 0;
        while (!response.destroyed) total += await store.send('sending/object', response, { signal: unaborted() });
        sent.resolve(total);
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const request = get({ host: '127.0.0.1', port: (server.address() as AddressInfo).port }, (response) => {
        response.once('data', () => setTimeout(() => response.destroy(), 50));
      });
      request.on('error', () => {});
      assert.ok((await sent.promise) >= 0);
      server.close();
    });
  });
}
