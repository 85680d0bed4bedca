import type { ModelHeader } from './model-file/model-header.js';

/** Tokens of context that the figure reckons with, where the model has as many. */
const CONTEXT = 4096;
/** One key and one value for each layer and token, each at most as long as the embedding, in 16 bits. */
const BYTES_PER_ENTRY = 2 * 2;

/**
 * Bytes of memory that running the weights takes at most: the files as they lie in memory, and the cache of keys and values
 * of 4,096 tokens (or of the whole context, where that is shorter). Models that share keys among heads need less cache.
 */
export function memoryToRun(weights: number, { layers, embeddingLength, contextLength }: Partial<ModelHeader>): number {
  const tokens = Math.min(contextLength ?? CONTEXT, CONTEXT);
  return weights + (layers ?? 0) * (embeddingLength ?? 0) * tokens * BYTES_PER_ENTRY;
}
