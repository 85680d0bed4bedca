import { ProofFault } from '../tree/hash.js';

/** RFC 4648 section 4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Throws ProofFault for anything but the one way to write these bytes. */
export function fromBase64(text: string): Uint8Array {
  const bytes = decoded(text);
  if (toBase64(bytes) !== text) throw new ProofFault('This is not base64.');
  return bytes;
}

function decoded(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new ProofFault('This is not base64.');
  }
}
