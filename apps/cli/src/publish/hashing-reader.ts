import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { CliFailure, EXIT } from '../cli-failure.js';
import type { LocalFile } from './scan-directory.js';

/**
 * A file that is read once and hashed as it is read. A resumed upload reads parts again, which are not hashed again.
 * Reading and hashing are synchronous: chunks are small, and for each byte that costs less processor time than a worker
 * or a thread pool does, which matters where the portal runs on the same machine.
 */
export class HashingReader {
  private readonly hash = createHash('sha256');
  private readonly descriptor: number;
  private hashed = 0;

  constructor(readonly file: LocalFile) {
    try {
      this.descriptor = openSync(file.location, constants.O_RDONLY | constants.O_NOFOLLOW);
    } catch {
      throw this.changed();
    }
  }

  /** Fills the buffer from an offset that lies at or before what was hashed; returns the bytes read. */
  read(buffer: Uint8Array, offset: number): Uint8Array {
    if (offset === 0) this.assertUnchanged();
    const length = readSync(this.descriptor, buffer, 0, Math.min(buffer.length, this.file.size - offset), offset);
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
    if (size !== this.file.size || mtimeMs !== this.file.modifiedMs) throw this.changed();
  }

  private changed(): CliFailure {
    const detail = `${this.file.path} changed while it was being published`;
    const remedy = 'Wait until nothing writes to the directory and use a new release name.';
    return new CliFailure('file-changed', detail, remedy, EXIT.wrongBytes);
  }
}
