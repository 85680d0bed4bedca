import { HASH_BYTES, ProofFault } from '../tree/hash.js';
import { fromBase64, toBase64 } from './base64.js';
import { formatNote, parseNote, type SignedNote } from './signed-note.js';
import { verifySignatures, type NoteSigner, type VerifiedSignature } from './signing.js';
import type { VerifierKey } from './verifier-key.js';

/** C2SP tlog-checkpoint: how large a log is, and the root of its tree. */
export interface Checkpoint {
  origin: string;
  size: bigint;
  root: Uint8Array;
}

export interface VerifiedCheckpoint extends Checkpoint {
  /** Of the log's keys and of known witnesses. */
  signatures: VerifiedSignature[];
}

/** The text that is signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

export function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): string {
  const text = checkpointText(checkpoint);
  return formatNote({ text, signatures: signers.map((signer) => signer.sign(text)) });
}

/** Throws ProofFault for a text that is no checkpoint. Nothing of it is proved. Extension lines are left to who knows them. */
export function readCheckpoint({ text }: SignedNote): Checkpoint {
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n');
  if (!origin || !root || !/^(0|[1-9]\d{0,18})$/.test(size ?? '') || extensions.includes(''))
    throw new ProofFault('This is no checkpoint.');
  const hash = fromBase64(root);
  if (hash.length !== HASH_BYTES) throw new ProofFault('The root of the checkpoint is no hash.');
  return { origin, size: BigInt(size!), root: hash };
}

/** Throws ProofFault unless a key of the log (one that is named after its origin) signed it, and no known key's signature fails. */
export function verifyCheckpoint(note: string | Uint8Array, keys: readonly VerifierKey[]): VerifiedCheckpoint {
  const parsed = parseNote(note);
  const checkpoint = readCheckpoint(parsed);
  const signatures = verifySignatures(parsed, keys);
  if (!signatures.some(({ key }) => key.type === 'note' && key.name === checkpoint.origin))
    throw new ProofFault('No known key of the log signed the checkpoint.');
  return { ...checkpoint, signatures };
}
