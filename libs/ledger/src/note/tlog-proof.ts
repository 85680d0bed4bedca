import { HASH_BYTES, ProofFault, whole } from '../tree/hash.js';
import { fromBase64, toBase64 } from './base64.js';

/** C2SP tlog-proof: all that proves one entry offline, beside the entry and the keys. */
export interface TlogProof {
  index: bigint;
  /** From the leaf's sibling to the root's child. */
  proof: Uint8Array[];
  /** The signed note, as it stands. */
  checkpoint: string;
  /** Proved by nothing. */
  extra?: Uint8Array;
}

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
/** Of a tree of 2^63 leaves. */
const LONGEST_PROOF = 63;

export function formatTlogProof({ index, proof, checkpoint, extra }: TlogProof): string {
  const lines = [FIRST_LINE, ...(extra ? [`extra ${toBase64(extra)}`] : []), `index ${index}`, ...proof.map(toBase64), ''];
  return `${lines.join('\n')}\n${checkpoint}`;
}

/** Throws ProofFault for anything else. Nothing of it is proved yet. */
export function parseTlogProof(text: string): TlogProof {
  const split = text.indexOf('\n\n');
  const [first, ...lines] = text.slice(0, split).split('\n');
  if (split < 0 || first !== FIRST_LINE) throw new ProofFault('This is no proof of a transparency log.');
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()!.slice('extra '.length)) : undefined;
  const [, index] = /^index (0|[1-9]\d{0,18})$/.exec(lines.shift() ?? '') ?? [];
  if (index === undefined || lines.length > LONGEST_PROOF) throw new ProofFault('The proof names no index, or is too long.');
  const proof = lines.map(fromBase64);
  if (proof.some((hash) => hash.length !== HASH_BYTES)) throw new ProofFault('The proof holds something other than hashes.');
  return { index: whole(BigInt(index), 'The index'), proof, checkpoint: text.slice(split + 2), ...(extra && { extra }) };
}
