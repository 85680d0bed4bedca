import { seal, unseal } from '../http/keys.js';

const NONCE_BYTES = 12;

/** The key of one person, sealed under the key of all of them. */
export function wrapPersonKey(master: Buffer, account: string, key: Buffer): Buffer {
  const { nonce, ciphertext } = seal(master, key, account);
  return Buffer.concat([nonce, ciphertext]);
}

/** Throws where it was sealed under another key, or for another account. */
export function unwrapPersonKey(master: Buffer, account: string, wrapped: Buffer): Buffer {
  return unseal(master, { nonce: wrapped.subarray(0, NONCE_BYTES), ciphertext: wrapped.subarray(NONCE_BYTES) }, account);
}
