import { S3Client } from '@aws-sdk/client-s3';
import type { CredentialPairs } from './credential-pairs.js';

export interface S3ClientOptions {
  endpoint?: string;
  region: string;
  forcePathStyle: boolean;
}

/** Checksums only where the protocol demands them: several S3 servers refuse the SDK's default trailers. */
export function s3Client(options: S3ClientOptions, pairs: CredentialPairs): S3Client {
  const { endpoint, region, forcePathStyle } = options;
  const agent = { keepAlive: true, maxSockets: 512 };
  const client = new S3Client({
    ...(endpoint === undefined ? {} : { endpoint: endpoint.replace(/\/+$/, '') }),
    region,
    forcePathStyle,
    credentials: pairs.provide,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 120_000, httpAgent: agent, httpsAgent: agent },
  });
  pairs.retry(client);
  return client;
}
