import { editScript } from './edit-script.js';

export interface DiffPart {
  op: 'equal' | 'insert' | 'delete';
  text: string;
}

interface Word {
  /** Whitespace before it. */
  gap: string;
  word: string;
}

/** Letters of scripts that are written without spaces are words of their own. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}`;
const WORD = new RegExp(String.raw`(\s*)([${UNSPACED}]|[^\s${UNSPACED}]+)|(\s+)$`, 'gu');

/**
 * Word-level differences. Equal and delete parts make up `before` exactly, equal and insert parts `after`; no two neighbors
 * have the same op, and a deletion precedes the insertion that replaces it. Time and memory are bounded for any two texts
 * (`edit-script.ts`).
 */
export function wordDiff(before: string, after: string): DiffPart[] {
  const [old, young] = [wordsOf(before), wordsOf(after)];
  const { deleted, inserted } = editScript(...numbered(old, young));
  const parts = new Parts();
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    if (i < old.length && deleted[i]) parts.delete(old[i]!.gap + old[i++]!.word);
    else if (j < young.length && inserted[j]) parts.insert(young[j]!.gap + young[j++]!.word);
    else parts.keep(old[i++]!, young[j++]!.gap);
  }
  return parts.finished();
}

/** The words of a text; what whitespace ends it stands before a last, empty word. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const [, gap, word, end] of text.matchAll(WORD)) words.push({ gap: gap ?? end!, word: word ?? '' });
  if (words.at(-1)?.word !== '') words.push({ gap: '', word: '' });
  return words;
}

/** The same number for the same word. */
function numbered(...texts: [Word[], Word[]]): [Int32Array, Int32Array] {
  const numbers = new Map<string, number>();
  const numberOf = ({ word }: Word) => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    numbers.set(word, numbers.size);
    return numbers.size - 1;
  };
  return [Int32Array.from(texts[0], numberOf), Int32Array.from(texts[1], numberOf)];
}

/** Joins what belongs together, and puts a change's deletions before its insertions. */
class Parts {
  readonly #parts: DiffPart[] = [];
  #equal = '';
  #deleted = '';
  #inserted = '';

  delete(text: string): void {
    this.#endEqual();
    this.#deleted += text;
  }

  insert(text: string): void {
    this.#endEqual();
    this.#inserted += text;
  }

  keep({ gap, word }: Word, gapAfter: string): void {
    if (gap === gapAfter) return this.#keep(gap + word);
    this.delete(gap);
    this.insert(gapAfter);
    this.#keep(word);
  }

  finished(): DiffPart[] {
    this.#endChange();
    this.#endEqual();
    return this.#parts;
  }

  #keep(text: string): void {
    if (text === '') return;
    this.#endChange();
    this.#equal += text;
  }

  #endEqual(): void {
    if (this.#equal) this.#parts.push({ op: 'equal', text: this.#equal });
    this.#equal = '';
  }

  #endChange(): void {
    if (this.#deleted) this.#parts.push({ op: 'delete', text: this.#deleted });
    if (this.#inserted) this.#parts.push({ op: 'insert', text: this.#inserted });
    this.#deleted = this.#inserted = '';
  }
}
