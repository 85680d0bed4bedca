import { ModelFileFault } from './model-file-fault.js';
import type { ModelHeader } from './model-header.js';

const LENGTH_BYTES = 8;
/** The bound of the reference implementation. */
const LARGEST_HEADER = 100_000_000;

export interface SafetensorsTensor {
  dtype: string;
  shape: number[];
  /** Into the bytes after the header; the second is exclusive. */
  offsets: [number, number];
}

export interface SafetensorsHeader {
  tensors: Map<string, SafetensorsTensor>;
  metadata: Record<string, string>;
}

/**
 * Summary of a safetensors file: 8 bytes of little-endian length, then JSON (github.com/huggingface/safetensors, "Format").
 * @throws ModelFileFault
 */
export function readSafetensorsHeader(firstBytes: Uint8Array, size: number): ModelHeader {
  const end = headerEnd(firstBytes, size);
  if (end === undefined || end > firstBytes.length) return { format: 'safetensors', needs: end ?? LENGTH_BYTES };
  const { tensors, metadata } = parseSafetensors(firstBytes.subarray(LENGTH_BYTES, end), size - end);
  const byDtype = new Map<string, number>();
  for (const { dtype, shape } of tensors.values()) byDtype.set(dtype, (byDtype.get(dtype) ?? 0) + elements(shape));
  const [most] = [...byDtype].sort(([, a], [, b]) => b - a);
  return {
    format: 'safetensors',
    ...(metadata['modelspec.architecture'] ? { architecture: metadata['modelspec.architecture'] } : {}),
    ...(most ? { quantization: most[0] } : {}),
    parameters: [...byDtype.values()].reduce((sum, count) => sum + count, 0),
    tensors: tensors.size,
  };
}

/**
 * @param json the header without its length
 * @param dataSize bytes after the header
 * @throws ModelFileFault
 */
export function parseSafetensors(json: Uint8Array, dataSize: number): SafetensorsHeader {
  const header = parseObject(json);
  const { __metadata__: metadata = {}, ...entries } = header;
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw new ModelFileFault('__metadata__ is not a map of strings');
  }
  const tensors = Object.entries(entries).map(([name, entry]) => [name, parseTensor(name, entry, dataSize)] as const);
  return { tensors: new Map(tensors), metadata: metadata as Record<string, string> };
}

function headerEnd(bytes: Uint8Array, size: number): number | undefined {
  if (size < LENGTH_BYTES) throw new ModelFileFault('the file is too short for a safetensors header');
  if (bytes.length < LENGTH_BYTES) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > LARGEST_HEADER) throw new ModelFileFault(`the safetensors header claims ${length} bytes`);
  const end = LENGTH_BYTES + Number(length);
  if (end > size) throw new ModelFileFault('the safetensors header is longer than the file');
  return end;
}

function parseObject(json: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch (cause) {
    throw new ModelFileFault('the safetensors header is not JSON', { cause });
  }
  if (!isRecord(value)) throw new ModelFileFault('the safetensors header is not a JSON object');
  return value;
}

function parseTensor(name: string, entry: unknown, dataSize: number): SafetensorsTensor {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
  const label = JSON.stringify(name.slice(0, 80));
  if (typeof dtype !== 'string' || !isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw new ModelFileFault(`tensor ${label} has no dtype, shape and data_offsets`);
  }
  const [begin, end] = offsets as [number, number];
  // Not even one bit a weight is left beyond this.
  if (end > dataSize || elements(shape) > (end - begin) * 8) throw new ModelFileFault(`tensor ${label} does not fit into its file`);
  return { dtype: dtype.slice(0, 16), shape, offsets: [begin, end] };
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= 16 && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
