import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CliFailure, EXIT } from '../cli-failure.js';

const CHUNK = 1024 * 1024;

/** SHA-256 and size of a file, or undefined where there is none. */
export async function measure(location: string): Promise<{ size: number; sha256: string } | undefined> {
  const handle = await open(location).catch(() => undefined);
  if (!handle) return undefined;
  try {
    const { size, hash } = await hashAll(handle);
    return { size, sha256: hash.digest('hex') };
  } finally {
    await handle.close();
  }
}

/**
 * `<location>.part`: what has arrived of a file, hashed as it arrives.
 * Connections bring pieces of 64 KiB or less; they are written and hashed in larger ones, so that the system is called less often.
 */
export class PartialFile {
  private readonly buffer = Buffer.allocUnsafeSlow(CHUNK);
  private buffered = 0;

  private constructor(
    private readonly location: string,
    private readonly handle: FileHandle,
    private flushed: number,
    private hash: Hash,
  ) {}

  /** Takes up what an earlier run left. */
  static open(location: string): Promise<PartialFile> {
    return written(location, async () => {
      await mkdir(dirname(location), { recursive: true });
      const handle = await open(`${location}.part`, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o644);
      const { size, hash } = await hashAll(handle);
      return new PartialFile(location, handle, size, hash);
    });
  }

  /** In bytes. */
  get size(): number {
    return this.flushed + this.buffered;
  }

  async append(bytes: Uint8Array): Promise<void> {
    for (let taken = 0; taken < bytes.length;) {
      const piece = bytes.subarray(taken, taken + CHUNK - this.buffered);
      this.buffer.set(piece, this.buffered);
      this.buffered += piece.length;
      taken += piece.length;
      if (this.buffered === CHUNK) await this.flush();
    }
  }

  /** Brings everything that was appended to the disk's cache and into the hash. */
  flush(): Promise<void> {
    return written(this.location, async () => {
      for (let done = 0; done < this.buffered;) {
        const { bytesWritten } = await this.handle.write(this.buffer, done, this.buffered - done, this.flushed + done);
        done += bytesWritten;
      }
      this.hash.update(this.buffer.subarray(0, this.buffered));
      this.flushed += this.buffered;
      this.buffered = 0;
    });
  }

  restart(): Promise<void> {
    return written(this.location, async () => {
      await this.handle.truncate(0);
      this.flushed = this.buffered = 0;
      this.hash = createHash('sha256');
    });
  }

  async sha256(): Promise<string> {
    await this.flush();
    return this.hash.copy().digest('hex');
  }

  /** Gives the file its name. */
  finish(): Promise<void> {
    return written(this.location, () => rename(`${this.location}.part`, this.location));
  }

  discard(): Promise<void> {
    return rm(`${this.location}.part`, { force: true });
  }

  /** Keeps what has arrived for the next run. */
  async close(): Promise<void> {
    await this.flush().finally(() => this.handle.close());
  }
}

async function hashAll(handle: FileHandle): Promise<{ size: number; hash: Hash }> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK);
  for (let size = 0; ;) {
    const { bytesRead } = await handle.read(buffer, 0, CHUNK, size);
    if (bytesRead === 0) return { size, hash };
    hash.update(buffer.subarray(0, bytesRead));
    size += bytesRead;
  }
}

/** @throws CliFailure that names the file, where it cannot be written */
export async function written<T>(location: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    const detail = `${location}: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new CliFailure('cannot-write', detail, 'Free space or choose another directory with --dir.', EXIT.cannotWrite, { cause });
  }
}
