import { statfs } from 'node:fs/promises';
import type { Config } from '../config.js';
import { configuredStore } from '../configured-store.js';
import { broken, look, well, type Finding } from './finding.js';

const GIB = 1024 ** 3;
const LITTLE_BYTES = 5 * GIB;
const LEAST_BYTES = GIB / 4;

/** Whether the store takes what is written, and how much more this machine's disk does. */
export async function examineStore(config: Config): Promise<Finding[]> {
  const store = configuredStore(config);
  await store.check();
  return [
    well('store', store.kind === 's3' ? `the bucket ${config.PADDOCK_S3_BUCKET} takes what is written` : 'the disk takes what is written'),
  ];
}

/** The data folder's disk: keys, uploads under way, and without a bucket every file. */
export async function examineDisk({ dataDir }: Config): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const detail = `${(free / GIB).toFixed(1)} GiB are free for ${dataDir}`;
  const remedy = 'Make room before it is full: docs/runbooks/full-disk.md says how.';
  if (free < LEAST_BYTES) return [broken('disk', detail, remedy)];
  return [free < LITTLE_BYTES ? look('disk', detail, remedy) : well('disk', detail)];
}
