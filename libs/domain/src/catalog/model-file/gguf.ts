import { ByteCursor, MoreBytesNeeded } from './byte-cursor.js';
import { ggufFileType } from './gguf-file-type.js';
import { ModelFileFault } from './model-file-fault.js';
import type { ModelHeader } from './model-header.js';

// @huggingface/gguf parses URLs and local files, asynchronously, and keeps every tokenizer list; this pure reader takes
// bytes, keeps a few scalars, and is compared with that library in its test.

const MOST_ENTRIES = 100_000;
const MOST_ITEMS = 10_000_000;
const MOST_TENSORS = 1_000_000;
const MOST_DIMENSIONS = 8;
const LONGEST_NAME = 65_535;
const LONGEST_TEXT = 64 * 1024 * 1024;
const LONGEST_KEPT_TEXT = 256;

const STRING = 8;
const ARRAY = 9;
/** Width in bytes of each scalar type of the specification. */
const WIDTHS: Record<number, 1 | 2 | 4 | 8> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
const FLOATS = new Set([6, 12]);
const SIGNED = new Set([1, 3, 5, 11]);

type Entries = Map<string, string | number>;

/**
 * Reads the key-value pairs and tensor infos of a little-endian GGUF, versions 2 and 3 (github.com/ggml-org/ggml, docs/gguf.md).
 * @throws ModelFileFault
 */
export function readGgufHeader(firstBytes: Uint8Array, size: number): ModelHeader {
  const cursor = new ByteCursor(firstBytes, size);
  const entries: Entries = new Map();
  const counted: Pick<ModelHeader, 'tensors' | 'parameters'> = {};
  try {
    cursor.skip(4);
    const version = cursor.u32();
    if (version !== 2 && version !== 3) throw new ModelFileFault(`GGUF version ${version} is neither 2 nor 3`);
    counted.tensors = cursor.count(MOST_TENSORS, 'tensors');
    const length = cursor.count(MOST_ENTRIES, 'key-value pairs');
    for (let index = 0; index < length; index += 1) readEntry(cursor, entries);
    counted.parameters = countParameters(cursor, counted.tensors, size);
  } catch (error) {
    if (!(error instanceof MoreBytesNeeded)) throw error;
    return { ...summary(entries), ...counted, needs: error.needs };
  }
  return { ...summary(entries), ...counted };
}

function readEntry(cursor: ByteCursor, entries: Entries): void {
  const key = cursor.text(LONGEST_NAME, 'length of a key');
  const type = cursor.u32();
  if (type === ARRAY) return skipArray(cursor);
  if (type !== STRING) {
    entries.set(key, readScalar(cursor, type));
    return;
  }
  const text = cursor.text(LONGEST_TEXT, `length of ${key}`);
  if (text.length <= LONGEST_KEPT_TEXT) entries.set(key, text);
}

function readScalar(cursor: ByteCursor, type: number): number {
  const width = widthOf(type);
  return FLOATS.has(type) ? cursor.float(width as 4 | 8) : cursor.integer(width, SIGNED.has(type));
}

/** Nested arrays are in the specification and in no file seen; they are refused. */
function skipArray(cursor: ByteCursor): void {
  const type = cursor.u32();
  const items = cursor.count(MOST_ITEMS, 'items of an array');
  if (type !== STRING) return cursor.skip(items * widthOf(type));
  for (let index = 0; index < items; index += 1) cursor.skip(cursor.count(LONGEST_TEXT, 'length of an item'));
}

function widthOf(type: number): 1 | 2 | 4 | 8 {
  const width = WIDTHS[type];
  if (!width) throw new ModelFileFault(`there is no GGUF value type ${type} here`);
  return width;
}

function countParameters(cursor: ByteCursor, tensors: number, size: number): number {
  let parameters = 0;
  for (let index = 0; index < tensors; index += 1) {
    cursor.skip(cursor.count(LONGEST_NAME, 'length of a tensor name'));
    const dimensions = cursor.u32();
    if (dimensions > MOST_DIMENSIONS) throw new ModelFileFault(`a tensor claims ${dimensions} dimensions`);
    let elements = 1;
    for (let dimension = 0; dimension < dimensions; dimension += 1) elements *= Number(cursor.u64());
    cursor.skip(4 + 8);
    parameters += elements;
  }
  // Not even one bit a weight is left beyond this.
  if (parameters > size * 8) throw new ModelFileFault(`${parameters} parameters do not fit into ${size} bytes`);
  return parameters;
}

function summary(entries: Entries): ModelHeader {
  const header: ModelHeader = { format: 'gguf' };
  const architecture = entries.get('general.architecture');
  const name = entries.get('general.name');
  if (typeof architecture === 'string') header.architecture = architecture;
  if (typeof name === 'string') header.name = name;
  const quantization = ggufFileType(entries.get('general.file_type'));
  if (quantization) header.quantization = quantization;
  const numbers = { contextLength: 'context_length', layers: 'block_count', embeddingLength: 'embedding_length' } as const;
  for (const [field, key] of Object.entries(numbers) as [keyof typeof numbers, string][]) {
    const value = entries.get(`${architecture}.${key}`);
    if (Number.isSafeInteger(value)) header[field] = value as number;
  }
  return header;
}
