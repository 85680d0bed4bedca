import { setTimeout } from 'node:timers/promises';
import { CreateBucketCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { cephRgwPrograms, cephRgwRemedy, startCephRgw } from '../../../test/support/ceph-rgw.js';
import type { CephRgw } from '../../../test/support/ceph-rgw.js';
import { freePort } from '../../../test/support/free-port.js';
import { describeWithPeer } from '../../../test/support/peers.js';
import { storeConformance } from './conformance.js';
import { collect, inPieces } from './conformance/material.js';
import { s3Store } from './s3.js';

const bucket = 'weights';

describeWithPeer('Ceph RGW', cephRgwPrograms, cephRgwRemedy, () => {
  let ceph: CephRgw;
  let admin: S3Client;
  beforeAll(async () => {
    ceph = await startCephRgw();
    const { endpoint, region, accessKeyId, secretAccessKey } = ceph;
    admin = new S3Client({ endpoint, region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } });
    await admin.send(new CreateBucketCommand({ Bucket: bucket }));
  }, 60_000);
  afterAll(() => ceph?.stop());

  const storeWith = (changes: { prefix?: string; secretAccessKey?: string; bucket?: string } = {}) =>
    s3Store({ ...ceph, bucket, forcePathStyle: true, ...changes });
  const leftovers = async (): Promise<string[]> => {
    const { Uploads = [] } = await admin.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    return Uploads.map((upload) => upload.Key ?? '');
  };

  storeConformance('a bucket', async () => ({ store: storeWith({ prefix: 'paddock/' }), leftovers, close: async () => {} }), {
    presigns: true,
  });

  it('keeps stores with different prefixes apart', async () => {
    await storeWith({ prefix: 'one/' }).put('a', inPieces(Buffer.from('1')));
    await storeWith({ prefix: 'two/' }).put('a', inPieces(Buffer.from('2')));
    expect((await collect(await storeWith({ prefix: 'one/' }).read('a'))).toString()).toBe('1');
    expect((await collect(await storeWith().read('two/a'))).toString()).toBe('2');
  });

  it('begins anew after a restart and clears away the parts that were left', async () => {
    const interrupted = await storeWith().openUpload('restarted');
    await interrupted.append(inPieces(Buffer.alloc(17 * 1024 * 1024)));
    while (!(await leftovers()).includes('restarted')) await setTimeout(10);
    const resumed = await storeWith().openUpload('restarted', { resume: true });
    expect(resumed.offset).toBe(0);
    expect(await leftovers()).toEqual([]);
  });

  it('says that wrong credentials and a missing bucket will not pass', async () => {
    await expect(storeWith({ secretAccessKey: 'wrong' }).check()).rejects.toMatchObject({ transient: false });
    await expect(storeWith({ bucket: 'no-such-bucket' }).check()).rejects.toMatchObject({ transient: false });
  });
});

describe('the S3 store without a server', () => {
  it('calls a refused connection transient', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const store = s3Store({ endpoint, region: 'us-east-1', bucket, accessKeyId: 'a', secretAccessKey: 's', forcePathStyle: true });
    await expect(store.head('a')).rejects.toMatchObject({ name: 'AdapterFailure', transient: true });
  });
});
