import { createHmac, createSecretKey, hash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { PresignRequest } from '../object-store.js';
import { bucketAddress } from './address.js';
import type { BucketOptions } from './address.js';
import { percentEncoded, percentEncodedPath } from './percent-encoding.js';

export interface PresignerOptions extends BucketOptions {
  accessKeyId: string;
  secretAccessKey: string;
}

const longestLife = 604_800;

/**
 * Signs URLs of objects by AWS "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)", byte for
 * byte as Amazon's own SDK does. The result depends on the arguments alone; the key that belongs to a day and region,
 * and the text that belongs to a second, are kept for the next call. Any key is taken here, not only an ObjectKey.
 *
 * Throws RangeError when `expiresIn` is not a whole number of seconds from 1 to 604800.
 */
export function presigner(options: PresignerOptions): (request: PresignRequest) => string {
  const { scheme, host, path } = bucketAddress(options);
  const origin = scheme + host;
  const afterQuery = `\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`;
  let moment = momentOf(options, 0);

  return (request) => {
    const second = Math.floor(request.now.getTime() / 1000);
    if (second !== moment.second) moment = momentOf(options, second, moment);
    const objectPath = path + percentEncodedPath(request.key);
    const query = moment.query + checkedLife(request.expiresIn);
    const rest = `&X-Amz-SignedHeaders=host${overrides(request)}${request.method === 'GET' ? '&x-id=GetObject' : ''}`;
    const canonicalRequest = `${request.method}\n${objectPath}\n${query}${rest}${afterQuery}`;
    const toSign = moment.toSign + hash('sha256', canonicalRequest, 'hex');
    const signature = createHmac('sha256', moment.key).update(toSign).digest('hex');
    return `${origin}${objectPath}?${query}&X-Amz-Signature=${signature}${rest}`;
  };
}

/** All that is the same for every URL of one second. */
interface Moment {
  second: number;
  /** YYYYMMDD. */
  day: string;
  key: KeyObject;
  /** The query up to the value of X-Amz-Expires. */
  query: string;
  /** The string to sign up to the hash of the request. */
  toSign: string;
}

function momentOf(options: PresignerOptions, second: number, earlier?: Moment): Moment {
  const time = new Date(second * 1000).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const scope = `${day}/${options.region}/s3/aws4_request`;
  const key = earlier?.day === day ? earlier.key : signingKey(options.secretAccessKey, day, options.region);
  const credential = percentEncoded(`${options.accessKeyId}/${scope}`);
  const query =
    `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD&X-Amz-Credential=${credential}` +
    `&X-Amz-Date=${time}&X-Amz-Expires=`;
  return { second, day, key, query, toSign: `AWS4-HMAC-SHA256\n${time}\n${scope}\n` };
}

function signingKey(secret: string, day: string, region: string): KeyObject {
  const derived = [day, region, 's3', 'aws4_request'].reduce(
    (key, text) => createHmac('sha256', key).update(text).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  return createSecretKey(derived);
}

function overrides({ contentDisposition, contentType }: PresignRequest): string {
  const disposition = contentDisposition === undefined ? '' : `&response-content-disposition=${percentEncoded(contentDisposition)}`;
  return contentType === undefined ? disposition : `${disposition}&response-content-type=${percentEncoded(contentType)}`;
}

function checkedLife(expiresIn: number): number {
  if (Number.isInteger(expiresIn) && expiresIn >= 1 && expiresIn <= longestLife) return expiresIn;
  throw new RangeError(`a presigned URL lives 1 to ${longestLife} seconds, not ${expiresIn}`);
}
