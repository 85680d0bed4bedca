import type { ObjectStore } from '@paddock/storage';
import type { Tracing } from './tracing.js';

/** Of each member something: the compiler tells of one that stores get and that is forgotten here. */
type EveryMember = { [Member in keyof Required<ObjectStore>]: ObjectStore[Member] };

/** The store, with a span for each call that waits for it. Signing a URL and walking a list do not. */
export function tracedStore(store: ObjectStore, traced: Tracing['traced']): EveryMember {
  const span = <T>(call: string, work: () => Promise<T>) => traced(`store ${call}`, 'client', { 'paddock.store': store.kind }, work);
  return {
    kind: store.kind,
    // Which pair is in use changes.
    get credentials() {
      return store.credentials;
    },
    check: () => store.check(),
    head: (key) => span('head', () => store.head(key)),
    read: (key, range) => span('read', () => store.read(key, range)),
    send: (key, sink, options) =>
      traced('store send', 'client', { 'paddock.store': store.kind }, async ({ set }) => {
        const bytes = await store.send(key, sink, options);
        set({ 'paddock.bytes': bytes });
        return bytes;
      }),
    put: (key, source) => span('put', () => store.put(key, source)),
    openUpload: (key, options) => span('open-upload', () => store.openUpload(key, options)),
    delete: (key) => span('delete', () => store.delete(key)),
    list: (prefix) => store.list(prefix),
    presign: store.presign?.bind(store),
  };
}
