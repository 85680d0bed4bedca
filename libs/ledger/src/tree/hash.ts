import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';

export const HASH_BYTES = 32;

/** RFC 9162 section 2.1.1: SHA-256(0x00 || entry). */
export function hashLeaf(entry: Uint8Array): Uint8Array {
  return sha256(concatBytes(Uint8Array.of(0), entry));
}

/** RFC 9162 section 2.1.1: SHA-256(0x01 || left || right), of two hashes. */
export function hashChildren(left: Uint8Array, right: Uint8Array): Uint8Array {
  refuseUnlessHash(left);
  refuseUnlessHash(right);
  return sha256(concatBytes(Uint8Array.of(1), left, right));
}

/** The root of the tree without entries. */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array());

export function refuseUnlessHash(hash: Uint8Array): void {
  if (!(hash instanceof Uint8Array) || hash.length !== HASH_BYTES) throw new ProofFault(`A hash has ${HASH_BYTES} bytes.`);
}

export function equalHashes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** A proof, a tile or a checkpoint does not prove what it should. */
export class ProofFault extends Error {
  override readonly name: string = 'ProofFault';
}

/** Sizes and indexes are whole numbers from 0 to 2^63 - 1, given as bigint or as a safe integer. */
export type Whole = bigint | number;

const LARGEST = 2n ** 63n - 1n;

/** Throws ProofFault for what is neither; beyond the largest no log could grow, and numbers of any length would take any time. */
export function whole(value: Whole, what: string): bigint {
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) throw new ProofFault(`${what} is no whole number.`);
  const big = BigInt(value);
  if (big < 0n || big > LARGEST) throw new ProofFault(`${what} lies outside 0 to 2^63 - 1.`);
  return big;
}
