import * as z from 'zod';
import { canonicalJson, sha256Hex } from '../canonical.js';
import { ProofFault } from '../tree/hash.js';

/** What was hashed into the ledger when somebody answered a presentation. What else it holds is proved with it. */
const AcceptanceFact = z.looseObject({
  id: z.string(),
  agreement: z.string().describe('SHA-256 of the agreement’s content'),
  screen: z.looseObject({
    attestations: z.array(z.looseObject({ id: z.string(), text: z.string() })),
    documents: z.array(z.looseObject({ title: z.string(), sha256: z.string() })),
  }),
  personal: z.looseObject({ typedName: z.string().nullable(), at: z.string() }),
  attestations: z.record(z.string(), z.boolean()),
});
export type AcceptanceFact = z.infer<typeof AcceptanceFact>;

const KEYS = z.strictObject({ log: z.array(z.string()).max(64), witnesses: z.array(z.string()).max(64) });

/** Everything that proves one acceptance offline. As bytes it is its canonical JSON (RFC 8785). */
export const EvidenceFile = z.strictObject({
  type: z.literal('paddock-evidence-v1'),
  acceptance: z.string(),
  entry: z.string().describe('The ledger entry, base64'),
  opening: z
    .strictObject({ salt: z.string().describe('16 bytes, base64'), fact: AcceptanceFact })
    .nullable()
    .describe('What ties the entry to a person; null once that was erased'),
  erasedAt: z.string().optional().describe('When that was erased'),
  agreement: z.string().describe('Canonical JSON of the agreement’s content'),
  documents: z.array(z.strictObject({ sha256: z.string(), mediaType: z.string(), bytes: z.string().describe('base64') })),
  proof: z.string().describe('C2SP tlog-proof of the entry, with the checkpoint and its cosignatures'),
  succession: z
    .strictObject({ index: z.string(), entry: z.string(), proof: z.array(z.string()).max(63) })
    .optional()
    .describe('The entry with which the log goes on in place of another one, where it does, and the hashes that prove it'),
  keys: KEYS.describe('vkeys of the log and of its witnesses, as the portal publishes them'),
  timestamps: z.array(z.strictObject({ sha256: z.string(), token: z.string() })).describe('RFC 3161 tokens of documents, base64'),
  signatures: z.string().describe('Signature lines of the log’s keys: nothing in the file was changed since'),
});
export type EvidenceFile = z.infer<typeof EvidenceFile>;

/** Throws ProofFault for bytes that are no evidence file, or not written in the one way in which it is. */
export function parseEvidence(bytes: Uint8Array): EvidenceFile {
  const text = utf8(bytes);
  const file = EvidenceFile.safeParse(json(text));
  if (!file.success) throw new ProofFault('This is no evidence file.');
  if (canonicalJson(file.data) !== text) throw new ProofFault('The file was written anew: its JSON is not canonical.');
  return file.data;
}

/** What the log's keys sign of a file; no checkpoint can have this form, for its second line is no number. */
export function evidenceText({ signatures: _, ...file }: EvidenceFile): string {
  return `paddock-evidence-v1\nsha256 ${sha256Hex(canonicalJson(file))}\n`;
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ProofFault('The file is not UTF-8.');
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
