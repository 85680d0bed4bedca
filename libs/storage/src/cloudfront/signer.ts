import { createPrivateKey, sign } from 'node:crypto';
import type { PresignRequest } from '../object-store.js';
import { percentEncoded } from '../presign/percent-encoding.js';

export interface CloudFrontOptions {
  /** Of the distribution, whose origin is the bucket; a path that the distribution maps may follow the host. */
  url: string;
  /** Of the public key in the distribution's key group. */
  keyPairId: string;
  /** RSA, in PEM. */
  privateKey: string;
}

/** What base64 has and a query has not: "Creating a signed URL using a canned policy" in the CloudFront guide. */
const QUERY_SAFE: Readonly<Record<string, string>> = { '+': '-', '=': '_', '/': '~' };
const nonPortable = /[+=/]/g;

/**
 * Signs URLs of objects for a CloudFront distribution by its canned policy, byte for byte as Amazon's own signer does. A
 * policy names URL and end and no method, so that one URL serves GET and HEAD. What the origin is to answer with stands
 * in the query: it reaches the bucket where the distribution forwards those names.
 *
 * Throws RangeError when `expiresIn` is not a positive whole number of seconds.
 */
export function cloudFrontSigner({ url, keyPairId, privateKey }: CloudFrontOptions): (request: PresignRequest) => string {
  const base = url.replace(/\/+$/, '');
  const key = createPrivateKey(privateKey);

  return (request) => {
    if (!Number.isInteger(request.expiresIn) || request.expiresIn < 1)
      throw new RangeError(`a signed URL lives a whole number of seconds, not ${request.expiresIn}`);
    const end = Math.floor(request.now.getTime() / 1000) + request.expiresIn;
    const resource = `${base}/${encodedPath(request.key)}${overrides(request)}`;
    const policy = `{"Statement":[{"Resource":${JSON.stringify(resource)},"Condition":{"DateLessThan":{"AWS:EpochTime":${end}}}}]}`;
    const signature = sign('RSA-SHA1', Buffer.from(policy), key)
      .toString('base64')
      .replace(nonPortable, (character) => QUERY_SAFE[character]!);
    return `${resource}${resource.includes('?') ? '&' : '?'}Expires=${end}&Key-Pair-Id=${keyPairId}&Signature=${signature}`;
  };
}

function encodedPath(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/');
}

function overrides({ contentDisposition, contentType }: PresignRequest): string {
  const asked = [
    ...(contentDisposition === undefined ? [] : [`response-content-disposition=${percentEncoded(contentDisposition)}`]),
    ...(contentType === undefined ? [] : [`response-content-type=${percentEncoded(contentType)}`]),
  ];
  return asked.length === 0 ? '' : `?${asked.join('&')}`;
}
