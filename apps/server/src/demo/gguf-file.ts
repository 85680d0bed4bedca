import { GGUFValueType, serializeGgufMetadata, type GGUFTypedMetadata } from '@huggingface/gguf';

const ALIGNMENT = 32;
const F32 = 0;

export interface GgufTensor {
  name: string;
  /** Fastest dimension first, as ggml counts them. */
  shape: number[];
  values: Float32Array;
}

/** Keys of the specification with their values: text, unsigned integers, and lists of text, floats or token types. */
export type GgufEntries = Record<string, string | number | boolean | { float: number } | { list: string[] | Float32Array | Int32Array }>;

/** A GGUF version 3 file, little-endian, with F32 tensors (github.com/ggml-org/ggml, docs/gguf.md). */
export function ggufFile(entries: GgufEntries, tensors: readonly GgufTensor[]): Uint8Array {
  const typed = Object.entries(entries).map(([key, value]) => [key, typedValue(value)] as const);
  const counts = {
    version: { value: 3, type: GGUFValueType.UINT32 },
    tensor_count: { value: BigInt(tensors.length), type: GGUFValueType.UINT64 },
    kv_count: { value: BigInt(typed.length), type: GGUFValueType.UINT64 },
  };
  // An alignment of 1 byte keeps the library from padding before the tensor infos, which follow without a gap.
  const metadata = serializeGgufMetadata({ ...counts, ...Object.fromEntries(typed) } as GGUFTypedMetadata, { alignment: 1 });
  let offset = 0;
  const infos = tensors.map((tensor) => {
    const info = tensorInfo(tensor, offset);
    offset = aligned(offset + tensor.values.byteLength);
    return info;
  });
  const parts = [metadata, ...infos];
  const data = tensors.map(({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return concatAligned([Buffer.concat(parts), ...data]);
}

function typedValue(value: GgufEntries[string]) {
  if (typeof value === 'string') return { value, type: GGUFValueType.STRING };
  if (typeof value === 'number') return { value, type: GGUFValueType.UINT32 };
  if (typeof value === 'boolean') return { value, type: GGUFValueType.BOOL };
  if ('float' in value) return { value: value.float, type: GGUFValueType.FLOAT32 };
  const { list } = value;
  const subType =
    list instanceof Float32Array ? GGUFValueType.FLOAT32 : list instanceof Int32Array ? GGUFValueType.INT32 : GGUFValueType.STRING;
  return { value: Array.from<string | number>(list), type: GGUFValueType.ARRAY, subType };
}

function tensorInfo({ name, shape }: GgufTensor, offset: number): Uint8Array {
  const bytes = Buffer.alloc(8 + name.length + 4 + 8 * shape.length + 4 + 8);
  bytes.writeBigUInt64LE(BigInt(name.length), 0);
  let at = 8 + bytes.write(name, 8, 'ascii');
  at = bytes.writeUInt32LE(shape.length, at);
  for (const dimension of shape) at = bytes.writeBigUInt64LE(BigInt(dimension), at);
  at = bytes.writeUInt32LE(F32, at);
  bytes.writeBigUInt64LE(BigInt(offset), at);
  return bytes;
}

function concatAligned(parts: readonly Uint8Array[]): Uint8Array {
  const file = new Uint8Array(parts.reduce((length, part) => aligned(length) + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    file.set(part, aligned(offset));
    offset = aligned(offset) + part.length;
  }
  return file;
}

function aligned(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}
