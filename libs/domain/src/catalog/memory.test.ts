import { memoryToRun } from './memory.js';

describe('memory to run a model', () => {
  test('is its weights and the cache of 4,096 tokens', () => {
    // Llama 2 7B in 4 bits: 3.83 GB, and 32 layers × 4096 × 4096 tokens × 4 bytes.
    expect(memoryToRun(3_830_000_000, { layers: 32, embeddingLength: 4096, contextLength: 4096 })).toBe(3_830_000_000 + 2_147_483_648);
    expect(memoryToRun(3_830_000_000, { layers: 32, embeddingLength: 4096, contextLength: 131_072 })).toBe(3_830_000_000 + 2_147_483_648);
  });

  test('counts a shorter context as it is, and leaves out what the file does not say', () => {
    expect(memoryToRun(1000, { layers: 2, embeddingLength: 64, contextLength: 512 })).toBe(1000 + 2 * 64 * 512 * 4);
    expect(memoryToRun(1000, {})).toBe(1000);
  });
});
