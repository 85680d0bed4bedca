import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startCephRgw, type CephRgw } from './ceph-rgw.js';

export interface S3Bucket {
  rgw: CephRgw;
  /** What makes a portal keep its files there. */
  env: Record<string, string>;
}

/** A Ceph gateway of its own with one bucket. */
export async function startS3Bucket(name = 'weights'): Promise<S3Bucket> {
  const rgw = await startCephRgw();
  const { endpoint, region, accessKeyId, secretAccessKey } = rgw;
  const client = new S3Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: name }));
  client.destroy();
  return {
    rgw,
    env: {
      PADDOCK_S3_BUCKET: name,
      PADDOCK_S3_ENDPOINT: endpoint,
      PADDOCK_S3_ACCESS_KEY_ID: accessKeyId,
      PADDOCK_S3_SECRET_ACCESS_KEY: secretAccessKey,
    },
  };
}
