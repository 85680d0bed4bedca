import { fromBase64, toBase64 } from '../note/base64.js';
import { HASH_BYTES, ProofFault, whole } from '../tree/hash.js';

/** C2SP tlog-witness: a checkpoint, and the proof that it goes on from the one that the witness has cosigned. */
export interface AddCheckpoint {
  /** Size of the tree that the witness knows; 0 where it knows none. */
  old: bigint;
  proof: Uint8Array[];
  /** The signed note. */
  checkpoint: string;
}

const LONGEST_PROOF = 63;

export function formatAddCheckpoint({ old, proof, checkpoint }: AddCheckpoint): string {
  return `old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${checkpoint}`;
}

/** Throws ProofFault for a body of any other form. Nothing of it is proved yet. */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const split = body.indexOf('\n\n');
  const [first, ...lines] = body.slice(0, split).split('\n');
  const [, old] = /^old (0|[1-9]\d{0,18})$/.exec(first ?? '') ?? [];
  if (split < 0 || old === undefined || lines.length > LONGEST_PROOF) throw new ProofFault('This is no request to add a checkpoint.');
  const proof = lines.map(fromBase64);
  if (proof.some((hash) => hash.length !== HASH_BYTES)) throw new ProofFault('The proof holds something other than hashes.');
  return { old: whole(BigInt(old), 'The old size'), proof, checkpoint: body.slice(split + 2) };
}
