import { createCipheriv, createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { StoreUnderTest } from '../conformance.js';

export type Given = () => StoreUnderTest;

export const mebibyte = 1024 * 1024;

/** Bytes that differ from place to place, the same for the same seed. */
export function bytesOf(size: number, seed = 1): Buffer {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16)).update(Buffer.alloc(size));
}

/** Gives the bytes in pieces, as a network would. */
export async function* inPieces(bytes: Uint8Array, pieceSize = 64 * 1024): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceSize) {
    await setImmediate();
    yield bytes.subarray(at, at + pieceSize);
  }
}

/** Gives the bytes and then fails, as a client does that goes away. */
export async function* breakingOff(bytes: Uint8Array, error: Error): AsyncIterable<Uint8Array> {
  yield* inPieces(bytes);
  throw error;
}

/** A stream of one piece over and over, never in memory as a whole. */
export async function* repeated(piece: Uint8Array, times: number): AsyncIterable<Uint8Array> {
  for (let time = 0; time < times; time++) {
    await setImmediate();
    yield Buffer.from(piece);
  }
}

export async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Keeps what it takes; a copy, since a sender may use its buffers again. */
export class KeepingSink extends Writable {
  readonly chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.chunks.push(Buffer.from(chunk));
    setTimeout(done, 1);
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

/** Takes a number of blocks and then never calls back, as a client does that stops reading. */
export class StallingSink extends Writable {
  stalled = Promise.withResolvers<void>();

  constructor(private blocksToTake = 0) {
    super({ highWaterMark: 1 });
  }

  override _write(_chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.blocksToTake-- > 0) done();
    else this.stalled.resolve();
  }
}
