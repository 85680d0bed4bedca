import { setTimeout as pause } from 'node:timers/promises';

const MOST_FAILURES = 8;
const LONGEST_PAUSE_MS = 15_000;

/** Waits before each retry, twice as long after every failure in a row, and gives up at the eighth. */
export class Patience {
  private failures = 0;

  constructor(private readonly firstPauseMs: number) {}

  /** Something moved, so that earlier failures no longer count. */
  progressed(): void {
    this.failures = 0;
  }

  /** @throws the error itself when it was one too many */
  async wait(error: Error): Promise<void> {
    this.failures += 1;
    if (this.failures >= MOST_FAILURES) throw error;
    await pause(Math.min(LONGEST_PAUSE_MS, this.firstPauseMs * 2 ** (this.failures - 1)));
  }
}
