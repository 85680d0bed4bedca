import { ModelFileFault } from './model-file-fault.js';

/** Thrown when a value lies beyond the bytes at hand; `needs` counts bytes from the start of the file. */
export class MoreBytesNeeded extends Error {
  constructor(readonly needs: number) {
    super(`needs ${needs} bytes`);
  }
}

/** Reads little-endian values one after another; it never reads or allocates beyond the bytes at hand. */
export class ByteCursor {
  private readonly view: DataView;
  private position = 0;

  constructor(
    private readonly bytes: Uint8Array,
    /** Of the whole file, in bytes. */
    private readonly size: number,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  u64(): bigint {
    return this.view.getBigUint64(this.advance(8), true);
  }

  /** A 64-bit count, refused above `most`. */
  count(most: number, what: string): number {
    const value = this.u64();
    if (value > BigInt(most)) throw new ModelFileFault(`${what}: ${value} is more than ${most}`);
    return Number(value);
  }

  /** Text after a 64-bit length in bytes. */
  text(longest: number, what: string): string {
    const length = this.count(longest, what);
    const start = this.advance(length);
    return new TextDecoder().decode(this.bytes.subarray(start, start + length));
  }

  skip(length: number): void {
    this.advance(length);
  }

  float(width: 4 | 8): number {
    const start = this.advance(width);
    return width === 4 ? this.view.getFloat32(start, true) : this.view.getFloat64(start, true);
  }

  integer(width: 1 | 2 | 4 | 8, signed: boolean): number {
    const start = this.advance(width);
    if (width === 1) return signed ? this.view.getInt8(start) : this.view.getUint8(start);
    if (width === 2) return signed ? this.view.getInt16(start, true) : this.view.getUint16(start, true);
    if (width === 4) return signed ? this.view.getInt32(start, true) : this.view.getUint32(start, true);
    return Number(signed ? this.view.getBigInt64(start, true) : this.view.getBigUint64(start, true));
  }

  private advance(length: number): number {
    const start = this.position;
    const end = start + length;
    if (end > this.size) throw new ModelFileFault('the header goes on beyond the end of the file');
    if (end > this.bytes.length) throw new MoreBytesNeeded(end);
    this.position = end;
    return start;
  }
}
