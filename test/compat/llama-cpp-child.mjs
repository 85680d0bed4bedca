// Runs beside the test, not in it: native modules and Jest's module loader do not mix.

// An empty CI is as good as none, but node-llama-cpp would refuse to load.
if (process.env.CI === '') delete process.env.CI;
const { getLlama } = await import('node-llama-cpp');

const llama = await getLlama({ build: 'never', skipDownload: true, gpu: false, logLevel: 'error', maxThreads: 1 });
const model = await llama.loadModel({ modelPath: process.argv[2] });

const context = await model.createContext({ contextSize: 128, threads: 1 });
const sequence = context.getSequence();
const prompt = model.tokenize('Hi thé 🐎');
const generated = [];
for await (const token of sequence.evaluate(prompt, { temperature: 0 })) {
  generated.push(token);
  if (generated.length === 16) break;
}

const embedding = await (await model.createEmbeddingContext({ contextSize: 128, threads: 1 })).getEmbeddingFor('a horse');
const metadata = model.fileInfo.metadata;
process.stdout.write(
  JSON.stringify({
    architecture: metadata.general.architecture,
    trainContextSize: model.trainContextSize,
    promptAgain: model.detokenize(prompt),
    promptTokens: prompt.length,
    generated: model.detokenize(generated),
    generatedTokens: generated.length,
    embeddingLength: embedding.vector.length,
  }),
);
await llama.dispose();
process.exit(0);
