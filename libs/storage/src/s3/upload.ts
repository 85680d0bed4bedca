import { PutObjectCommand } from '@aws-sdk/client-s3';
import { AdapterFailure } from '@paddock/domain';
import type { AppendOptions, ObjectKey, StoredObject, Upload } from '../object-store.js';
import { s3Failure } from './failure.js';
import { Multipart } from './multipart.js';
import { headObject } from './objects.js';
import type { S3Place } from './objects.js';
import { mostParts, partSizeAt } from './part-size.js';

/** What an upload has received: parts on the server, and less than one more part in memory. */
export class Received {
  readonly multipart: Multipart;
  chunks: Uint8Array[] = [];
  bytesInMemory = 0;
  offset = 0;

  constructor(
    readonly place: S3Place,
    readonly partSize: number,
  ) {
    this.multipart = new Multipart(place);
  }
}

/** An upload that holds less than one part in memory, and two more while they are under way. */
export class S3Upload implements Upload {
  readonly key: ObjectKey;
  #over: string | undefined;

  constructor(private readonly received: Received) {
    this.key = received.place.key;
  }

  get offset(): number {
    return this.received.offset;
  }

  async append(source: AsyncIterable<Uint8Array>, { observe }: AppendOptions = {}): Promise<void> {
    this.#assertGoing();
    const { received } = this;
    for await (const chunk of source) {
      this.#assertGoing();
      await observe?.(chunk);
      received.chunks.push(chunk);
      received.bytesInMemory += chunk.length;
      received.offset += chunk.length;
      await this.#sendFullParts();
    }
  }

  async finish(): Promise<StoredObject> {
    this.#assertGoing();
    this.#over = 'it is finished';
    const { place, multipart, chunks, bytesInMemory, offset } = this.received;
    if (multipart.nextNumber === 1) {
      await this.#putWhole(Buffer.concat(chunks));
    } else {
      if (bytesInMemory > 0) await multipart.add(Buffer.concat(chunks));
      await multipart.complete();
    }
    const stored = await headObject(place);
    return { key: this.key, size: offset, modifiedAt: stored?.modifiedAt ?? new Date() };
  }

  async abort(): Promise<void> {
    this.#over ??= 'it was aborted';
    await this.received.multipart.abort();
  }

  /** Gives what was received to another upload of the same key; this one ends. */
  surrender(): Received {
    this.#assertGoing();
    this.#over = 'another upload of the same key took over';
    return this.received;
  }

  /** True once it can neither go on nor be handed over. */
  get over(): boolean {
    return this.#over !== undefined;
  }

  async #sendFullParts(): Promise<void> {
    const { received } = this;
    for (let size = this.#nextSize(); received.bytesInMemory >= size; size = this.#nextSize()) {
      const gathered = Buffer.concat(received.chunks);
      // A copy: a view of a few bytes would keep the whole part in memory.
      received.chunks = [Buffer.from(gathered.subarray(size))];
      received.bytesInMemory -= size;
      try {
        await received.multipart.add(gathered.subarray(0, size));
      } catch (error) {
        this.#over ??= 'a part could not be sent';
        throw error;
      }
    }
  }

  #nextSize(): number {
    const number = this.received.multipart.nextNumber;
    if (number > mostParts) throw this.#failure(`it is larger than ${mostParts} parts`);
    return partSizeAt(number, this.received.partSize);
  }

  async #putWhole(body: Buffer): Promise<void> {
    const { client, bucket, name } = this.received.place;
    try {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: name, Body: body, ContentLength: body.length }));
    } catch (error) {
      throw s3Failure(`cannot put ${this.key}`, error);
    }
  }

  #assertGoing(): void {
    if (this.#over) throw this.#failure(this.#over);
  }

  #failure(reason: string): AdapterFailure {
    return new AdapterFailure('S3 store', `the upload of ${this.key} cannot go on: ${reason}`, false);
  }
}
