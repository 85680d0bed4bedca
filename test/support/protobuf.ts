/** One message of Protocol Buffers, by the numbers of its fields: enough to read what a sender means without its schema's code. */
export class ProtobufMessage {
  private readonly fields = new Map<number, (Buffer | bigint)[]>();

  constructor(bytes: Buffer) {
    for (let at = 0; at < bytes.length;) {
      const tag = varint(bytes, at);
      const [number, type] = [Number(tag.value >> 3n), Number(tag.value & 7n)];
      at = tag.end;
      const length = type === 2 ? varint(bytes, at) : undefined;
      const begin = length?.end ?? at;
      const end = begin + (length ? Number(length.value) : (SIZES[type] ?? varint(bytes, at).end - at));
      const value = type === 0 ? varint(bytes, at).value : bytes.subarray(begin, end);
      this.fields.set(number, [...(this.fields.get(number) ?? []), value]);
      at = end;
    }
  }

  bytes(field: number): Buffer {
    return (this.fields.get(field)?.at(-1) as Buffer | undefined) ?? Buffer.alloc(0);
  }

  text(field: number): string {
    return this.bytes(field).toString();
  }

  int(field: number): number {
    return Number(this.fields.get(field)?.at(-1) ?? 0);
  }

  has(field: number): boolean {
    return this.fields.has(field);
  }

  all(field: number): ProtobufMessage[] {
    return (this.fields.get(field) ?? []).map((bytes) => new ProtobufMessage(bytes as Buffer));
  }

  one(field: number): ProtobufMessage {
    return new ProtobufMessage(this.bytes(field));
  }

  double(field: number): number {
    return this.has(field) ? this.bytes(field).readDoubleLE() : 0;
  }

  /** Packed numbers of 64 bits. */
  packed(field: number, read: 'readDoubleLE' | 'readBigUInt64LE'): number[] {
    const bytes = this.bytes(field);
    return Array.from({ length: bytes.length / 8 }, (_, index) => Number(bytes[read](index * 8)));
  }
}

const SIZES: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

function varint(bytes: Buffer, at: number): { value: bigint; end: number } {
  let value = 0n;
  for (let shift = 0n; ; shift += 7n, at += 1) {
    value |= BigInt(bytes[at]! & 127) << shift;
    if (bytes[at]! < 128) return { value, end: at + 1 };
  }
}
