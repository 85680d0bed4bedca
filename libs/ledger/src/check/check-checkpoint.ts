import { checkpointText, readCheckpoint, verifyCheckpoint, type Checkpoint } from '../note/checkpoint.js';
import { parseNote, parseSignatures } from '../note/signed-note.js';
import { verifySignatures } from '../note/signing.js';
import { parseVerifierKey, type VerifierKey } from '../note/verifier-key.js';
import { equalHashes, ProofFault } from '../tree/hash.js';
import type { CheckpointRow, Finding } from './log-source.js';

/** A kept checkpoint against the root that its entries have: its row, its signatures and those of its witnesses. */
export function checkCheckpoint(row: CheckpointRow, root: Uint8Array, keys: readonly VerifierKey[]): Finding[] {
  const where = `checkpoint ${row.size}`;
  const findings: Finding[] = [];
  const note = faultOf(() => refuseUnlessOf(row, keys));
  if (note !== undefined) findings.push({ where, fault: note });
  if (!equalHashes(row.root, root)) findings.push({ where, fault: 'its entries have another root' });
  for (const { vkey, line } of row.cosignatures) {
    const fault = faultOf(() => refuseUnlessCosigned(row.note, vkey, line));
    if (fault !== undefined) findings.push({ where: `${where}, cosignature of ${vkey}`, fault });
  }
  return findings;
}

/** The published checkpoint against the root of its entries, by the keys alone. */
export function checkPublished(note: Uint8Array, root: Uint8Array, keys: readonly VerifierKey[]): Finding[] {
  const fault = faultOf(() => {
    if (!equalHashes(verifyCheckpoint(note, keys).root, root)) throw new ProofFault('its entries have another root');
  });
  return fault === undefined ? [] : [{ where: 'checkpoint', fault }];
}

/** Size of a published checkpoint; undefined for what is none. */
export function sizeOf(note: Uint8Array): bigint | undefined {
  try {
    return readCheckpoint(parseNote(note)).size;
  } catch (error) {
    if (error instanceof ProofFault) return undefined;
    throw error;
  }
}

/** A kept note bears no signatures but the log's own, and every one of them holds. */
function refuseUnlessOf({ size, root, note }: Omit<Checkpoint, 'origin'> & { note: string }, keys: readonly VerifierKey[]): void {
  const { origin, signatures } = verifyCheckpoint(note, keys);
  const parsed = parseNote(note);
  if (parsed.text !== checkpointText({ origin, size, root })) throw new ProofFault('its note speaks of another tree');
  if (signatures.length !== parsed.signatures.length) throw new ProofFault('a signature is of an unknown key');
}

function refuseUnlessCosigned(note: string, vkey: string, line: string): void {
  const signed = { text: parseNote(note).text, signatures: parseSignatures(line) };
  if (verifySignatures(signed, [parseVerifierKey(vkey)]).length !== 1) throw new ProofFault('it is of another key');
}

function faultOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof ProofFault) return error.message;
    throw error;
  }
}
