import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync, type ZlibOptions } from 'node:zlib';
import { CaptureFailure } from './capture-failure.js';
import { headerOf, type Exchange } from './exchange.js';

const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;
/** Servers send one; a thousand of them would each take their time. */
const MAX_CODINGS = 2;

type Decoder = (body: Buffer, bound: Pick<ZlibOptions, 'maxOutputLength'>) => Buffer;

/** RFC 9110, section 8.4.1; zstd by RFC 9659. */
const DECODERS: Record<string, Decoder> = {
  identity: (body) => body,
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  // Servers disagree on whether `deflate` has a zlib header: the low half of its first byte tells.
  deflate: (body, bound) => ((body[0]! & 0x0f) === 8 ? inflateSync(body, bound) : inflateRawSync(body, bound)),
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

/**
 * The body with its content coding undone, as long as that takes no more than `maxBytes` at any step.
 * @throws CaptureFailure: `too-large`, or `malformed-response` for a coding that is unknown or broken.
 */
export function decodedBody(exchange: Pick<Exchange, 'body' | 'rawHeaders' | 'url'>, maxBytes = DEFAULT_MAX_BYTES): Buffer {
  const codings = (headerOf(exchange, 'content-encoding') ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  if (codings.length > MAX_CODINGS) throw failure(exchange, 'malformed-response', 'it has more content codings than any server sends');
  let { body } = exchange;
  for (const coding of codings.toReversed()) {
    const decode = Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
    if (!decode) throw failure(exchange, 'malformed-response', 'its content coding is unknown');
    if (body.length === 0) return body;
    try {
      body = decode(body, { maxOutputLength: maxBytes });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
        throw failure(exchange, 'too-large', `it unpacks to more than ${maxBytes} bytes`);
      throw failure(exchange, 'malformed-response', `its content coding is broken: ${(error as Error).message}`);
    }
  }
  return body;
}

function failure({ url }: Pick<Exchange, 'url'>, reason: 'too-large' | 'malformed-response', detail: string): CaptureFailure {
  return new CaptureFailure(new URL(url).origin, reason, detail);
}
