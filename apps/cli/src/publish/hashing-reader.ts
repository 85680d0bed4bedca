import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { CliFailure, EXIT } from '../cli-failure.js';
import type { LocalFile } from './scan-directory.js';

/** A file, or the part of one that begins at a byte, such as in an archive; `modifiedMs` is of the whole. */
export type ReadableFile = LocalFile & { within?: { start: number; size: number } };

const PUBLISH_AGAIN = 'Wait until nothing writes to the directory and use a new release name.';

/**
 * A file that is read once and hashed as it is read. A resumed upload reads parts again, which are not hashed again.
 * Reading and hashing are synchronous: chunks are small, and for each byte that costs less processor time than a worker
 * or a thread pool does, which matters where the portal runs on the same machine.
 */
export class HashingReader {
  private readonly hash = createHash('sha256');
  private readonly descriptor: number;
  private hashed = 0;

  constructor(
    readonly file: ReadableFile,
    private readonly remedy = PUBLISH_AGAIN,
  ) {
    try {
      this.descriptor = openSync(file.location, constants.O_RDONLY | constants.O_NOFOLLOW);
    } catch {
      throw this.changed();
    }
  }

  /** Fills the buffer from an offset that lies at or before what was hashed; returns the bytes read. */
  read(buffer: Uint8Array, offset: number): Uint8Array {
    if (offset === 0) this.assertUnchanged();
    const length = readSync(this.descriptor, buffer, 0, Math.min(buffer.length, this.file.size - offset), this.start + offset);
    if (length === 0) throw this.changed();
    const bytes = buffer.subarray(0, length);
    if (offset + length > this.hashed) {
      this.hash.update(bytes.subarray(this.hashed - offset));
      this.hashed = offset + length;
    }
    return bytes;
  }

  /** Reads on, without sending, until everything before the offset is hashed. */
  async hashUpTo(offset: number, buffer: Uint8Array): Promise<void> {
    while (this.hashed < offset) {
      this.read(buffer.subarray(0, Math.min(buffer.length, offset - this.hashed)), this.hashed);
      await new Promise(setImmediate);
    }
  }

  /** Hexadecimal SHA-256 of the whole file. @throws CliFailure when the file changed since the directory was read */
  digest(): string {
    this.assertUnchanged();
    return this.hash.digest('hex');
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private assertUnchanged(): void {
    const { size, mtimeMs } = fstatSync(this.descriptor);
    if (size !== (this.file.within?.size ?? this.file.size) || mtimeMs !== this.file.modifiedMs) throw this.changed();
  }

  private get start(): number {
    return this.file.within?.start ?? 0;
  }

  private changed(): CliFailure {
    return new CliFailure('file-changed', `${this.file.path} changed while it was being sent`, this.remedy, EXIT.wrongBytes);
  }
}
