import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { IndexedFile } from './dossier-index.js';

/**
 * The one moment of all entries: nothing of when or where it was written is in the file. A DOS time has no zone, so the local
 * first moment of 1980 is the same bytes everywhere. Stored, not deflated: zlib's output differs between versions.
 */
const ENTRY = { mtime: new Date(1980, 0, 1), mode: 0o100644, compress: false, forceDosTimestamp: true };

/** Writes a ZIP as it is read, one entry after another, and knows what it has written. */
export class ZipWriter {
  readonly written: IndexedFile[] = [];
  private readonly zip = new ZipFile();
  /** Rejects once nobody reads any more: else what is not read would be waited for without end. */
  private readonly left = once(this.zip.outputStream, 'close').then(() => Promise.reject(new Error('the reader left')));

  constructor() {
    this.left.catch(() => undefined);
  }

  get output(): Readable {
    return this.zip.outputStream as Readable;
  }

  /** Resolves once the entry has been taken whole. */
  async add(path: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
    const hash = createHash('sha256');
    let size = 0;
    async function* observed() {
      for await (const chunk of content) {
        hash.update(chunk);
        size += chunk.length;
        yield chunk;
      }
    }
    const source = Readable.from(observed());
    const ended = once(source, 'end');
    this.zip.addReadStream(source, path, ENTRY);
    await Promise.race([ended, this.left]);
    this.written.push({ path, size, sha256: hash.digest('hex') });
  }

  end(): void {
    this.zip.end();
  }

  /** Cuts the file, so that nobody takes it for whole. */
  fail(error: unknown): void {
    this.output.destroy(error as Error);
  }
}
