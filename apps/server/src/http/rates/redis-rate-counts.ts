import { createClient, type RedisClientType } from '@redis/client';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { MemoryRateCounts, type RateCounts } from './rate-counts.js';

/** A request does not wait longer for its count. */
const ANSWER_MS = 250;
/** Longer than the minute that is counted, for clocks differ. */
const KEPT_SECONDS = 120;

/** Of all processes together, in their Valkey or Redis. While it does not answer, each process counts by itself. */
export class RedisRateCounts implements RateCounts {
  private readonly own = new MemoryRateCounts();
  private readonly client: RedisClientType<{}, {}, {}, 3, {}>;
  private readonly opened: Promise<unknown>;

  constructor(url: string, complain: (error: unknown) => void) {
    this.client = createClient({
      url,
      disableOfflineQueue: true,
      socket: { connectTimeout: 2000, reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 2000) },
    });
    this.client.on('error', complain);
    this.opened = this.client.connect().catch(() => undefined);
  }

  async count(subject: string, minute: number): Promise<number> {
    const alone = this.own.count(subject, minute);
    // Addresses are personal data: their hashes do as well, for two minutes.
    const key = `paddock:rate:${minute}:${createHash('sha256').update(subject).digest('base64url')}`;
    const asked = this.client.multi().incr(key).expire(key, KEPT_SECONDS).exec();
    const together = await Promise.race([asked.catch(() => undefined), delay(ANSWER_MS, undefined, { ref: false })]);
    return together ? Number(together[0]) : alone;
  }

  async close(): Promise<void> {
    await this.opened;
    this.client.destroy();
  }
}
