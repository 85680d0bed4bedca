import { utf8ToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod';
import { canonicalJson } from './canonical.js';
import { readCheckpoint } from './note/checkpoint.js';
import { parseNote } from './note/signed-note.js';

/** Why a log ended and another one goes on in its place. */
export const SUCCESSION_REASONS = {
  'entries-lost': 'the database lost entries that had been published',
  forked: 'another log was published under the same name',
  'key-lost': 'the key that signed it was lost',
} as const;
export type SuccessionReason = keyof typeof SUCCESSION_REASONS;

const SIZE = z.string().regex(/^(0|[1-9]\d{0,18})$/);

/**
 * The entry with which a log goes on under another name: in the open, where all other entries are salted hashes. The entries
 * before it are those of the predecessor as far as they were kept; from there to the size of its last checkpoint is the gap.
 */
const Succession = z.strictObject({
  type: z.literal('paddock-succession-v1'),
  at: z.string(),
  origin: z.string(),
  reason: z.enum(Object.keys(SUCCESSION_REASONS) as [SuccessionReason, ...SuccessionReason[]]),
  predecessor: z.strictObject({ origin: z.string(), kept: SIZE, checkpoint: z.string() }),
});
export type Succession = z.infer<typeof Succession>;

/** Nothing shorter is one: the parsing of millions of other entries is saved. */
const SHORTEST = 256;

/** The bytes that the log keeps for it. */
export function successionBytes(succession: Succession): Uint8Array {
  return utf8ToBytes(canonicalJson(succession));
}

/** Undefined for any other entry, and for one whose checkpoint is not of the log that it names. */
export function successionOf(entry: Uint8Array): Succession | undefined {
  if (entry.length < SHORTEST) return undefined;
  try {
    const { data } = Succession.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(entry)));
    return data && lastOf(data).origin === data.predecessor.origin ? data : undefined;
  } catch {
    // Nothing that can be read: no succession either.
    return undefined;
  }
}

/** For people: which log goes on from which, and what of that one is missing. */
export function successionSentence(succession: Succession): string {
  const { origin, reason, predecessor } = succession;
  const { size } = lastOf(succession);
  const kept = BigInt(predecessor.kept);
  const gap = size > kept ? `its entries ${kept} to ${size - 1n} are not in this log` : 'none of its entries is missing';
  return `${origin} goes on in place of ${predecessor.origin} since ${succession.at}, for ${SUCCESSION_REASONS[reason]}: ${gap}.`;
}

const lastOf = ({ predecessor }: Succession) => readCheckpoint(parseNote(predecessor.checkpoint));
