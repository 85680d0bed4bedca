import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import type { ObjectKey } from '../object-store.js';
import { s3Failure } from './failure.js';
import { abortMultipart, createMultipart } from './multipart.js';
import type { S3Place } from './objects.js';
import { Received, S3Upload } from './upload.js';

/** The uploads of one store; the resumable ones are known as long as this process lives. */
export class S3Uploads {
  readonly #resumable = new Map<ObjectKey, S3Upload>();

  constructor(private readonly partSize: number) {}

  /** Tries whether the bucket can be written, and leaves nothing in it. */
  async check(place: S3Place): Promise<void> {
    try {
      await abortMultipart(place, await createMultipart(place));
    } catch (error) {
      throw s3Failure(`the bucket ${place.bucket} cannot be written`, error);
    }
  }

  /** Begins an upload that cannot be resumed. */
  begin(place: S3Place): S3Upload {
    return new S3Upload(new Received(place, this.partSize));
  }

  /** Opens the one resumable upload of a key; whoever held it before can no longer append or finish. */
  async open(place: S3Place, resume: boolean): Promise<S3Upload> {
    const known = this.#resumable.get(place.key);
    const upload = known && resume && !known.over ? new S3Upload(known.surrender()) : await this.#openNew(place, known);
    this.#forgetEnded();
    this.#resumable.set(place.key, upload);
    return upload;
  }

  async #openNew(place: S3Place, known: S3Upload | undefined): Promise<S3Upload> {
    if (known && !known.over) await known.abort();
    await abortAll(place);
    return this.begin(place);
  }

  #forgetEnded(): void {
    for (const [key, upload] of this.#resumable) if (upload.over) this.#resumable.delete(key);
  }
}

/** Clears away all multipart uploads of a key, those of earlier processes too. */
async function abortAll(place: S3Place): Promise<void> {
  const { client, bucket, key, name } = place;
  try {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: name }));
    for (const { Key, UploadId } of Uploads) {
      if (Key === name && UploadId !== undefined) await abortMultipart(place, UploadId);
    }
  } catch (error) {
    throw s3Failure(`cannot clear earlier uploads of ${key}`, error);
  }
}
