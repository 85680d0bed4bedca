import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { isMissing, s3Failure } from './failure.js';
import type { S3Place } from './objects.js';

const mostInFlight = 2;

/** The parts of one multipart upload, which begins with the first of them. At most two are under way at a time. */
export class Multipart {
  #id: Promise<string> | undefined;
  readonly #tags: string[] = [];
  readonly #inFlight = new Set<Promise<void>>();
  #failure: Error | undefined;

  constructor(private readonly place: S3Place) {}

  /** The number of the next part, from 1. */
  get nextNumber(): number {
    return this.#tags.length + 1;
  }

  /** Resolves as soon as another part may be added; rejects when one has failed. */
  async add(bytes: Uint8Array): Promise<void> {
    const index = this.#tags.push('') - 1;
    while (this.#inFlight.size >= mostInFlight) await Promise.race(this.#inFlight);
    if (this.#failure) throw this.#failure;
    const sending: Promise<void> = this.#send(bytes, index)
      .catch((error: unknown) => void (this.#failure ??= s3Failure(`cannot send a part of ${this.place.key}`, error)))
      .finally(() => this.#inFlight.delete(sending));
    this.#inFlight.add(sending);
  }

  async complete(): Promise<void> {
    await Promise.all(this.#inFlight);
    if (this.#failure) throw this.#failure;
    const Parts = this.#tags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
    const upload = { Bucket: this.place.bucket, Key: this.place.name, UploadId: await this.#id };
    try {
      await this.place.client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    } catch (error) {
      throw s3Failure(`cannot complete ${this.place.key}`, error);
    }
  }

  /** Waits for parts under way first: one that arrives after the abort would stay. */
  async abort(): Promise<void> {
    await Promise.all(this.#inFlight);
    const id = await this.#id?.catch(() => undefined);
    if (id !== undefined) await abortMultipart(this.place, id);
  }

  async #send(bytes: Uint8Array, index: number): Promise<void> {
    const { client, bucket, name } = this.place;
    this.#id ??= createMultipart(this.place);
    const part = { Bucket: bucket, Key: name, UploadId: await this.#id, PartNumber: index + 1, Body: bytes, ContentLength: bytes.length };
    const { ETag = '' } = await client.send(new UploadPartCommand(part));
    this.#tags[index] = ETag;
  }
}

/** Begins a multipart upload and gives its id. */
export async function createMultipart({ client, bucket, name }: S3Place): Promise<string> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: name }));
  if (UploadId === undefined) throw new Error('the server gave no upload id');
  return UploadId;
}

/** No error when the upload is gone already. */
export async function abortMultipart({ client, bucket, key, name }: S3Place, id: string): Promise<void> {
  try {
    await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: name, UploadId: id }));
  } catch (error) {
    if (!isMissing(error)) throw s3Failure(`cannot abort the upload of ${key}`, error);
  }
}
