import { cloudFrontSigner, diskStore, s3Store, type ObjectStore } from '@paddock/storage';
import { join } from 'node:path';
import type { Config } from './config.js';

/** The bucket of the configuration; without one a folder under PADDOCK_DATA_DIR. */
export function configuredStore(config: Config): ObjectStore {
  const {
    PADDOCK_S3_BUCKET: bucket,
    PADDOCK_S3_ENDPOINT: endpoint,
    PADDOCK_S3_ACCESS_KEY_ID: accessKeyId,
    PADDOCK_S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = config;
  if (!bucket || !accessKeyId || !secretAccessKey) return diskStore({ root: join(config.dataDir, 'store') });
  return s3Store({
    bucket,
    accessKeyId,
    secretAccessKey,
    region: config.PADDOCK_S3_REGION,
    forcePathStyle: config.PADDOCK_S3_PATH_STYLE,
    ...(endpoint && { endpoint }),
    ...previousPairOf(config),
    ...cloudFrontOf(config),
  });
}

/** While the pair is being changed, the one before it is taken too. */
function previousPairOf({
  PADDOCK_S3_PREVIOUS_ACCESS_KEY_ID: accessKeyId,
  PADDOCK_S3_PREVIOUS_SECRET_ACCESS_KEY: secretAccessKey,
}: Config) {
  return accessKeyId && secretAccessKey ? { previous: { accessKeyId, secretAccessKey } } : {};
}

/** Where a distribution stands in front of the bucket, clients are sent there. */
function cloudFrontOf({
  PADDOCK_CLOUDFRONT_URL: url,
  PADDOCK_CLOUDFRONT_KEY_PAIR_ID: keyPairId,
  PADDOCK_CLOUDFRONT_KEY: privateKey,
}: Config) {
  return url && keyPairId && privateKey ? { signer: cloudFrontSigner({ url, keyPairId, privateKey }) } : {};
}
