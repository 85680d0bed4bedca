import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { ProofFault } from '../tree/hash.js';
import type { NoteSignature, SignedNote } from './signed-note.js';
import { verifierKey, type VerifierKey } from './verifier-key.js';

/** Makes the signature line of one key under a text. */
export interface NoteSigner {
  key: VerifierKey;
  sign(text: string): NoteSignature;
}

/** A signature that holds; of a cosignature also when it was made, in seconds since 1970. */
export interface VerifiedSignature {
  key: VerifierKey;
  timestamp?: bigint;
}

/** Signs texts with an Ed25519 key; `seed` is the 32-byte secret of RFC 8032. */
export function noteSigner(name: string, seed: Uint8Array): NoteSigner {
  const key = verifierKey(name, 'note', ed25519.getPublicKey(seed));
  return { key, sign: (text) => ({ name, id: key.id, signature: ed25519.sign(utf8ToBytes(text), seed) }) };
}

/** C2SP tlog-cosignature v1: says that at `now` (seconds since 1970) this was the largest tree seen of its log. */
export function cosigner(name: string, seed: Uint8Array, now: () => bigint): NoteSigner {
  const key = verifierKey(name, 'cosignature', ed25519.getPublicKey(seed));
  const sign = (text: string) => {
    const timestamp = now();
    const signature = ed25519.sign(cosigned(text, timestamp), seed);
    return { name, id: key.id, signature: concatBytes(bigEndian(timestamp), signature) };
  };
  return { key, sign };
}

/**
 * The signatures of known keys, each of which holds. Unknown keys are passed over; a known key's signature that does not
 * hold spoils the note: ProofFault (C2SP signed-note, "Signatures").
 */
export function verifySignatures({ text, signatures }: SignedNote, keys: readonly VerifierKey[]): VerifiedSignature[] {
  return signatures.flatMap(({ name, id, signature }) => {
    const known = keys.filter((key) => key.name === name && key.id === id);
    return known.map((key) => verified(text, signature, key));
  });
}

function verified(text: string, signature: Uint8Array, key: VerifierKey): VerifiedSignature {
  const timestamp = key.type === 'cosignature' ? timestampOf(signature) : undefined;
  const message = timestamp === undefined ? utf8ToBytes(text) : cosigned(text, timestamp);
  const plain = timestamp === undefined ? signature : signature.subarray(8);
  if (!holds(plain, message, key.publicKey)) throw new ProofFault(`The signature of ${key.name} does not hold.`);
  return timestamp === undefined ? { key } : { key, timestamp };
}

function holds(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

function cosigned(text: string, timestamp: bigint): Uint8Array {
  return utf8ToBytes(`cosignature/v1\ntime ${timestamp}\n${text}`);
}

function timestampOf(signature: Uint8Array): bigint {
  if (signature.length !== 72) throw new ProofFault('A cosignature has 72 bytes.');
  const timestamp = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  if (timestamp >= 2n ** 63n) throw new ProofFault('The time of the cosignature is none.');
  return timestamp;
}

function bigEndian(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
}
