import type { Readable, Writable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { checkKey, checkPrefix, checkRange } from './object-key.js';
import type { ByteRange, ObjectKey, ObjectStore, PresignRequest, StoreCredentials, StoredObject, Upload } from './object-store.js';
import { presigner } from './presign/presigner.js';
import { s3Client } from './s3/client.js';
import { CredentialPairs, type CredentialPair } from './s3/credential-pairs.js';
import { isMissing, s3Failure } from './s3/failure.js';
import { headObject, listObjects } from './s3/objects.js';
import type { S3Place } from './s3/objects.js';
import { sendBody } from './s3/send.js';
import { S3Uploads } from './s3/uploads.js';

const mebibyte = 1024 * 1024;

export interface S3StoreOptions {
  /** Absent for Amazon's own endpoint of the region. */
  endpoint?: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** The pair before, while it is still taken somewhere. */
  previous?: CredentialPair;
  /** True puts the bucket into the path rather than the host name. */
  forcePathStyle: boolean;
  /** Put before every key, as it stands; it usually ends in `/`. */
  prefix?: string;
  /** In bytes, 16 MiB when absent, at least 5 MiB. Later parts of very large objects are larger: see part-size.ts. */
  partSize?: number;
  /** Who signs URLs of objects, by the name that they have in the bucket; absent for the bucket itself (SigV4). */
  signer?: (request: PresignRequest) => string;
}

/**
 * Objects in a bucket. Small objects are put at once, larger ones in parts. An upload can be resumed as long as this
 * process lives; after a restart its offset is 0, and opening it again clears away the parts that were left.
 */
export function s3Store(options: S3StoreOptions): ObjectStore {
  return new S3Store(options);
}

class S3Store implements ObjectStore {
  readonly kind = 's3';
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #uploads: S3Uploads;
  readonly #pairs: CredentialPairs;
  readonly #presign: (request: PresignRequest) => string;

  constructor(options: S3StoreOptions) {
    this.#bucket = options.bucket;
    this.#pairs = new CredentialPairs(options, options.previous);
    this.#client = s3Client(options, this.#pairs);
    this.#prefix = options.prefix ?? '';
    this.#uploads = new S3Uploads(options.partSize ?? 16 * mebibyte);
    const presigners = this.#pairs.all.map((pair) =>
      presigner({ ...options, accessKeyId: pair.accessKeyId, secretAccessKey: pair.secretAccessKey }),
    );
    this.#presign = options.signer ?? ((request) => presigners[this.#pairs.inUse]!(request));
  }

  get credentials(): StoreCredentials {
    const { all, inUse } = this.#pairs;
    return { accessKeyIds: all.map(({ accessKeyId }) => accessKeyId), inUse: all[inUse]!.accessKeyId };
  }

  async check(): Promise<void> {
    await this.#uploads.check(this.#place('.check'));
  }

  async head(key: ObjectKey): Promise<StoredObject | undefined> {
    return headObject(this.#place(key));
  }

  presign(request: PresignRequest): string {
    return this.#presign({ ...request, key: this.#place(request.key).name });
  }

  async read(key: ObjectKey, range?: ByteRange): Promise<Readable> {
    return this.#get(key, range);
  }

  async send(key: ObjectKey, sink: Writable, { range, signal }: { range?: ByteRange; signal: AbortSignal }): Promise<number> {
    return sendBody((ended) => this.#get(key, range, ended), sink, signal);
  }

  async put(key: ObjectKey, source: AsyncIterable<Uint8Array>): Promise<StoredObject> {
    const upload = this.#uploads.begin(this.#place(key));
    try {
      await upload.append(source);
      return await upload.finish();
    } catch (error) {
      await upload.abort();
      throw error;
    }
  }

  async openUpload(key: ObjectKey, options: { resume?: boolean } = {}): Promise<Upload> {
    return this.#uploads.open(this.#place(key), options.resume === true);
  }

  async delete(key: ObjectKey): Promise<void> {
    const { bucket, name } = this.#place(key);
    try {
      await this.#client.send(new DeleteObjectCommand({ Bucket: bucket, Key: name }));
    } catch (error) {
      if (!isMissing(error)) throw s3Failure(`cannot delete ${key}`, error);
    }
  }

  list(prefix: string): AsyncIterable<StoredObject> {
    checkPrefix(prefix);
    return listObjects(this.#client, this.#bucket, this.#prefix, prefix);
  }

  async #get(key: ObjectKey, range?: ByteRange, abortSignal?: AbortSignal): Promise<Readable> {
    const { bucket, name } = this.#place(key);
    if (range) checkRange(range);
    const Range = range && `bytes=${range.first}-${range.last}`;
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: bucket, Key: name, Range }), { abortSignal });
      return Body as Readable;
    } catch (error) {
      throw s3Failure(isMissing(error) ? `there is no object ${key}` : `cannot read ${key}`, error);
    }
  }

  #place(key: ObjectKey): S3Place {
    checkKey(key);
    return { client: this.#client, bucket: this.#bucket, key, name: this.#prefix + key };
  }
}
