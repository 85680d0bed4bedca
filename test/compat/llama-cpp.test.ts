import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { randomLlamaGguf } from '../../apps/server/src/demo/random-llama-gguf.js';

describe('llama.cpp and the demo model', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-llama-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('loads it, tokenizes any text, generates and embeds', async () => {
    const modelPath = join(folder, 'demo.gguf');
    writeFileSync(modelPath, randomLlamaGguf(1));
    const child = join(import.meta.dirname, 'llama-cpp-child.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [child, modelPath]);
    const seen = JSON.parse(stdout);
    expect(seen).toMatchObject({ architecture: 'llama', trainContextSize: 512, generatedTokens: 16, embeddingLength: 64 });
    expect(seen.promptAgain.trim()).toBe('Hi thé 🐎');
    expect(seen.generated).toMatch(/^[a-z. ]{8,}$/);
  });
});
