import { GGUFValueType, gguf, serializeGgufMetadata, type GGUFTypedMetadata } from '@huggingface/gguf';
import * as fc from 'fast-check';
import { ModelFileFault } from './model-file-fault.js';
import { readModelHeader } from './model-header.js';

const { ARRAY, BOOL, FLOAT32, FLOAT64, INT8, STRING, UINT16, UINT32, UINT64 } = GGUFValueType;

/** Written by another implementation; `alignment: 1` keeps it from padding before the tensor infos. */
function file(entries: Record<string, unknown>, tensors: bigint[][] = [], dataSize = 4096, tensorCount = tensors.length): Uint8Array {
  const counts = {
    version: { value: 3, type: UINT32 },
    tensor_count: { value: BigInt(tensorCount), type: UINT64 },
    kv_count: { value: 0n, type: UINT64 },
  };
  const metadata = serializeGgufMetadata({ ...counts, ...entries } as unknown as GGUFTypedMetadata, { alignment: 1 });
  return new Uint8Array(Buffer.concat([metadata, ...tensors.map(tensorInfo), new Uint8Array(dataSize)]));
}

function tensorInfo(shape: bigint[]): Uint8Array {
  const bytes = Buffer.alloc(8 + 1 + 4 + 8 * shape.length + 4 + 8);
  bytes.writeBigUInt64LE(1n, 0);
  bytes.write('t', 8);
  bytes.writeUInt32LE(shape.length, 9);
  shape.forEach((dimension, index) => bytes.writeBigUInt64LE(dimension, 13 + 8 * index));
  return bytes;
}

const entries = {
  'general.architecture': { value: 'qwen3', type: STRING },
  'general.name': { value: 'A model', type: STRING },
  'general.file_type': { value: 15, type: UINT32 },
  'qwen3.context_length': { value: 40_960n, type: UINT64 },
  'qwen3.block_count': { value: 28, type: UINT16 },
  'qwen3.embedding_length': { value: 1024, type: UINT32 },
  'qwen3.rope.freq_base': { value: 1e6, type: FLOAT32 },
  'some.double': { value: 0.5, type: FLOAT64 },
  'some.flag': { value: true, type: BOOL },
  'some.byte': { value: -3, type: INT8 },
  'tokenizer.ggml.tokens': { value: ['a', 'bc', 'déf'], type: ARRAY, subType: STRING },
  'tokenizer.ggml.scores': { value: [1, 2, 3], type: ARRAY, subType: FLOAT32 },
};
const summary = {
  format: 'gguf',
  architecture: 'qwen3',
  name: 'A model',
  quantization: 'Q4_K_M',
  contextLength: 40_960,
  layers: 28,
  embeddingLength: 1024,
  tensors: 2,
  parameters: 1040,
};

const whole = file(entries, [[16n], [32n, 32n]]);
const read = (bytes: Uint8Array, size = bytes.length) => readModelHeader('x.bin', bytes, size);

describe('GGUF header', () => {
  test('is summed up, whatever the file is called', () => {
    expect(read(whole)).toEqual(summary);
    expect(read(new TextEncoder().encode('GGU'))).toBeUndefined();
  });

  test('agrees with another parser', async () => {
    const serve = async () => new Response(whole.slice());
    const theirs = await gguf('http://h/x.gguf', { fetch: serve, computeParametersCount: true });
    expect(theirs.parameterCount).toBe(read(whole)?.parameters);
  });

  test('of its beginning alone, it says what is known and that it takes more', () => {
    const headerLength = whole.length - 4096;
    for (let length = 4; length < headerLength; length += 1) {
      const { needs, ...known } = read(whole.subarray(0, length), whole.length)!;
      expect(needs).toBeGreaterThan(length);
      expect(needs).toBeLessThanOrEqual(headerLength);
      expect({ ...summary, ...known }).toEqual(summary);
    }
    expect(read(whole.subarray(0, headerLength), whole.length)).toEqual(summary);
  });

  const patched = (offset: number, value: bigint) => {
    const bytes = whole.slice();
    new DataView(bytes.buffer).setBigUint64(offset, value, true);
    return bytes;
  };

  test.each<[string, Uint8Array, string]>([
    ['version 1', patched(4, 1n), 'version 1'],
    ['big endian', patched(4, 0x03000000n), 'neither 2 nor 3'],
    ['more tensors than any model', patched(8, 2n ** 63n), 'tensors: 9223372036854775808'],
    ['more entries than any model', patched(16, 2n ** 40n), 'key-value pairs'],
    ['a key as long as the universe', patched(24, 2n ** 64n - 1n), 'length of a key'],
    ['a key beyond the end', patched(24, 60_000n), 'beyond the end of the file'],
    ['an unknown type', file({ a: { value: 'x', type: STRING } }).with(8 + 16 + 8 + 1, 77), 'value type 77'],
    ['an array in an array', file({ a: { value: [1], type: ARRAY, subType: FLOAT32 } }).with(37, 9), 'value type 9'],
    ['tensors that are not there', file(entries, [], 0, 5), 'beyond the end'],
    ['a tensor of too many weights', file(entries, [[2n ** 63n, 2n ** 63n]]), 'do not fit'],
    ['a tensor of too many dimensions', file(entries, [Array.from({ length: 9 }, () => 1n)]), '9 dimensions'],
  ])('refuses %s', (_, bytes, reason) => {
    expect(() => read(bytes)).toThrow(ModelFileFault);
    expect(() => read(bytes)).toThrow(reason);
  });

  test('whatever is flipped, it answers or throws its own error', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, value, length) => {
        expect(answers(whole.with(at, value).subarray(0, length))).toBe(true);
      }),
    );
  });
});

function answers(bytes: Uint8Array): boolean {
  try {
    read(bytes);
    return true;
  } catch (error) {
    return error instanceof ModelFileFault;
  }
}
