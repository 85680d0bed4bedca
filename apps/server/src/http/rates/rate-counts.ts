/** How often subjects have asked within the minute that runs. */
export interface RateCounts {
  /** Counts one more and tells how many that makes. */
  count(subject: string, minute: number): Promise<number> | number;
  close(): Promise<void>;
}

/** Of this process alone. */
export class MemoryRateCounts implements RateCounts {
  private minute = -1;
  private counts = new Map<string, number>();

  count(subject: string, minute: number): number {
    if (minute !== this.minute) {
      this.minute = minute;
      this.counts = new Map();
    }
    const count = (this.counts.get(subject) ?? 0) + 1;
    this.counts.set(subject, count);
    return count;
  }

  async close(): Promise<void> {
    this.counts.clear();
  }
}
