import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { ProofFault } from '../tree/hash.js';
import { fromBase64, toBase64 } from './base64.js';

/** Signature types of C2SP signed-note that are understood here; both are of Ed25519. */
export const SIGNATURE_TYPES = { note: 0x01, cosignature: 0x04 } as const;
export type SignatureType = keyof typeof SIGNATURE_TYPES;

export interface VerifierKey {
  name: string;
  /** 8 hexadecimal digits; with the name it says which key a signature is of. */
  id: string;
  type: SignatureType;
  /** 32 bytes, RFC 8032. */
  publicKey: Uint8Array;
}

/** With the key ID that C2SP signed-note recommends. Throws ProofFault for a name that no note can carry. */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  refuseUnfitName(name);
  if (publicKey.length !== 32) throw new ProofFault('An Ed25519 key has 32 bytes.');
  const id = bytesToHex(sha256(concatBytes(utf8ToBytes(`${name}\n`), typed(type, publicKey))).subarray(0, 4));
  return { name, id, type, publicKey };
}

/** A vkey: name, key ID and key as C2SP signed-note writes them in one line. */
export function formatVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${id}+${toBase64(typed(type, publicKey))}`;
}

/** Throws ProofFault unless it is the vkey of an Ed25519 key whose ID is its hash. */
export function parseVerifierKey(vkey: string): VerifierKey {
  const [, name, id, material] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(vkey) ?? [];
  if (name === undefined || material === undefined) throw new ProofFault('This is no vkey.');
  const bytes = fromBase64(material);
  const [type] = Object.entries(SIGNATURE_TYPES).find(([, byte]) => byte === bytes[0]) ?? [];
  if (!type) throw new ProofFault('The vkey is of an unknown kind of signature.');
  const key = verifierKey(name, type as SignatureType, bytes.subarray(1));
  if (key.id !== id) throw new ProofFault('The key ID of the vkey is not that of its key.');
  return key;
}

export function refuseUnfitName(name: string): void {
  if (name === '' || /[\p{White_Space}\p{Cc}+]/u.test(name)) throw new ProofFault('A key name holds neither space nor plus.');
}

function typed(type: SignatureType, publicKey: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(SIGNATURE_TYPES[type]), publicKey);
}
