import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** Keys that follow from the portal's secret, each for its one purpose (RFC 5869). */
export class Keys {
  constructor(private readonly master: Buffer) {}

  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.master, Buffer.alloc(0), `paddock:${purpose}`, 32));
  }
}

const NONCE_BYTES = 12;

export interface Sealed {
  nonce: Buffer;
  /** Ciphertext followed by the 16-byte tag. */
  ciphertext: Buffer;
}

/** AES-256-GCM. `context` is authenticated: what was sealed for one row opens for no other. */
export function seal(key: Buffer, plain: Buffer, context: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  return { nonce, ciphertext: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
}

export function unseal(key: Buffer, { nonce, ciphertext }: Sealed, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context)).setAuthTag(ciphertext.subarray(-16));
  return Buffer.concat([decipher.update(ciphertext.subarray(0, -16)), decipher.final()]);
}

/** Sealed into one column: the nonce, then the ciphertext. */
export function sealColumn(key: Buffer, plain: Buffer, context: string): Buffer {
  const { nonce, ciphertext } = seal(key, plain, context);
  return Buffer.concat([nonce, ciphertext]);
}

/** Throws where it was sealed under another key, or for another row. */
export function openColumn(key: Buffer, sealed: Buffer, context: string): Buffer {
  return unseal(key, { nonce: sealed.subarray(0, NONCE_BYTES), ciphertext: sealed.subarray(NONCE_BYTES) }, context);
}

/** A value as JSON, sealed into one column. */
export function sealJson(key: Buffer, value: unknown, context: string): Buffer {
  return sealColumn(key, Buffer.from(JSON.stringify(value)), context);
}

export function unsealJson<T>(key: Buffer, sealed: Buffer, context: string): T {
  return JSON.parse(openColumn(key, sealed, context).toString('utf8')) as T;
}

/** For secrets of 128 bits of randomness and more: they need no slow hash. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
