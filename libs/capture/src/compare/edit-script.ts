import { MiddleSearch, type Box } from './middle-search.js';

/** 1 for each item that is deleted from the one, inserted into the other. */
export interface EditScript {
  deleted: Uint8Array;
  inserted: Uint8Array;
}

/**
 * A short edit script between two sequences, by the linear-space variant of E. W. Myers, "An O(ND) Difference Algorithm
 * and Its Variations" (1986), section 4b. It is a shortest one unless a search was cut off.
 */
export function editScript(a: Int32Array, b: Int32Array): EditScript {
  const deleted = new Uint8Array(a.length);
  const inserted = new Uint8Array(b.length);
  const search = new MiddleSearch(a, b);
  const boxes: Box[] = [{ left: 0, right: a.length, top: 0, bottom: b.length }];
  for (let box = boxes.pop(); box; box = boxes.pop()) {
    const { left, right, top, bottom } = shrunk(a, b, box);
    if (left === right) inserted.fill(1, top, bottom);
    else if (top === bottom) deleted.fill(1, left, right);
    else {
      const [x, y] = search.find({ left, right, top, bottom });
      boxes.push({ left, right: x, top, bottom: y }, { left: x, right, top: y, bottom });
    }
  }
  return { deleted, inserted };
}

/** Without the common beginning and end. */
function shrunk(a: Int32Array, b: Int32Array, { left, right, top, bottom }: Box): Box {
  while (left < right && top < bottom && a[left] === b[top]) [left, top] = [left + 1, top + 1];
  while (left < right && top < bottom && a[right - 1] === b[bottom - 1]) [right, bottom] = [right - 1, bottom - 1];
  return { left, right, top, bottom };
}
