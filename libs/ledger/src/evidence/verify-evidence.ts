import { entryOf, type LedgerEntry } from '../entry.js';
import { fromBase64 } from '../note/base64.js';
import { verifyCheckpoint, type VerifiedCheckpoint } from '../note/checkpoint.js';
import { parseSignatures } from '../note/signed-note.js';
import { verifySignatures } from '../note/signing.js';
import { parseTlogProof, type TlogProof } from '../note/tlog-proof.js';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '../note/verifier-key.js';
import { hashLeaf, ProofFault } from '../tree/hash.js';
import { successionOf, successionSentence } from '../succession.js';
import { verifyInclusion } from '../tree/inclusion.js';
import { checkAgreement, checkDocuments, checkOpening } from './check-opening.js';
import { evidenceText, parseEvidence, type EvidenceFile } from './evidence-file.js';

/** One thing that was looked at: it holds, it does not, or it cannot be told. */
export interface EvidenceCheck {
  name: string;
  state: 'ok' | 'failed' | 'unknown';
  sentence: string;
}

export interface EvidenceTrust {
  /** vkeys of logs and witnesses that the reader trusts, from elsewhere. Without any the file's own are used, and that is said. */
  trustedKeys?: readonly string[];
}

interface Proved {
  proof: TlogProof;
  checkpoint: VerifiedCheckpoint;
  entry: LedgerEntry;
}

/** Verifies an evidence file offline: one check after another, each with a sentence for people. It proves what it says where none failed. */
export function verifyEvidence(bytes: Uint8Array, { trustedKeys }: EvidenceTrust = {}): EvidenceCheck[] {
  const checks: EvidenceCheck[] = [];
  const step = <T>(name: string, work: () => { sentence: string; result: T; state?: 'ok' | 'unknown' }): T | undefined => {
    try {
      const { sentence, result, state = 'ok' } = work();
      checks.push({ name, state, sentence });
      return result;
    } catch (error) {
      if (!(error instanceof ProofFault)) throw error;
      checks.push({ name, state: 'failed', sentence: error.message });
      return undefined;
    }
  };
  const file = step('form', () => ({ result: parseEvidence(bytes), sentence: 'This is an evidence file, as it was written.' }));
  if (!file) return checks;
  const keys = step('keys', () => keysOf(file, trustedKeys));
  if (!keys) return checks;
  step('seal', () => sealed(file, keys));
  const proved = step('checkpoint', () => signedCheckpoint(file, keys));
  if (!proved) return checks;
  const isIncluded = step('inclusion', () => included(file, proved));
  if (file.succession) step('succession', () => succeeded(file.succession!, proved));
  step('witnesses', () => witnessed(proved));
  step('identity', () => checkOpening(file, proved.entry, isIncluded === true));
  step('agreement', () => checkAgreement(file));
  step('documents', () => checkDocuments(file));
  if (file.timestamps.length > 0)
    step('timestamps', () => ({
      result: null,
      state: 'unknown',
      sentence: `${file.timestamps.length} RFC 3161 timestamps are in the file, and not looked at here.`,
    }));
  return checks;
}

function keysOf(file: EvidenceFile, trusted: readonly string[] | undefined) {
  const given = trusted ?? [...file.keys.log, ...file.keys.witnesses];
  const result = given.map(parseVerifierKey);
  if (trusted) return { result, sentence: `${result.length} keys are trusted, as they were given.` };
  const names = file.keys.log.join(', ');
  return {
    result,
    state: 'unknown' as const,
    sentence: `The keys are those that the file itself names. Compare the log’s with what others know: ${names}`,
  };
}

function sealed(file: EvidenceFile, keys: readonly VerifierKey[]) {
  const [by] = verifySignatures({ text: evidenceText(file), signatures: parseSignatures(file.signatures) }, ofLog(keys));
  if (!by) throw new ProofFault('No known key of the log signed the file.');
  return { result: null, sentence: `The file is as ${by.key.name} issued it.` };
}

function signedCheckpoint(file: EvidenceFile, keys: readonly VerifierKey[]) {
  const proof = parseTlogProof(file.proof);
  const checkpoint = verifyCheckpoint(proof.checkpoint, keys);
  const signer = checkpoint.signatures.find(({ key }) => key.type === 'note')!;
  const sentence = `${checkpoint.origin} signed a checkpoint of ${checkpoint.size} entries with the key ${formatVerifierKey(signer.key)}.`;
  return { result: { proof, checkpoint, entry: entryOf(fromBase64(file.entry)) }, sentence };
}

function included(file: EvidenceFile, { proof, checkpoint, entry }: Proved) {
  verifyInclusion(proof.index, checkpoint.size, hashLeaf(fromBase64(file.entry)), proof.proof, checkpoint.root);
  return { result: true, sentence: `The entry is number ${proof.index} under that checkpoint: ${entry.kind}, at ${entry.at}.` };
}

/** What the log says of itself: that it goes on in place of another one, and what of that one it has not. */
function succeeded({ index, entry, proof }: NonNullable<EvidenceFile['succession']>, { checkpoint }: Proved) {
  const bytes = fromBase64(entry);
  if (!/^\d{1,19}$/.test(index)) throw new ProofFault('The succession has no index.');
  verifyInclusion(BigInt(index), checkpoint.size, hashLeaf(bytes), proof.map(fromBase64), checkpoint.root);
  const succession = successionOf(bytes);
  if (succession?.origin !== checkpoint.origin) throw new ProofFault('The entry is of the succession of another log.');
  return { result: null, sentence: successionSentence(succession) };
}

function witnessed({ checkpoint }: Proved) {
  const witnesses = checkpoint.signatures.flatMap(({ key, timestamp }) =>
    timestamp === undefined ? [] : [`${key.name} at ${new Date(Number(timestamp) * 1000).toISOString()}`],
  );
  if (witnesses.length > 0) return { result: null, sentence: `The checkpoint was cosigned by ${witnesses.join(', ')}.` };
  return {
    result: null,
    state: 'unknown' as const,
    sentence: 'No known witness has cosigned the checkpoint: only the log itself speaks for it.',
  };
}

const ofLog = (keys: readonly VerifierKey[]) => keys.filter(({ type }) => type === 'note');
