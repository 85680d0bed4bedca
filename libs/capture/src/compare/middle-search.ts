/**
 * Steps that a search takes from either corner before it settles for the best point it has reached. It bounds a whole
 * comparison: a search makes that many steps of progress at least and costs at most their square, so two texts of n words
 * cost about n × MAX_STEPS.
 */
const MAX_STEPS = 256;
const NOWHERE = 2 ** 31 - 1;

/** A part of the grid: items `left` to `right` of the one sequence, `top` to `bottom` of the other, ends excluded. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Finds a point in the middle of a shortest path through a box, going from both of its corners at once. */
export class MiddleSearch {
  readonly #a: Int32Array;
  readonly #b: Int32Array;
  /** For each diagonal x - y, moved by the offset, the x that was reached. */
  readonly #fromStart: Int32Array;
  readonly #fromEnd: Int32Array;
  readonly #offset: number;
  #start = { lowest: 0, highest: 0 };
  #end = { lowest: 0, highest: 0 };

  constructor(a: Int32Array, b: Int32Array) {
    [this.#a, this.#b] = [a, b];
    this.#fromStart = new Int32Array(a.length + b.length + 3);
    this.#fromEnd = new Int32Array(a.length + b.length + 3);
    this.#offset = b.length + 1;
  }

  /** The box must have both sides, and no common first or last item. */
  find(box: Box): [x: number, y: number] {
    const [first, last] = [box.left - box.top, box.right - box.bottom];
    this.#start = { lowest: first, highest: first };
    this.#end = { lowest: last, highest: last };
    this.#fromStart[first + this.#offset] = box.left;
    this.#fromEnd[last + this.#offset] = box.right;
    const odd = ((first - last) & 1) === 1;
    for (let step = 0; step < MAX_STEPS; step++) {
      const met = this.#stepFromStart(box, odd) ?? this.#stepFromEnd(box, !odd);
      if (met) return met;
    }
    return this.#furthest(box);
  }

  #stepFromStart({ left, right, top, bottom }: Box, mayMeet: boolean): [number, number] | undefined {
    const [reached, offset] = [this.#fromStart, this.#offset];
    const { lowest, highest } = widen(this.#start, left - bottom, right - top, reached, offset, -1);
    for (let diagonal = highest; diagonal >= lowest; diagonal -= 2) {
      const [below, above] = [reached[diagonal - 1 + offset]!, reached[diagonal + 1 + offset]!];
      let x = below < above ? above : below + 1;
      let y = x - diagonal;
      while (x < right && y < bottom && this.#a[x] === this.#b[y]) {
        x++;
        y++;
      }
      reached[diagonal + offset] = x;
      if (mayMeet && within(diagonal, this.#end) && this.#fromEnd[diagonal + offset]! <= x) return [x, y];
    }
    return undefined;
  }

  #stepFromEnd({ left, right, top, bottom }: Box, mayMeet: boolean): [number, number] | undefined {
    const [reached, offset] = [this.#fromEnd, this.#offset];
    const { lowest, highest } = widen(this.#end, left - bottom, right - top, reached, offset, NOWHERE);
    for (let diagonal = highest; diagonal >= lowest; diagonal -= 2) {
      const [below, above] = [reached[diagonal - 1 + offset]!, reached[diagonal + 1 + offset]!];
      let x = below < above ? below : above - 1;
      let y = x - diagonal;
      while (x > left && y > top && this.#a[x - 1] === this.#b[y - 1]) {
        x--;
        y--;
      }
      reached[diagonal + offset] = x;
      if (mayMeet && within(diagonal, this.#start) && x <= this.#fromStart[diagonal + offset]!) return [x, y];
    }
    return undefined;
  }

  /** The point that is furthest from the corner it was reached from. */
  #furthest({ left, right, top, bottom }: Box): [x: number, y: number] {
    let [best, distance] = [[left, top] as [number, number], 0];
    const consider = (x: number, y: number, walked: number) => {
      if (walked > distance) [best, distance] = [[x, y], walked];
    };
    for (let diagonal = this.#start.lowest; diagonal <= this.#start.highest; diagonal += 2) {
      const x = Math.min(this.#fromStart[diagonal + this.#offset]!, right, bottom + diagonal);
      consider(x, x - diagonal, 2 * x - diagonal - left - top);
    }
    for (let diagonal = this.#end.lowest; diagonal <= this.#end.highest; diagonal += 2) {
      const x = Math.max(this.#fromEnd[diagonal + this.#offset]!, left, top + diagonal);
      consider(x, x - diagonal, right + bottom - 2 * x + diagonal);
    }
    return best;
  }
}

interface Diagonals {
  lowest: number;
  highest: number;
}

/** One diagonal more on either side, or, where the box ends, one less: only every other one is reached in a step. */
function widen(known: Diagonals, least: number, most: number, reached: Int32Array, offset: number, unreached: number): Diagonals {
  if (known.lowest > least) reached[--known.lowest - 1 + offset] = unreached;
  else known.lowest++;
  if (known.highest < most) reached[++known.highest + 1 + offset] = unreached;
  else known.highest--;
  return known;
}

function within(diagonal: number, { lowest, highest }: Diagonals): boolean {
  return lowest <= diagonal && diagonal <= highest;
}
