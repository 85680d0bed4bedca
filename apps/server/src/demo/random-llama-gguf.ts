import { ggufFile, type GgufEntries, type GgufTensor } from './gguf-file.js';

const EMBEDDING = 64;
const FEED_FORWARD = 128;
const HEADS = 4;
const KV_HEADS = 2;
const BLOCKS = 2;
const CONTEXT = 512;

const UNKNOWN = '<unk>';
const SPECIAL = [UNKNOWN, '<s>', '</s>'];
/** Every byte is a token, so that any text can be tokenized. */
const BYTES = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
/** Best score first; SentencePiece writes the space as ▁. */
const PIECES = ['▁t', 'he', 'in', 'er', '▁a', 're', 'on', 'at', ...'▁etaoinshrdlucmfwypvbgkjqxz.'];
const TOKENS = [...SPECIAL, ...BYTES, ...PIECES];
/** Token types of llama.cpp: 1 normal, 2 unknown, 3 control, 6 byte. */
const TYPES = TOKENS.map((token, id) => (token === UNKNOWN ? 2 : id < SPECIAL.length ? 3 : id < TOKENS.length - PIECES.length ? 6 : 1));

/**
 * A llama model of about 110,000 random weights as a GGUF of some 440 KB that llama.cpp loads, generates from and embeds with.
 * What it says is noise. The same seed (an unsigned 32-bit integer) gives the same bytes on every machine.
 */
export function randomLlamaGguf(seed: number): Uint8Array {
  const random = uniform(seed);
  const matrix = (name: string, columns: number, rows: number): GgufTensor => {
    const bound = Math.sqrt(3 / columns);
    return { name, shape: [columns, rows], values: Float32Array.from({ length: columns * rows }, () => bound * random()) };
  };
  const norm = (name: string): GgufTensor => ({ name, shape: [EMBEDDING], values: new Float32Array(EMBEDDING).fill(1) });
  const blocks = Array.from({ length: BLOCKS }, (_, index) => block(`blk.${index}`, matrix, norm));
  const tensors = [matrix('token_embd.weight', EMBEDDING, TOKENS.length), ...blocks.flat(), norm('output_norm.weight')];
  return ggufFile(entries(), [...tensors, printable(matrix('output.weight', EMBEDDING, TOKENS.length))]);
}

function block(prefix: string, matrix: (name: string, columns: number, rows: number) => GgufTensor, norm: (name: string) => GgufTensor) {
  const kvWidth = (EMBEDDING / HEADS) * KV_HEADS;
  return [
    norm(`${prefix}.attn_norm.weight`),
    matrix(`${prefix}.attn_q.weight`, EMBEDDING, EMBEDDING),
    matrix(`${prefix}.attn_k.weight`, EMBEDDING, kvWidth),
    matrix(`${prefix}.attn_v.weight`, EMBEDDING, kvWidth),
    matrix(`${prefix}.attn_output.weight`, EMBEDDING, EMBEDDING),
    norm(`${prefix}.ffn_norm.weight`),
    matrix(`${prefix}.ffn_gate.weight`, EMBEDDING, FEED_FORWARD),
    matrix(`${prefix}.ffn_up.weight`, EMBEDDING, FEED_FORWARD),
    matrix(`${prefix}.ffn_down.weight`, FEED_FORWARD, EMBEDDING),
  ];
}

/** Without rows for special and byte tokens, the likeliest token is always text that a terminal can show. */
function printable(output: GgufTensor): GgufTensor {
  output.values.fill(0, 0, EMBEDDING * (TOKENS.length - PIECES.length));
  return output;
}

function entries(): GgufEntries {
  return {
    'general.architecture': 'llama',
    'general.name': 'Paddock demo (random weights)',
    'general.alignment': 32,
    'general.file_type': 0,
    'llama.context_length': CONTEXT,
    'llama.embedding_length': EMBEDDING,
    'llama.block_count': BLOCKS,
    'llama.feed_forward_length': FEED_FORWARD,
    'llama.attention.head_count': HEADS,
    'llama.attention.head_count_kv': KV_HEADS,
    'llama.attention.layer_norm_rms_epsilon': { float: 1e-5 },
    'llama.rope.dimension_count': EMBEDDING / HEADS,
    'llama.vocab_size': TOKENS.length,
    'tokenizer.ggml.model': 'llama',
    'tokenizer.ggml.tokens': { list: TOKENS },
    'tokenizer.ggml.scores': { list: Float32Array.from(TOKENS, (_, id) => Math.min(0, TOKENS.length - PIECES.length - id)) },
    'tokenizer.ggml.token_type': { list: Int32Array.from(TYPES) },
    'tokenizer.ggml.unknown_token_id': 0,
    'tokenizer.ggml.bos_token_id': 1,
    'tokenizer.ggml.eos_token_id': 2,
    'tokenizer.ggml.add_bos_token': true,
  };
}

/** Numbers in [-1, 1) from a 32-bit xorshift: integer arithmetic alone, so no machine rounds differently. */
function uniform(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state | 0) / 2 ** 31;
  };
}
