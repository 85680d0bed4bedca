/** One step of a change that an operator makes, and whether it is done. */
export interface Step {
  text: string;
  state: 'done' | 'next' | 'later';
}

/** All before one are done, all after it come later. */
export const stepsAt = (at: number, texts: readonly string[]): Step[] =>
  texts.map((text, n) => ({ text, state: n < at ? 'done' : n === at ? 'next' : 'later' }));
