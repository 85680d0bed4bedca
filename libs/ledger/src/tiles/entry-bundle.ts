import { concatBytes } from '@noble/hashes/utils.js';
import { ProofFault } from '../tree/hash.js';

const LONGEST_ENTRY = 0xffff;

/** C2SP tlog-tiles: each entry after its length as a big-endian uint16. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...entries.flatMap((entry) => {
      if (entry.length > LONGEST_ENTRY) throw new ProofFault(`An entry has at most ${LONGEST_ENTRY} bytes.`);
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
    }),
  );
}

/** Throws ProofFault for bytes that are cut off or hold another number of entries. */
export function decodeBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const [high, low] = bytes.subarray(at, at + 2);
    if (high === undefined || low === undefined) throw new ProofFault('The bundle is cut off.');
    const end = at + 2 + ((high << 8) | low);
    if (end > bytes.length) throw new ProofFault('The bundle is cut off.');
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (entries.length !== width) throw new ProofFault('The bundle holds another number of entries.');
  return entries;
}
