import { z } from 'zod';
import { flag } from './flag-setting.js';

/** The bucket in which files are kept, where they are not on disk. */
export const storeSettings = {
  PADDOCK_S3_BUCKET: z.string().min(3).optional().describe('Bucket of the S3 store. Default: files are kept on disk.'),
  PADDOCK_S3_ENDPOINT: z.url().optional().describe('S3 server, where it is not AWS.'),
  PADDOCK_S3_REGION: z.string().default('us-east-1').describe('Region that signatures name.'),
  PADDOCK_S3_ACCESS_KEY_ID: z.string().optional().describe('S3 access key.'),
  PADDOCK_S3_SECRET_ACCESS_KEY: z.string().optional().describe('S3 secret key.'),
  PADDOCK_S3_PREVIOUS_ACCESS_KEY_ID: z
    .string()
    .optional()
    .describe('The S3 access key before that one, which is used where the current one is refused.'),
  PADDOCK_S3_PREVIOUS_SECRET_ACCESS_KEY: z.string().optional().describe('The secret key of the access key before.'),
  PADDOCK_S3_PATH_STYLE: flag.default(true).describe('Put the bucket into the path instead of the host name.'),
};
