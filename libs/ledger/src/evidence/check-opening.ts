import { sha256Hex } from '../canonical.js';
import { saltedHash, type LedgerEntry } from '../entry.js';
import { fromBase64 } from '../note/base64.js';
import { ProofFault } from '../tree/hash.js';
import type { EvidenceFile } from './evidence-file.js';

const OUTCOMES: Readonly<Record<string, string>> = { acceptance: 'accepted', decline: 'declined' };

/** Who answered, and what: as far as it was not erased. */
export function checkOpening({ opening, acceptance, erasedAt }: EvidenceFile, entry: LedgerEntry, included: boolean) {
  const outcome = OUTCOMES[entry.kind];
  if (outcome === undefined) throw new ProofFault(`The entry is of a ${entry.kind}, not of an acceptance.`);
  if (!opening) {
    const sentence = erasedSentence(erasedAt, included);
    return { result: null, state: 'unknown' as const, sentence };
  }
  const { fact } = opening;
  const salt = fromBase64(opening.salt);
  if (salt.length !== 16 || saltedHash(salt, fact) !== entry.fact)
    throw new ProofFault('The entry is of another fact than the one in the file.');
  if (fact.id !== acceptance) throw new ProofFault('The fact is of another acceptance.');
  const { personal, screen, attestations } = fact;
  const confirmed = screen.attestations.filter(({ id }) => attestations[id] === true).map(({ text }) => `“${text}”`);
  const who = personal.typedName === null ? '' : ` as ${JSON.stringify(personal.typedName)}`;
  const what = confirmed.length === 0 ? '' : `, confirming ${confirmed.join(', ')}`;
  return { result: null, sentence: `It was ${outcome}${who} at ${personal.at}${what}.` };
}

/** Which texts bind: the agreement is named by the hash of its content. */
export function checkAgreement({ opening, agreement }: EvidenceFile) {
  const id = sha256Hex(agreement);
  if (!opening)
    return {
      result: null,
      state: 'unknown' as const,
      sentence: `Which agreement was answered was erased with the rest; the file holds ${id}.`,
    };
  if (opening.fact.agreement !== id) throw new ProofFault('The agreement in the file is not the one that was answered.');
  return { result: null, sentence: `The agreement is ${id}.` };
}

/** The bytes of every document that the agreement names and that the screen showed, and no others. */
export function checkDocuments({ opening, agreement, documents }: EvidenceFile) {
  for (const { sha256, bytes } of documents)
    if (sha256Hex(fromBase64(bytes)) !== sha256) throw new ProofFault(`The document ${sha256} has other bytes.`);
  const held = new Set(documents.map(({ sha256 }) => sha256));
  const shown = opening?.fact.screen.documents ?? [];
  const missing = shown.find(({ sha256 }) => !held.has(sha256));
  if (missing) throw new ProofFault(`The document ${missing.sha256} that was shown is missing.`);
  const unnamed = documents.find(({ sha256 }) => !agreement.includes(sha256));
  if (unnamed) throw new ProofFault(`The agreement does not name the document ${unnamed.sha256}.`);
  const titles = shown.map(({ title }) => JSON.stringify(title)).join(', ');
  return { result: null, sentence: `${documents.length} documents have the bytes that were agreed to${titles && `: ${titles}`}.` };
}

function erasedSentence(erasedAt: string | undefined, included: boolean): string {
  if (erasedAt === undefined) return 'Personal data and salt were erased: who the entry is of can no longer be told by anybody.';
  const erased = `dentity erased on ${erasedAt.slice(0, 10)}: who the entry is of can no longer be told by anybody.`;
  return included ? `Included in the log; i${erased}` : `I${erased}`;
}
