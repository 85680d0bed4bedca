import { constants, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { AppendOptions } from '../object-store.js';
import { blockSize, giveBack, takeBlock } from './aligned-blocks.js';
import type { Block } from './aligned-blocks.js';
import { diskFailure } from './failure.js';

/** Blocks that are being written or looked at: enough that neither waits for a moment's delay of the other. */
const mostUnderWay = 4;

/**
 * Gathers chunks into blocks; some are written and observed while the next is being filled. Whole blocks go past the page
 * cache (O_DIRECT), where the file system can: through it, writing 2 GiB took three times as long as hashing them and
 * pushed out what downloads were reading.
 */
export class UploadWriter {
  #filling: Block | undefined;
  #filled = 0;
  readonly #underWay: Promise<void>[] = [];
  #written: Promise<void> = Promise.resolve();
  #direct: Promise<FileHandle | undefined> | undefined;
  #stopped = false;

  constructor(
    private readonly file: FileHandle,
    private readonly path: string,
    private position: number,
    private readonly options: AppendOptions,
  ) {}

  /** Copies the chunk; resolves when there is room for another. After `stop` it does nothing. */
  async add(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length && !this.#stopped;) {
      this.#filling ??= takeBlock();
      // Blocks end where blocks of the file end, also when an upload was resumed in the middle of one.
      const capacity = blockSize - (this.position % blockSize);
      const piece = chunk.subarray(at, at + capacity - this.#filled);
      this.#filling.bytes.set(piece, this.#filled);
      this.#filled += piece.length;
      at += piece.length;
      if (this.#filled === capacity) await this.#passOn();
    }
    if (this.options.freeChunks) free(chunk);
  }

  /** Resolves when everything that was added is on the disk and was observed. */
  async finish(): Promise<void> {
    await this.#passOn();
    while (this.#underWay.length > 0) await this.#underWay.shift();
    await this.file.datasync().catch((error: unknown) => Promise.reject(diskFailure('cannot sync an upload', error)));
  }

  /** Resolves when what is under way is over; nothing else begins. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#underWay);
  }

  /** Stops, and lets go of memory and of what it has opened; the file stays open. */
  async close(): Promise<void> {
    await this.stop();
    if (this.#filling) giveBack(this.#filling);
    this.#filling = undefined;
    await (await this.#direct)?.close();
  }

  async #passOn(): Promise<void> {
    while (this.#underWay.length >= mostUnderWay) await this.#underWay.shift();
    const [block, length, position] = [this.#filling, this.#filled, this.position];
    if (this.#stopped || !block) return;
    this.#filling = undefined;
    this.#filled = 0;
    this.position += length;
    const passing = this.#pass(block, length, position);
    // Whoever awaits it next gets the rejection; until then it must not count as unhandled.
    passing.catch(() => {});
    this.#underWay.push(passing);
  }

  /** Writes in order, so that a crash leaves no hole; the block is used again only when both are done with it. */
  async #pass(block: Block, length: number, position: number): Promise<void> {
    const written = this.#written.then(() => this.#write(block, length, position));
    this.#written = written;
    const observed = (async () => this.options.observe?.(block.bytes.subarray(0, length)))();
    const outcomes = await Promise.allSettled([written, observed]);
    giveBack(block);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  async #write(block: Block, length: number, position: number): Promise<void> {
    try {
      const direct = block.aligned && length === blockSize ? await this.#openDirect() : undefined;
      const { bytesWritten } = await (direct
        ? this.#writeDirect(direct, block, position)
        : this.file.write(block.bytes, 0, length, position));
      if (bytesWritten < length) throw new Error(`${bytesWritten} of ${length} bytes were written`);
    } catch (error) {
      throw diskFailure('cannot write an upload', error);
    }
  }

  /** Some file systems open a file for direct I/O and refuse it only when it is written: then the rest goes the ordinary way. */
  async #writeDirect(direct: FileHandle, block: Block, position: number): Promise<{ bytesWritten: number }> {
    try {
      return await direct.write(block.bytes, 0, blockSize, position);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
      this.#direct = direct.close().then(() => undefined);
      return this.file.write(block.bytes, 0, blockSize, position);
    }
  }

  /** Undefined where the file system has no direct I/O. */
  #openDirect(): Promise<FileHandle | undefined> {
    return (this.#direct ??= open(this.path, constants.O_WRONLY | constants.O_DIRECT).catch(() => undefined));
  }
}

/**
 * Frees a chunk's memory now, where it is the chunk's alone. Left to the collector, the 64 KiB pieces of a socket make it
 * go through the whole heap once every 64 MiB, which took more processor time than receiving, hashing and writing them.
 */
function free({ buffer, byteLength }: Uint8Array): void {
  if (byteLength >= 16 * 1024 && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
