import assert from 'node:assert/strict';
import { uploads } from './conformance/uploads.js';
import { presignedUrls } from './conformance/presigned-urls.js';
import { reading } from './conformance/reading.js';
import { sending } from './conformance/sending.js';
import { writing } from './conformance/writing.js';
import type { ObjectStore } from './object-store.js';

export interface StoreUnderTest {
  store: ObjectStore;
  /** What unfinished uploads have left in the store, by any name. */
  leftovers(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** The promises of ObjectStore, tried on a real store. Needs the globals describe, it, beforeAll and afterAll. */
export function storeConformance(name: string, makeStore: () => Promise<StoreUnderTest>, traits: { presigns: boolean }): void {
  describe(`${name} is an object store`, () => {
    let made: StoreUnderTest | undefined;
    const given = (): StoreUnderTest => {
      if (!made) throw new Error('the store was not made');
      return made;
    };
    beforeAll(async () => {
      made = await makeStore();
    });
    afterAll(() => made?.close());

    writing(given);
    reading(given);
    uploads(given);
    sending(given);
    if (traits.presigns) presignedUrls(given);
    else it('does not presign', () => assert.equal(given().store.presign, undefined));
  });
}
