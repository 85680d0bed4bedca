import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sweeps } from '../../jobs/sweeps.js';
import { Runtime } from '../../http/runtime.js';

const EVERY_MS = 1000;
/** A process that is gone says nothing any more of its transfers. */
export const FRESH_SECONDS = 5;

/** With what each has sent of a capped link's reservation, should it be this process's last word. */
const KEEP = `
  WITH reserved AS (
    UPDATE link_reservation r SET sent = least(r.bytes, t.bytes), at = now() FROM unnest($1::uuid[], $4::bigint[]) AS t (id, bytes) WHERE r.id = t.id
  )
  INSERT INTO transfer_progress (id, link_id, path, bytes)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[])
  ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes, at = now()`;

interface Running {
  link: string;
  path: string;
  bytes: number;
}

/** The transfers by link that run in this process, kept for all processes to see by one statement a second, however many there are. */
@Injectable()
export class RunningTransfers implements OnApplicationBootstrap {
  private readonly running = new Map<string, Running>();

  constructor(
    private readonly database: DataSource,
    private readonly sweeps: Sweeps,
    private readonly runtime: Runtime,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'transfer-progress', everyMs: EVERY_MS, own: true, run: () => this.keep() });
  }

  begin(id: string, link: string, path: string): void {
    this.running.set(id, { link, path, bytes: 0 });
  }

  sent(id: string, bytes: number): void {
    const transfer = this.running.get(id);
    if (transfer) transfer.bytes = bytes;
  }

  /** What became of it is in the events by then. */
  async end(id: string): Promise<void> {
    this.running.delete(id);
    try {
      await this.database.query('DELETE FROM transfer_progress WHERE id = $1', [id]);
    } catch (error) {
      // It is stale within seconds in any case.
      this.runtime.logger.debug({ error }, 'the progress of a transfer could not be taken away');
    }
  }

  private async keep(): Promise<number> {
    if (this.running.size === 0) return 0;
    const all = [...this.running];
    await this.database.query(KEEP, [
      all.map(([id]) => id),
      all.map(([, { link }]) => link),
      all.map(([, { path }]) => path),
      all.map(([, { bytes }]) => bytes),
    ]);
    await this.database.query(`DELETE FROM transfer_progress WHERE at < now() - interval '1 minute'`);
    return all.length;
  }
}
