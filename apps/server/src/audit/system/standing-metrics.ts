import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { statfs } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { Runtime } from '../../http/runtime.js';

const BELIEVED_MS = 5000;
/** What waits, as every process sees it: nothing is said twice where it is read of each. */
const WAITING = `
  SELECT 'mail' AS what, count(*)::int AS n, extract(epoch FROM now() - min(queued_at))::float8 AS seconds FROM mail WHERE state = 'queued'
  UNION ALL SELECT 'webhooks', count(*)::int, extract(epoch FROM now() - min(created_at))::float8 FROM webhook_delivery WHERE state = 'pending'
  UNION ALL SELECT 'ledger', count(*)::int, extract(epoch FROM now() - min(created_at))::float8 FROM ledger_entry e
    WHERE NOT EXISTS (SELECT FROM entry_index i WHERE i.entry_id = e.id)`;

type Waiting = { what: string; n: number; seconds: number | null }[];

/** What alerts need of the whole portal: whether its parts answer, and what waits for how long. */
@Injectable()
export class StandingMetrics {
  private asked: { at: number; rows: Promise<Waiting | undefined> } | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {
    const registers = [runtime.metrics.registry];
    const waiting = new Gauge({
      name: 'paddock_waiting',
      help: 'What is due or under way, of the whole portal.',
      labelNames: ['what'],
      registers,
      collect: async () => {
        for (const { what, n } of (await this.waiting()) ?? []) waiting.set({ what }, n);
      },
    });
    const oldest = new Gauge({
      name: 'paddock_waiting_oldest_seconds',
      help: 'How long the oldest of it has waited; 0 where nothing waits.',
      labelNames: ['what'],
      registers,
      collect: async () => {
        for (const { what, seconds } of (await this.waiting()) ?? []) oldest.set({ what }, seconds ?? 0);
      },
    });
    const up = new Gauge({
      name: 'paddock_up',
      help: '1 where what the portal needs answers this process.',
      labelNames: ['part'],
      registers,
      collect: async () => {
        up.set({ part: 'database' }, (await this.waiting()) ? 1 : 0);
        up.set(
          { part: 'store' },
          await runtime.store.check().then(
            () => 1,
            () => 0,
          ),
        );
      },
    });
    if (runtime.store.kind === 'disk') this.watchDisk();
  }

  private watchDisk(): void {
    const { config, metrics } = this.runtime;
    const free = new Gauge({
      name: 'paddock_store_free_bytes',
      help: 'Room on the disk of the store.',
      registers: [metrics.registry],
      collect: async () => {
        const { bavail, bsize } = await statfs(config.dataDir);
        free.set(bavail * bsize);
      },
    });
  }

  /** Undefined while the database does not answer; asked once for all that is shown. */
  private waiting(): Promise<Waiting | undefined> {
    const at = performance.now();
    if (!this.asked || at - this.asked.at > BELIEVED_MS)
      this.asked = { at, rows: this.database.query<Waiting>(WAITING).catch(() => undefined) };
    return this.asked.rows;
  }
}
