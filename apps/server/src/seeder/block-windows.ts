import type { ObjectStore } from '@paddock/storage';
import { buffer } from 'node:stream/consumers';

const WINDOW = 1024 * 1024;
const MOST = 32;

/**
 * Peers ask for 16 KiB at a time and mostly for the next ones: the store is read in windows of 1 MiB, by Range from S3 and
 * where they lie on disk, and the last few are kept for all peers. A file is never held as a whole.
 */
export class BlockWindows {
  private readonly windows = new Map<string, Promise<Buffer>>();

  constructor(private readonly store: ObjectStore) {}

  async read(key: string, size: number, first: number, length: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let at = first; at < first + length;) {
      const window = Math.floor(at / WINDOW);
      const bytes = await this.window(key, size, window);
      const from = at - window * WINDOW;
      const piece = bytes.subarray(from, Math.min(bytes.length, from + first + length - at));
      if (piece.length === 0) throw new Error('the store holds less than the release says');
      pieces.push(piece);
      at += piece.length;
    }
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  }

  private window(key: string, size: number, window: number): Promise<Buffer> {
    const name = `${key} ${window}`;
    let reading = this.windows.get(name);
    // Taken out and put back, so that the one at the front is the one that was longest unused.
    if (reading) this.windows.delete(name);
    else {
      const first = window * WINDOW;
      reading = this.store.read(key, { first, last: Math.min(size, first + WINDOW) - 1 }).then((stream) => buffer(stream));
      reading.catch(() => this.windows.delete(name));
    }
    this.windows.set(name, reading);
    if (this.windows.size > MOST) this.windows.delete(this.windows.keys().next().value!);
    return reading;
  }
}
