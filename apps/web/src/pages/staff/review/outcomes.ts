import type { Problem } from '@paddock/contracts';

/** A decision that was sent and refused: it is told wherever its reviewer is by then. */
interface RefusedDecision {
  about: string;
  request: string;
  problem: Problem;
}

let refused: readonly RefusedDecision[] = [];
const listeners = new Set<() => void>();

function set(next: readonly RefusedDecision[]): void {
  refused = next;
  for (const listener of listeners) listener();
}

export const outcomes = {
  all: () => refused,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  add: (one: RefusedDecision) => set([...refused, one]),
  clear: () => set([]),
};
