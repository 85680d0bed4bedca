import { readCheckpoint, type Checkpoint } from '../note/checkpoint.js';
import { parseNote, type SignedNote } from '../note/signed-note.js';
import { verifySignatures } from '../note/signing.js';
import type { VerifierKey } from '../note/verifier-key.js';
import { EMPTY_ROOT, equalHashes, ProofFault } from '../tree/hash.js';
import { verifyConsistency } from '../tree/consistency.js';
import { parseAddCheckpoint, type AddCheckpoint } from './add-checkpoint.js';

/** A log that a witness watches. */
export interface WatchedLog {
  /** The first line of its checkpoints, and the name of its keys. */
  origin: string;
  keys: readonly VerifierKey[];
}

/** What a witness does with a checkpoint: cosigns it, or answers with a status of C2SP tlog-witness and why. */
export type WitnessVerdict =
  | { status: 200; checkpoint: Checkpoint; /** With the signatures of the log alone. */ note: SignedNote }
  | { status: 409; size: bigint; reason: string }
  | { status: 400 | 403 | 404 | 422; reason: string };

export interface Submission extends AddCheckpoint {
  note: SignedNote;
  offered: Checkpoint;
}

/** Throws ProofFault (status 400) for a body of any other form. */
export function readSubmission(body: string): Submission {
  const request = parseAddCheckpoint(body);
  const note = parseNote(request.checkpoint);
  return { ...request, note, offered: readCheckpoint(note) };
}

/** The rules of C2SP tlog-witness, "add-checkpoint", in their order. `known` is what the witness has cosigned of this log last. */
export function judgeCheckpoint(
  { old, proof, note, offered }: Submission,
  log: WatchedLog | undefined,
  known: Checkpoint | undefined,
): WitnessVerdict {
  const knownSize = known?.size ?? 0n;
  if (!log) return { status: 404, reason: 'This log is not watched here.' };
  if (!isSigned(note, log)) return { status: 403, reason: 'No trusted key of the log signed the checkpoint.' };
  if (old > offered.size) return { status: 400, reason: 'The old size is larger than the checkpoint.' };
  if (old !== knownSize) return { status: 409, size: knownSize, reason: `The last cosigned size is ${knownSize}.` };
  const fault = faultIn(offered, known, proof);
  return fault === undefined ? { status: 200, checkpoint: offered, note: ofLog(note, log) } : { status: 422, reason: fault };
}

/** Without the signatures that nobody verified. */
function ofLog({ text, signatures }: SignedNote, { keys }: WatchedLog): SignedNote {
  return { text, signatures: signatures.filter((one) => keys.some((key) => key.name === one.name && key.id === one.id)) };
}

function isSigned(note: SignedNote, { keys }: WatchedLog): boolean {
  try {
    return verifySignatures(note, keys).length > 0;
  } catch (error) {
    if (error instanceof ProofFault) return false;
    throw error;
  }
}

function faultIn(offered: Checkpoint, known: Checkpoint | undefined, proof: readonly Uint8Array[]): string | undefined {
  if (offered.size === 0n && !equalHashes(offered.root, EMPTY_ROOT)) return 'The root is not that of an empty tree.';
  if (!known || known.size === 0n) return proof.length > 0 ? 'From nothing on there is nothing to prove.' : undefined;
  try {
    verifyConsistency(known.size, offered.size, proof, known.root, offered.root);
    return undefined;
  } catch (error) {
    if (error instanceof ProofFault) return error.message;
    throw error;
  }
}
