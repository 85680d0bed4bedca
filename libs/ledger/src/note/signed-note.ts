import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { ProofFault } from '../tree/hash.js';
import { fromBase64, toBase64 } from './base64.js';
import { refuseUnfitName } from './verifier-key.js';

/** One line below a note: whose key, and what it signed with it. */
export interface NoteSignature {
  name: string;
  /** Key ID, 8 hexadecimal digits. */
  id: string;
  signature: Uint8Array;
}

/** C2SP signed-note: a text that ends in a newline, and at least one signature. Nothing of it is proved yet. */
export interface SignedNote {
  text: string;
  signatures: NoteSignature[];
}

/** Far above the 16 signatures that a reader must take. */
const MOST_SIGNATURES = 64;
const LONGEST = 1024 * 1024;

/** Throws ProofFault for anything that is not a signed note. */
export function parseNote(note: string | Uint8Array): SignedNote {
  const whole = typeof note === 'string' ? note : utf8(note);
  // oxlint-disable-next-line no-control-regex
  if (whole.length > LONGEST || /[\x00-\x09\x0b-\x1f]/.test(whole))
    throw new ProofFault('The note is too long or holds control characters.');
  const split = whole.lastIndexOf('\n\n');
  if (split < 0 || !whole.endsWith('\n')) throw new ProofFault('The note has no signatures.');
  return { text: whole.slice(0, split + 1), signatures: parseSignatures(whole.slice(split + 2)) };
}

/** Signature lines alone, as a witness answers them. */
export function parseSignatures(block: string): NoteSignature[] {
  const lines = block.split('\n');
  if (lines.pop() !== '' || lines.length === 0 || lines.length > MOST_SIGNATURES) throw new ProofFault('These are no signature lines.');
  return lines.map(parseSignature);
}

function parseSignature(line: string): NoteSignature {
  const [, name, base64] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
  if (name === undefined || base64 === undefined) throw new ProofFault('This is no signature line.');
  refuseUnfitName(name);
  const bytes = fromBase64(base64);
  if (bytes.length < 5) throw new ProofFault('The signature is too short.');
  return { name, id: bytesToHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

export function formatNote({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map(formatSignature).join('')}`;
}

/** With its newline. */
export function formatSignature({ name, id, signature }: NoteSignature): string {
  return `\u2014 ${name} ${toBase64(concatBytes(hexToBytes(id), signature))}\n`;
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ProofFault('The note is not UTF-8.');
  }
}
