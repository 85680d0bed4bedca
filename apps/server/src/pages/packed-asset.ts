import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** How the bytes of an answer are packed (RFC 9110 section 8.4); `identity` is not at all. */
export type Coding = 'br' | 'gzip' | 'identity';

/** A file as it is sent, packed once for each coding that somebody asked for. */
export class PackedAsset {
  private readonly packed = new Map<Coding, Buffer>();

  constructor(private readonly plain: Buffer) {}

  as(coding: Coding): Buffer {
    const bytes = this.packed.get(coding) ?? pack(this.plain, coding);
    this.packed.set(coding, bytes);
    return bytes;
  }
}

function pack(plain: Buffer, coding: Coding): Buffer {
  if (coding === 'br') return brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  return coding === 'gzip' ? gzipSync(plain, { level: 9 }) : plain;
}

/** The best that the client takes. Whoever names a coding with weight 0 does not want it (RFC 9110 section 12.5.3). */
export function codingFor(accepted = ''): Coding {
  const weights = new Map(
    accepted.split(',').map((one) => {
      const [name = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [name, weight === undefined ? 1 : Number(weight)];
    }),
  );
  return (['br', 'gzip'] as const).find((coding) => (weights.get(coding) ?? 0) > 0) ?? 'identity';
}
