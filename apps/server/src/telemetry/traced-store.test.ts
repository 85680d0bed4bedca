import { s3Store } from '@paddock/storage';
import { tracedStore } from './traced-store.js';
import { UNTRACED } from './tracing.js';

test('a traced store tells which pair of keys it is asked with, and signs by it', () => {
  const store = s3Store({
    endpoint: 'http://127.0.0.1:9',
    region: 'us-east-1',
    bucket: 'weights',
    accessKeyId: 'the-new-one',
    secretAccessKey: 'secret',
    previous: { accessKeyId: 'the-one-before', secretAccessKey: 'secret' },
    forcePathStyle: true,
  });
  const traced = tracedStore(store, UNTRACED.traced);
  expect(traced.credentials).toEqual({ accessKeyIds: ['the-new-one', 'the-one-before'], inUse: 'the-new-one' });
  const request = { method: 'GET', key: 'an/object', expiresIn: 60, now: new Date() } as const;
  expect(traced.presign!(request)).toBe(store.presign!(request));
});
