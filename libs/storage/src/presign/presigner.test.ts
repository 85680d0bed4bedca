import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { PresignRequest } from '../object-store.js';
import { presigner } from './presigner.js';
import type { PresignerOptions } from './presigner.js';

const account: PresignerOptions = {
  endpoint: 'http://127.0.0.1:9000',
  region: 'eu-west-1',
  bucket: 'weights',
  accessKeyId: 'AKIDEXAMPLE+/=',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  forcePathStyle: true,
};

describe('presigned URLs are those of the AWS SDK', () => {
  it('for 10,000 random keys, times and headers', async () => {
    const random = generator(20_261_122);
    const ours = presigner(account);
    const theirs = sdkPresigner(account);
    const differing: unknown[] = [];
    for (let number = 0; number < 10_000; number++) {
      const request = randomRequest(random);
      const [own, sdk] = [ours(request), await theirs(request)];
      if (own !== sdk) differing.push({ request, own, sdk });
    }
    expect(differing).toEqual([]);
  }, 120_000);

  it.each<Partial<PresignerOptions>>([
    { endpoint: 'https://s3.example.com', forcePathStyle: false },
    { endpoint: 'https://s3.example.com:443/base', forcePathStyle: false },
    { endpoint: 'https://S3.Example.com:8443/base', forcePathStyle: true },
    { endpoint: 'http://127.0.0.1:9000', forcePathStyle: false },
    { endpoint: 'http://localhost:80', forcePathStyle: false },
    { endpoint: 'https://s3.example.com', forcePathStyle: false, bucket: 'dotted.bucket' },
    { endpoint: 'http://s3.example.com', forcePathStyle: false, bucket: 'dotted.bucket' },
    { endpoint: 'https://s3.example.com', forcePathStyle: false, bucket: 'Capital' },
    { endpoint: undefined, forcePathStyle: false },
    { endpoint: undefined, forcePathStyle: true },
    { endpoint: undefined, forcePathStyle: false, region: 'us-east-1' },
    { endpoint: undefined, forcePathStyle: false, region: 'us-gov-west-1' },
    { endpoint: undefined, forcePathStyle: false, region: 'cn-north-1' },
    { endpoint: undefined, forcePathStyle: false, bucket: 'dotted.bucket' },
  ])('at the address of %j', async (changes) => {
    const options = Object.fromEntries(Object.entries({ ...account, ...changes }).filter(([, value]) => value !== undefined));
    for (const method of ['GET', 'HEAD'] as const) {
      const request: PresignRequest = { method, key: 'a b/c.gguf', expiresIn: 60, now: new Date('2026-11-22T13:00:00.999Z') };
      expect(presigner(options as unknown as PresignerOptions)(request)).toBe(
        await sdkPresigner(options as unknown as PresignerOptions)(request),
      );
    }
  });
});

describe('the presigner', () => {
  it('depends on nothing but its arguments', () => {
    const used = presigner(account);
    const at = (now: string): PresignRequest => ({ method: 'GET', key: 'a', expiresIn: 60, now: new Date(now) });
    for (const now of ['2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z', '2026-12-31T23:59:59.500Z', '1970-01-01T00:00:00Z']) {
      expect(used(at(now))).toBe(presigner(account)(at(now)));
    }
  });
});

function sdkPresigner(options: PresignerOptions): (request: PresignRequest) => Promise<string> {
  const { endpoint, region, bucket, accessKeyId, secretAccessKey, forcePathStyle } = options;
  const client = new S3Client({
    ...(endpoint === undefined ? {} : { endpoint }),
    region,
    forcePathStyle,
    credentials: { accessKeyId, secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return ({ method, key, expiresIn, now, contentDisposition, contentType }) => {
    const input = { Bucket: bucket, Key: key, ResponseContentDisposition: contentDisposition, ResponseContentType: contentType };
    const command = method === 'GET' ? new GetObjectCommand(input) : new HeadObjectCommand(input);
    return getSignedUrl(client, command, { expiresIn, signingDate: now });
  };
}

function randomRequest(random: () => number): PresignRequest {
  const maybe = (text: string): string | undefined => (random() < 0.3 ? text : undefined);
  const [contentDisposition, contentType] = [maybe(`attachment; filename="${randomText(random)}"`), maybe(`text/${randomText(random)}`)];
  return {
    method: random() < 0.5 ? 'GET' : 'HEAD',
    key: randomText(random),
    expiresIn: 1 + Math.floor(random() * 604_800),
    now: new Date(Math.floor(random() * 4e12)),
    ...(contentDisposition === undefined ? {} : { contentDisposition }),
    ...(contentType === undefined ? {} : { contentType }),
  };
}

const plain = 'abcXYZ019._-~/';
const awkward = ' !"#$%&\'()*+,:;<=>?@[\\]^`{|}/.././/\t\n\u0000\u007f';
const beyond = 'äßñé漢字кир\u00a0\u2028😀🦙𝔘\u0301';

function randomText(random: () => number): string {
  const characters = [...plain.repeat(3), ...awkward, ...beyond];
  const length = 1 + Math.floor(random() * 40);
  return Array.from({ length }, () => characters[Math.floor(random() * characters.length)]).join('');
}

/** mulberry32: the same numbers, from 0 to 1, for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
