import { unseal, type Keys } from '../http/keys.js';

/** The key under which the keys of people are sealed. */
export const personKeysKey = (keys: Keys) => keys.derive('person-keys');

/** Throws where it was sealed under another secret, or for another account. */
export function unwrapPersonKey(keys: Keys, account: string, wrapped: Buffer): Buffer {
  return unseal(personKeysKey(keys), { nonce: wrapped.subarray(0, 12), ciphertext: wrapped.subarray(12) }, account);
}

/** Whether these are the keys of the portal that sealed it. */
export function opensPersonKey(keys: Keys, account: string, wrapped: Buffer): boolean {
  try {
    unwrapPersonKey(keys, account, wrapped);
    return true;
  } catch {
    return false;
  }
}
