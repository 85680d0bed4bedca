import { readGgufHeader } from './gguf.js';
import { readSafetensorsHeader } from './safetensors.js';

/** What a model file says of itself. A field that is absent was not stated, or lies beyond the bytes at hand. */
export interface ModelHeader {
  format: 'gguf' | 'safetensors';
  /** `general.architecture` of a GGUF, such as `llama`. */
  architecture?: string;
  name?: string;
  /** Weights in all tensors of this file (a shard counts its own). */
  parameters?: number;
  /** The file type of a GGUF (`Q4_K_M`), or the dtype that most safetensors weights have (`BF16`). */
  quantization?: string;
  /** In tokens. */
  contextLength?: number;
  layers?: number;
  embeddingLength?: number;
  tensors?: number;
  /** Set when the header goes on beyond the bytes given: it takes at least so many from the start of the file. */
  needs?: number;
}

/**
 * Reads the header at the start of a model file.
 * @param path tells a safetensors file, which has no magic number; a GGUF is told by its bytes
 * @param firstBytes from offset 0; when they end inside of the header, the answer holds what is known and `needs`
 * @param size of the whole file in bytes
 * @returns undefined for any other file
 * @throws ModelFileFault when the header contradicts itself or the size, or asks for more memory than a header may
 */
export function readModelHeader(path: string, firstBytes: Uint8Array, size: number): ModelHeader | undefined {
  if (startsWithGguf(firstBytes)) return readGgufHeader(firstBytes, size);
  if (path.toLowerCase().endsWith('.safetensors')) return readSafetensorsHeader(firstBytes, size);
  return undefined;
}

function startsWithGguf(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && new TextDecoder('latin1').decode(bytes.subarray(0, 4)) === 'GGUF';
}
