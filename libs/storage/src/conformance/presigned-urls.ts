import assert from 'node:assert/strict';
import type { PresignRequest } from '../object-store.js';
import { bytesOf, inPieces } from './material.js';
import type { Given } from './material.js';

/** Each refusal is asked of the server itself: a signature that nobody checks protects nothing. */
export function presignedUrls(given: Given): void {
  describe('presigned URLs', () => {
    const bytes = bytesOf(5000, 11);
    const key = 'presigned/Model-1.0_Q4.gguf';
    const otherKey = 'presigned/other.gguf';
    const presigned = (changes: Partial<PresignRequest> = {}): URL => {
      const { store } = given();
      assert.ok(store.presign, 'this store does not presign');
      return new URL(store.presign({ method: 'GET', key, expiresIn: 60, now: new Date(), ...changes }));
    };
    const status = async (url: URL, init?: RequestInit): Promise<number> => {
      const response = await fetch(url, init);
      await response.arrayBuffer();
      return response.status;
    };
    beforeAll(async () => {
      await given().store.put(key, inPieces(bytes));
      await given().store.put(otherKey, inPieces(bytes));
    });

    it('fetch the object, whole or in part, with the headers asked for', async () => {
      const url = presigned({ contentDisposition: 'attachment; filename="a b.gguf"', contentType: 'application/x-gguf' });
      const whole = await fetch(url);
      assert.equal(whole.status, 200);
      assert.equal(whole.headers.get('content-disposition'), 'attachment; filename="a b.gguf"');
      assert.equal(whole.headers.get('content-type'), 'application/x-gguf');
      assert.deepEqual(Buffer.from(await whole.arrayBuffer()), bytes);
      const part = await fetch(url, { headers: { range: 'bytes=10-19' } });
      assert.equal(part.status, 206);
      assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(10, 20));
    });

    it('ask for the head of the object', async () => {
      const url = presigned({ method: 'HEAD' });
      const head = await fetch(url, { method: 'HEAD' });
      assert.equal(head.status, 200);
      assert.equal(head.headers.get('content-length'), String(bytes.length));
    });

    const refused: [string, () => URL, RequestInit?][] = [
      [
        'with another signature',
        () => changed(presigned(), (query) => query.set('X-Amz-Signature', flipped(query.get('X-Amz-Signature')))),
      ],
      ['that has expired', () => presigned({ now: new Date(Date.now() - 120_000) })],
      ['whose path was changed', () => moved(presigned(), (path) => path.replace('Model', 'Nodel'))],
      ['moved to another object', () => moved(presigned(), (path) => path.replace(key, otherKey))],
      ['with a longer life', () => changed(presigned(), (query) => query.set('X-Amz-Expires', '3600'))],
      ['with a header added', () => changed(presigned(), (query) => query.set('response-content-type', 'text/html'))],
      ['for GET when asked for the head', () => presigned(), { method: 'HEAD' }],
      ['without its query (anonymous)', () => changed(presigned(), (query) => [...query.keys()].forEach((name) => query.delete(name)))],
    ];
    it.each(refused)('are refused by the server: one %s', async (_what, make, init = {}) => {
      assert.equal(await status(make(), init), 403);
    });

    it('are refused a life that the protocol does not allow', () => {
      for (const expiresIn of [0, -1, 1.5, 604_801]) assert.throws(() => presigned({ expiresIn }), RangeError);
    });
  });
}

function changed(url: URL, change: (query: URLSearchParams) => void): URL {
  change(url.searchParams);
  return url;
}

function moved(url: URL, change: (path: string) => string): URL {
  url.pathname = change(url.pathname);
  return url;
}

function flipped(signature: string | null): string {
  return (signature ?? '').replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
}
