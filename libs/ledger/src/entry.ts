import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical.js';
import { ProofFault } from './tree/hash.js';

export const ENTRY_KINDS = ['acceptance', 'decline', 'decision', 'grant', 'revocation', 'release', 'snapshot', 'link-batch'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export interface LedgerEntry {
  type: 'paddock-entry-v1';
  kind: EntryKind;
  /** RFC 3339, UTC. */
  at: string;
  /** Salted hash of the fact; see saltedHash. */
  fact: string;
}

/** SHA-256(salt || canonical JSON of the fact) as hex: without the 128-bit salt nobody can guess the fact from it. */
export function saltedHash(salt: Uint8Array, fact: unknown): string {
  if (salt.length !== 16) throw new RangeError('A salt is 16 bytes.');
  return bytesToHex(sha256(concatBytes(salt, utf8ToBytes(canonicalJson(fact)))));
}

/** Throws ProofFault for bytes that are no entry of this portal's log. */
export function entryOf(bytes: Uint8Array): LedgerEntry {
  try {
    const entry = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Partial<LedgerEntry> | null;
    const { type, kind, at, fact } = entry ?? {};
    if (type === 'paddock-entry-v1' && ENTRY_KINDS.some((known) => known === kind) && typeof at === 'string' && typeof fact === 'string')
      return { type, kind: kind!, at, fact };
  } catch {
    // No JSON: no entry either.
  }
  throw new ProofFault('This is no entry of the ledger.');
}

/** The bytes that the log keeps for an entry. They hold no personal data. */
export function entryBytes(kind: EntryKind, at: Date, salt: Uint8Array, fact: unknown): Uint8Array {
  const entry: LedgerEntry = { type: 'paddock-entry-v1', kind, at: at.toISOString(), fact: saltedHash(salt, fact) };
  return utf8ToBytes(canonicalJson(entry));
}
