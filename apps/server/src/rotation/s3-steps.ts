import type { StoreCredentials } from '@paddock/storage';
import { stepsAt, type Step } from './steps.js';

/** At which step a change of the bucket's credentials stands. */
export function s3Steps({ accessKeyIds: [current, previous], inUse }: StoreCredentials): Step[] {
  const at = previous === undefined ? 0 : inUse === current ? 1 : 0;
  return stepsAt(at, [
    'Make a second pair at the S3 server. Give it as PADDOCK_S3_ACCESS_KEY_ID and PADDOCK_S3_SECRET_ACCESS_KEY, and the former one as PADDOCK_S3_PREVIOUS_…, to every process, and restart them one after another.',
    'Once every process asks with the new pair, disable the former one at the S3 server.',
    'Take PADDOCK_S3_PREVIOUS_ACCESS_KEY_ID and PADDOCK_S3_PREVIOUS_SECRET_ACCESS_KEY away everywhere, and restart them one after another.',
  ]);
}
