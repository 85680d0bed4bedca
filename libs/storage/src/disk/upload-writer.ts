import type { FileHandle } from 'node:fs/promises';
import { diskFailure } from './failure.js';

const batchBytes = 1024 * 1024;
const batchChunks = 1024;
const syncEvery = 64 * 1024 * 1024;

/**
 * Gathers chunks into large vectored writes. One batch is written while the next is being gathered, so at most two are
 * in memory. Dirty pages are sent to the disk along the way: left to the end, the final sync of 2 GiB took as long as
 * hashing them.
 */
export class UploadWriter {
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #unsynced = 0;
  #writing: Promise<void> = Promise.resolve();
  #syncing: Promise<void> | undefined;
  #stopped = false;

  constructor(
    private readonly file: FileHandle,
    private position: number,
  ) {}

  async add(chunk: Uint8Array): Promise<void> {
    if (chunk.length === 0) return;
    this.#gathered.push(chunk);
    this.#gatheredBytes += chunk.length;
    if (this.#gatheredBytes >= batchBytes || this.#gathered.length >= batchChunks) await this.#startBatch();
  }

  /** Resolves when everything that was added is on the disk. */
  async finish(): Promise<void> {
    await this.#startBatch();
    await this.#writing;
    await this.#syncing;
    await this.file.datasync().catch((error: unknown) => Promise.reject(diskFailure('cannot sync an upload', error)));
  }

  /** Resolves when the write in progress is over; no other begins. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled([this.#writing, this.#syncing]);
  }

  async #startBatch(): Promise<void> {
    await this.#writing;
    if (this.#stopped || this.#gatheredBytes === 0) return;
    const [chunks, bytes] = [this.#gathered, this.#gatheredBytes];
    this.#gathered = [];
    this.#gatheredBytes = 0;
    this.#writing = this.#write(chunks, bytes);
    // Whoever awaits it next gets the rejection; until then it must not count as unhandled.
    this.#writing.catch(() => {});
  }

  async #write(chunks: Uint8Array[], bytes: number): Promise<void> {
    try {
      const { bytesWritten } = await this.file.writev(chunks, this.position);
      if (bytesWritten < bytes) throw new Error(`${bytesWritten} of ${bytes} bytes were written`);
    } catch (error) {
      throw diskFailure('cannot write an upload', error);
    }
    this.position += bytes;
    this.#unsynced += bytes;
    if (this.#unsynced >= syncEvery && !this.#syncing) this.#startSync();
  }

  #startSync(): void {
    this.#unsynced = 0;
    // The sync in `finish` reports what a failed one here has left.
    this.#syncing = this.file.datasync().catch(() => {}).finally(() => (this.#syncing = undefined));
  }
}
