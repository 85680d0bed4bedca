import * as fc from 'fast-check';
import { ModelFileFault } from './model-file-fault.js';
import { readModelHeader } from './model-header.js';

const header = {
  __metadata__: { format: 'pt', 'modelspec.architecture': 'llama' },
  a: { dtype: 'BF16', shape: [4, 8], data_offsets: [0, 64] },
  b: { dtype: 'F32', shape: [2], data_offsets: [64, 72] },
};

function file(value: unknown, dataSize = 72, length?: bigint): Uint8Array {
  const json = new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
  const bytes = new Uint8Array(8 + json.length + dataSize);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const read = (bytes: Uint8Array, size = bytes.length) => readModelHeader('a/Model.SafeTensors', bytes, size);

describe('safetensors header', () => {
  test('is summed up', () => {
    const bytes = file(header);
    const summary = { format: 'safetensors', architecture: 'llama', quantization: 'BF16', parameters: 34, tensors: 2 };
    expect(read(bytes)).toEqual(summary);
    expect(read(bytes.subarray(0, bytes.length - 72), bytes.length)).toEqual(summary);
    expect(readModelHeader('notes.txt', bytes, bytes.length)).toBeUndefined();
  });

  test('says how many bytes it takes', () => {
    const bytes = file(header);
    expect(read(bytes.subarray(0, 3), bytes.length)).toEqual({ format: 'safetensors', needs: 8 });
    expect(read(bytes.subarray(0, 20), bytes.length)).toEqual({ format: 'safetensors', needs: bytes.length - 72 });
  });

  test.each<[string, Uint8Array, string]>([
    ['seven bytes', new Uint8Array(7), 'too short'],
    ['a length beyond the file', file(header, 72, 5000n), 'longer than the file'],
    ['a huge length', file(header, 72, 2n ** 64n - 1n), 'claims 18446744073709551615'],
    ['broken JSON', file('{"a":'), 'not JSON'],
    ['a list', file([]), 'not a JSON object'],
    ['offsets beyond the data', file({ a: { dtype: 'F32', shape: [18], data_offsets: [0, 73] } }), 'does not fit'],
    ['offsets backwards', file({ a: { dtype: 'F32', shape: [1], data_offsets: [8, 4] } }), 'does not fit'],
    ['more weights than bits', file({ a: { dtype: 'F32', shape: [2 ** 40, 2 ** 40], data_offsets: [0, 72] } }), 'does not fit'],
    ['a negative shape', file({ a: { dtype: 'F32', shape: [-1], data_offsets: [0, 4] } }), 'no dtype, shape'],
    ['no dtype', file({ a: { shape: [1], data_offsets: [0, 4] } }), 'no dtype, shape'],
    ['metadata that is no map', file({ __metadata__: { a: 1 } }), 'map of strings'],
  ])('refuses %s', (_, bytes, reason) => {
    expect(() => read(bytes)).toThrow(ModelFileFault);
    expect(() => read(bytes)).toThrow(reason);
  });

  test('whatever the bytes, it answers or throws its own error', () => {
    fc.assert(
      fc.property(fc.json(), fc.uint8Array({ maxLength: 40 }), (json, noise) => {
        for (const bytes of [file(json), noise]) expect(answers(bytes)).toBe(true);
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
