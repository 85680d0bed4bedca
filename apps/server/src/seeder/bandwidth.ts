import { setTimeout } from 'node:timers/promises';

/** So many bytes a second for all who ask, first come first served; what was not used is kept for a tenth of a second. */
export class Bandwidth {
  private nextAt = 0;

  constructor(private readonly bytesPerSecond: number) {}

  /** Resolves when the bytes may be sent. */
  async take(bytes: number, signal: AbortSignal): Promise<void> {
    const now = performance.now();
    const from = Math.max(this.nextAt, now - 100);
    this.nextAt = from + (bytes / this.bytesPerSecond) * 1000;
    if (from > now) await setTimeout(from - now, undefined, { signal });
  }
}
