import type { Stats } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import type { Writable } from 'node:stream';
import { AdapterFailure } from '@paddock/domain';
import { makeFolder, syncFolder } from './disk/durable.js';
import { diskFailure, isMissing } from './disk/failure.js';
import { listFiles, statObject } from './disk/listing.js';
import { sendFile } from './disk/send.js';
import { DiskUploads } from './disk/uploads.js';
import { checkKey, checkPrefix, checkRange } from './object-key.js';
import type { ByteRange, ObjectKey, ObjectStore, StoredObject, Upload } from './object-store.js';

const readAhead = 256 * 1024;

export interface DiskStoreOptions {
  /** The folder of the store, made when missing. Objects are files at `objects/<key>`, uploads in `uploads/`. */
  root: string;
}

/**
 * Objects as plain files. An object is synced before it appears under its key by a rename, so it is there whole or not
 * at all, also after a crash. A key cannot be the folder of another one: with `a/b` stored, `a` is refused.
 */
export function diskStore(options: DiskStoreOptions): ObjectStore {
  return new DiskStore(resolve(options.root));
}

class DiskStore implements ObjectStore {
  readonly kind = 'disk';
  readonly #objects: string;
  readonly #uploads: DiskUploads;

  constructor(root: string) {
    this.#objects = join(root, 'objects');
    this.#uploads = new DiskUploads(join(root, 'uploads'));
  }

  async check(): Promise<void> {
    try {
      await makeFolder(this.#objects);
      await this.#uploads.check();
    } catch (error) {
      throw diskFailure('the store cannot be written', error);
    }
  }

  async head(key: ObjectKey): Promise<StoredObject | undefined> {
    return statObject(this.#path(key), key);
  }

  async read(key: ObjectKey, range?: ByteRange): Promise<Readable> {
    const { file, span } = await this.#openObject(key, range);
    if (span.last < span.first) {
      await file.close();
      return Readable.from([]);
    }
    return file.createReadStream({ start: span.first, end: span.last, highWaterMark: readAhead });
  }

  async send(key: ObjectKey, sink: Writable, { range, signal }: { range?: ByteRange; signal: AbortSignal }): Promise<number> {
    const { file, span } = await this.#openObject(key, range);
    try {
      return await sendFile(file, sink, span, signal);
    } finally {
      await file.close();
    }
  }

  async put(key: ObjectKey, source: AsyncIterable<Uint8Array>): Promise<StoredObject> {
    const upload = await this.#uploads.begin(key, this.#path(key));
    try {
      await upload.append(source);
      return await upload.finish();
    } catch (error) {
      await upload.abort();
      throw error;
    }
  }

  async openUpload(key: ObjectKey, options: { resume?: boolean } = {}): Promise<Upload> {
    return this.#uploads.open(key, this.#path(key), options.resume === true);
  }

  async delete(key: ObjectKey): Promise<void> {
    const path = this.#path(key);
    try {
      await unlink(path);
      await syncFolder(dirname(path));
    } catch (error) {
      if (!isMissing(error)) throw diskFailure(`cannot delete ${key}`, error);
    }
  }

  list(prefix: string): AsyncIterable<StoredObject> {
    checkPrefix(prefix);
    return listFiles(this.#objects, prefix);
  }

  #path(key: ObjectKey): string {
    checkKey(key);
    return join(this.#objects, key);
  }

  async #openObject(key: ObjectKey, range: ByteRange | undefined): Promise<{ file: FileHandle; span: ByteRange }> {
    const path = this.#path(key);
    if (range) checkRange(range);
    const file = await open(path, 'r').catch((error: unknown) => Promise.reject(openFailure(key, error)));
    try {
      return { file, span: spanOf(key, await file.stat(), range) };
    } catch (error) {
      await file.close();
      throw error;
    }
  }
}

/** The bytes to read; for a whole empty object the last lies before the first. */
function spanOf(key: ObjectKey, stats: Stats, range: ByteRange | undefined): ByteRange {
  if (!stats.isFile()) throw absent(key);
  if (!range) return { first: 0, last: stats.size - 1 };
  if (range.first >= stats.size) {
    throw new AdapterFailure('disk store', `${key} has ${stats.size} bytes: none from byte ${range.first} on`, false);
  }
  return { first: range.first, last: Math.min(range.last, stats.size - 1) };
}

function openFailure(key: ObjectKey, error: unknown): AdapterFailure {
  return isMissing(error) ? absent(key) : diskFailure(`cannot open ${key}`, error);
}

function absent(key: ObjectKey): AdapterFailure {
  return new AdapterFailure('disk store', `there is no object ${key}`, false);
}
