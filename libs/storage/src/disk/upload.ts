import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { AdapterFailure } from '@paddock/domain';
import type { AppendOptions, ObjectKey, StoredObject, Upload } from '../object-store.js';
import { moveIntoPlace } from './durable.js';
import { diskFailure } from './failure.js';
import { statObject } from './listing.js';
import { UploadWriter } from './upload-writer.js';

const readAhead = 1024 * 1024;

export interface UploadPlace {
  key: ObjectKey;
  /** Where the bytes are gathered. */
  path: string;
  /** Where the object becomes visible. */
  target: string;
}

/** An upload as a file that is moved into place. The file is open only during a call, so a forgotten upload holds none. */
export class DiskUpload implements Upload {
  readonly key: ObjectKey;
  #offset: number;
  #writer: UploadWriter | undefined;
  #over: string | undefined;

  constructor(
    private readonly place: UploadPlace,
    size: number,
    /** Holds this upload while it is being appended to. */
    private readonly appending: Set<DiskUpload>,
  ) {
    this.key = place.key;
    this.#offset = size;
  }

  get offset(): number {
    return this.#offset;
  }

  async append(source: AsyncIterable<Uint8Array>, options: AppendOptions = {}): Promise<void> {
    if (this.#writer) throw this.#failure('it is being appended to already');
    await this.#withFile(async (file) => {
      const writer = new UploadWriter(file, this.place.path, this.#offset, options);
      this.#writer = writer;
      this.appending.add(this);
      try {
        for await (const chunk of source) {
          if (this.#over) throw this.#failure(this.#over);
          this.#offset += chunk.length;
          await writer.add(chunk);
        }
      } finally {
        this.appending.delete(this);
        this.#writer = undefined;
        await this.#settle(writer);
      }
    });
  }

  async *readBack(): AsyncIterable<Uint8Array> {
    if (this.#offset === 0) return;
    await using file = await open(this.place.path, 'r').catch((error: unknown) =>
      Promise.reject(diskFailure(`cannot read back the upload of ${this.key}`, error)),
    );
    yield* file.createReadStream({ start: 0, end: this.#offset - 1, highWaterMark: readAhead, autoClose: false });
  }

  async finish(): Promise<StoredObject> {
    await this.#withFile((file) => file.sync());
    this.#over = 'it is finished';
    try {
      await moveIntoPlace(this.place.path, this.place.target);
    } catch (error) {
      throw diskFailure(`cannot put ${this.key} into place`, error);
    }
    const stored = await statObject(this.place.target, this.key);
    if (!stored) throw this.#failure('the object was removed at once');
    return stored;
  }

  async abort(): Promise<void> {
    await this.surrender('it was aborted');
    await rm(this.place.path, { force: true });
  }

  /** Stops an append in progress: afterwards nothing is written to the file any more. */
  async surrender(reason: string): Promise<void> {
    this.#over ??= reason;
    await this.#writer?.stop();
  }

  async #settle(writer: UploadWriter): Promise<void> {
    try {
      if (!this.#over) await writer.finish();
    } catch (error) {
      this.#over = 'a write failed';
      throw error;
    } finally {
      await writer.close();
    }
  }

  async #withFile(work: (file: FileHandle) => Promise<void>): Promise<void> {
    if (this.#over) throw this.#failure(this.#over);
    let file: FileHandle;
    try {
      file = await open(this.place.path, 'r+');
    } catch (error) {
      throw diskFailure(`the upload of ${this.key} is gone; another one of the same key may have taken over`, error);
    }
    try {
      await work(file);
    } finally {
      await file.close();
    }
  }

  #failure(reason: string): AdapterFailure {
    return new AdapterFailure('disk store', `the upload of ${this.key} cannot go on: ${reason}`, false);
  }
}
