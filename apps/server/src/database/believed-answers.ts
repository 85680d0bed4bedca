/** Facts older than that are read again: no decision outlives a revocation by more than a second. */
export const BELIEVED_MS = 900;
/** What is asked each half second while bytes flow must be known sooner than that second is over. */
export const FRESH_MS = 400;

/** Answers that are remembered before the old ones are cleared away. */
const MOST = 10_000;
const OLDEST_MS = 1000;

/**
 * What the database said a moment ago. Clients ask in bursts, so that facts are believed for less than the second which
 * the design allows; whoever judges them adds `age` to their time. Callers that come together wait for one answer.
 */
export class BelievedAnswers<T> {
  private readonly known = new Map<string, { at: number; answer: Promise<T> }>();

  /** `age` is in milliseconds. A question that failed is asked again. */
  async of(key: string, believedMs: number, ask: () => Promise<T>): Promise<{ answer: T; age: number }> {
    let known = this.known.get(key);
    if (!known || performance.now() - known.at > believedMs) {
      if (this.known.size >= MOST) this.forget();
      const asked = { at: performance.now(), answer: ask() };
      asked.answer.catch(() => this.known.get(key) === asked && this.known.delete(key));
      this.known.set(key, (known = asked));
    }
    return { answer: await known.answer, age: performance.now() - known.at };
  }

  private forget(): void {
    const since = performance.now() - OLDEST_MS;
    for (const [key, { at }] of this.known) if (at < since) this.known.delete(key);
    if (this.known.size >= MOST) this.known.clear();
  }
}
