import { isIP } from 'node:net';

export interface BucketOptions {
  /** Absent for Amazon's own endpoint of the region. */
  endpoint?: string;
  region: string;
  bucket: string;
  /** True puts the bucket into the path rather than the host name. */
  forcePathStyle: boolean;
}

export interface BucketAddress {
  /** Such as `https://`. */
  scheme: string;
  /** With the port, where it is not the scheme's own. */
  host: string;
  /** What stands before an object's key; ends in `/`. */
  path: string;
}

/**
 * Where a bucket's objects are. The bucket goes into the host name unless that cannot be ("Virtual hosting of general
 * purpose buckets"): an address instead of a name, or dots that a wildcard certificate does not cover.
 */
export function bucketAddress({ endpoint, region, bucket, forcePathStyle }: BucketOptions): BucketAddress {
  const url = new URL(endpoint ?? amazonEndpoint(region));
  const scheme = `${url.protocol}//`;
  const base = url.pathname.replace(/\/+$/, '');
  if (forcePathStyle || isAddress(url.hostname) || !fitsHostName(bucket, url.protocol === 'http:')) {
    return { scheme, host: url.host, path: `${base}/${bucket}/` };
  }
  return { scheme, host: `${bucket}.${url.host}`, path: `${base}/` };
}

function amazonEndpoint(region: string): string {
  return `https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

function isAddress(hostName: string): boolean {
  return isIP(hostName.replace(/^\[|\]$/g, '')) !== 0;
}

function fitsHostName(bucket: string, dotsAllowed: boolean): boolean {
  const labels = dotsAllowed ? bucket.split('.') : [bucket];
  return (
    bucket.length >= 3 &&
    bucket.length <= 63 &&
    !isAddress(bucket) &&
    labels.every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label))
  );
}
