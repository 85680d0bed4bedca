import type { S3Client } from '@aws-sdk/client-s3';
import { statusOf } from './failure.js';

export interface CredentialPair {
  accessKeyId: string;
  secretAccessKey: string;
}

const REFUSED = 403;

/**
 * One pair, or the current one and the one before it. The pair in use is the one that the server took last: where it refuses
 * one, the same request is sent once more with the other.
 */
export class CredentialPairs {
  readonly all: readonly CredentialPair[];
  #inUse = 0;

  constructor(current: CredentialPair, previous?: CredentialPair) {
    this.all = previous ? [current, previous] : [current];
  }

  /** Its place in `all`. */
  get inUse(): number {
    return this.#inUse;
  }

  /** For the SDK. It asks again at every request only for what it believes to end. */
  readonly provide = () => Promise.resolve({ ...this.all[this.#inUse]!, expiration: new Date() });

  retry(client: S3Client): void {
    if (this.all.length === 1) return;
    client.middlewareStack.add(
      (next) => async (request) => {
        const used = this.#inUse;
        try {
          return await next(request);
        } catch (error) {
          if (statusOf(error) !== REFUSED) throw error;
          this.#inUse = 1 - used;
          return next(request);
        }
      },
      { step: 'initialize', priority: 'high', name: 'paddock-credential-pairs' },
    );
  }
}
