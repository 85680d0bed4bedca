import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';

/** Tells what is wrong without a word of the key itself. */
const rsaKey = z.string().refine((pem) => {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}, 'must be an RSA private key in PEM, without a passphrase');

/** What is set of who sends the bytes of files, where it is not this process. */
export const sendingSettings = {
  PADDOCK_PRESIGN_SECONDS: z.coerce
    .number()
    .int()
    .min(5)
    .max(3600)
    .default(60)
    .describe('How long a redirected URL lives after a revocation.'),
  PADDOCK_CLOUDFRONT_URL: z
    .url({ protocol: /^https$/ })
    .refine((url) => !/[?#]/.test(url), 'must have no query and no fragment')
    .optional()
    .describe('CloudFront distribution in front of the S3 bucket; clients are sent there by signed URLs. Default: to the bucket.'),
  PADDOCK_CLOUDFRONT_KEY_PAIR_ID: z
    .string()
    .regex(/^[A-Za-z0-9]{1,128}$/, 'must be letters and digits')
    .optional()
    .describe('Id of the public key in the distribution’s key group.'),
  PADDOCK_CLOUDFRONT_KEY: rsaKey.optional().describe('RSA private key of that public key, in PEM.'),
  PADDOCK_X_ACCEL_PREFIX: z
    .string()
    .regex(/^(?:\/[A-Za-z0-9._-]+)+\/$/, 'must begin and end with a slash, as /paddock-store/ does')
    .optional()
    .describe('Internal location of the nginx in front that holds the disk store’s folder `objects`; nginx then sends files itself.'),
};

const CLOUDFRONT = ['PADDOCK_CLOUDFRONT_URL', 'PADDOCK_CLOUDFRONT_KEY_PAIR_ID', 'PADDOCK_CLOUDFRONT_KEY'] as const;

/** Of what was given, as pairs of whether it is wrong and what is. */
export function sendingContradictions(data: Partial<Record<string, string>>): [boolean, string][] {
  const given = CLOUDFRONT.filter((name) => data[name]).length;
  const bucket = !!data.PADDOCK_S3_BUCKET;
  const accelerated = !!data.PADDOCK_X_ACCEL_PREFIX;
  return [
    [given > 0 && given < CLOUDFRONT.length, `${CLOUDFRONT.slice(0, 2).join(', ')} and ${CLOUDFRONT[2]}: give all or none`],
    [given > 0 && !bucket, 'PADDOCK_CLOUDFRONT_URL: needs PADDOCK_S3_BUCKET, which it stands in front of'],
    [accelerated && bucket, 'PADDOCK_X_ACCEL_PREFIX: is of the disk store, and PADDOCK_S3_BUCKET is set'],
    // Whoever came past nginx would be answered with nothing but the header that nginx reads.
    [accelerated && !data.PADDOCK_TRUSTED_PROXIES, 'PADDOCK_X_ACCEL_PREFIX: needs PADDOCK_TRUSTED_PROXIES, by which nginx is known'],
  ];
}
