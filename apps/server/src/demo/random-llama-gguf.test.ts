import { gguf } from '@huggingface/gguf';
import { readModelHeader } from '@paddock/domain';
import { createHash } from 'node:crypto';
import { randomLlamaGguf } from './random-llama-gguf.js';

describe('random llama model', () => {
  const file = randomLlamaGguf(7);

  test('the same seed gives the same bytes, another seed others', () => {
    const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(digest(randomLlamaGguf(7))).toBe(digest(file));
    expect(digest(randomLlamaGguf(8))).not.toBe(digest(file));
    expect(digest(randomLlamaGguf(0))).toBe('58536f2eaa7b0966ec90acd552bb5138a7f49f1c32d80be53c71993583b39cd4');
  });

  test('is small, and its header says what it is', () => {
    expect(file.length).toBeLessThan(500_000);
    const header = { format: 'gguf', architecture: 'llama', name: 'Paddock demo (random weights)', quantization: 'F32' };
    const figures = { contextLength: 512, layers: 2, embeddingLength: 64, tensors: 21, parameters: 111_808 };
    expect(readModelHeader('demo.gguf', file, file.length)).toEqual({ ...header, ...figures });
  });

  test("Hugging Face's parser reads the same", async () => {
    const serve = async () => new Response(file.slice(), { headers: { 'content-range': `bytes 0-${file.length - 1}/${file.length}` } });
    const theirs = await gguf('http://demo/model.gguf', { fetch: serve, computeParametersCount: true });
    const ours = readModelHeader('demo.gguf', file, file.length);
    expect({ parameters: theirs.parameterCount, tensors: theirs.tensorInfos.length }).toEqual({
      parameters: ours?.parameters,
      tensors: ours?.tensors,
    });
    const last = theirs.tensorInfos.at(-1)!;
    expect(Number(theirs.tensorDataOffset + last.offset) + 4 * Number(last.shape[0]! * last.shape[1]!)).toBe(file.length);
  });
});
