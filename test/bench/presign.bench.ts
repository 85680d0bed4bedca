import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { presigner } from '@paddock/storage';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { median } from './support/rounds.ts';

const account = {
  endpoint: 'http://127.0.0.1:9000',
  region: 'us-east-1',
  bucket: 'weights',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  forcePathStyle: true,
};
const rounds = 5;
const leastRatio = 50;

/** Presigned GET URLs a second, one thread, each for another key; the SDK with one client, warmed. */
export async function run(): Promise<BenchResult> {
  const ours = presigner(account);
  const theirs = sdkPresigner();
  await rateOf(20_000, (key) => ours({ method: 'GET', key, expiresIn: 60, now: new Date() }));
  await rateOf(3_000, theirs);
  const rates: { ours: number; theirs: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    rates.push({
      ours: await rateOf(100_000, (key) => ours({ method: 'GET', key, expiresIn: 60, now: new Date() })),
      theirs: await rateOf(2_000, theirs),
    });
  }
  const [own, sdk] = [median(rates.map((rate) => rate.ours)), median(rates.map((rate) => rate.theirs))];
  return {
    name: 'presigning an S3 URL',
    ours: { label: 'Paddock', value: Math.round(own), unit: 'URLs/s' },
    against: [{ label: 'AWS SDK getSignedUrl', value: Math.round(sdk), unit: 'URLs/s' }],
    ratios: [{ against: 'AWS SDK getSignedUrl', ratio: own / sdk }],
    bar: `at least ${leastRatio} times the AWS SDK`,
    reached: own / sdk >= leastRatio,
    notes: [`medians of ${rounds} rounds, taken in turn`],
  };
}

function sdkPresigner(): (key: string) => Promise<string> {
  const { accessKeyId, secretAccessKey, bucket, ...address } = account;
  const checksums = { requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' } as const;
  const client = new S3Client({ ...address, ...checksums, credentials: { accessKeyId, secretAccessKey } });
  return (key) => getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: 60 });
}

/** Calls a second; a signer that answers at once is not made to wait for a promise. */
async function rateOf(calls: number, sign: (key: string) => string | Promise<string>): Promise<number> {
  const begin = performance.now();
  for (let call = 0; call < calls; call++) {
    const url = sign(`models/llama/releases/1.0/model-${call}-of-${calls}.safetensors`);
    if (typeof url !== 'string') await url;
  }
  return (calls / (performance.now() - begin)) * 1000;
}

if (import.meta.main) print(await run());
