import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { PasskeyFacts } from '../../grants/passkey-facts.js';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';

/** In bytes, but for `completed`; what came since it was last written. */
export interface Taken {
  uploaded: number;
  downloaded: number;
  seeded: number;
  webseeded: number;
  completed: number;
}

type Whose = Pick<PasskeyFacts, 'passkey' | 'grant' | 'holder' | 'model' | 'release'>;
type Counted = Taken & { whose: Whose };

const EVERY_MS = 5000;
const PARTS = ['uploaded', 'downloaded', 'seeded', 'webseeded', 'completed'] as const;

/** Counts and events in one statement, so that neither stands alone. */
const WRITE = `
  WITH taken AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::int[])
      AS t (event, passkey, grant_id, holder, model, release, uploaded, downloaded, seeded, webseeded, completed)
  ), counted AS (
    INSERT INTO passkey_usage AS u (passkey_id, uploaded, downloaded, seeded, webseeded, completed, last_at)
    SELECT passkey, uploaded, downloaded, seeded, webseeded, completed, clock_timestamp() FROM taken ORDER BY passkey
    ON CONFLICT (passkey_id) DO UPDATE SET uploaded = u.uploaded + excluded.uploaded, downloaded = u.downloaded + excluded.downloaded,
      seeded = u.seeded + excluded.seeded, webseeded = u.webseeded + excluded.webseeded, completed = u.completed + excluded.completed, last_at = excluded.last_at
  )
  INSERT INTO event (id, kind, request_id, holder_id, subject_id, model_id, detail)
  SELECT event, 'torrent-taken', 'torrent', holder, grant_id, model, jsonb_build_object('release', release, 'passkey', passkey,
    'uploaded', uploaded, 'downloaded', downloaded, 'seeded', seeded, 'webseeded', webseeded, 'completed', completed) FROM taken`;

/**
 * How much was taken with each passkey. Clients fetch in thousands of pieces and announce all day, so that what they took
 * is summed here and written every few seconds; a process that is killed loses the last of them.
 */
@Injectable()
export class PasskeyUsage implements OnApplicationBootstrap, OnApplicationShutdown {
  private pending = new Map<string, Counted>();

  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'passkey-usage', everyMs: EVERY_MS, own: true, run: () => this.write() });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.write().catch((error: unknown) => this.runtime.logger.error({ error }, 'what was taken could not be recorded'));
  }

  add(whose: Whose, taken: Partial<Taken>): void {
    let counted = this.pending.get(whose.passkey);
    if (!counted) {
      counted = { whose, uploaded: 0, downloaded: 0, seeded: 0, webseeded: 0, completed: 0 };
      this.pending.set(whose.passkey, counted);
    }
    for (const part of PARTS) counted[part] += taken[part] ?? 0;
  }

  private async write(): Promise<number> {
    const counted = [...this.pending.values()].filter((one) => PARTS.some((part) => one[part] > 0));
    this.pending = new Map();
    if (counted.length === 0) return 0;
    try {
      await this.database.query(WRITE, columnsOf(counted));
    } catch (error) {
      for (const { whose, ...taken } of counted) this.add(whose, taken);
      throw error;
    }
    return counted.length;
  }
}

function columnsOf(counted: Counted[]): unknown[][] {
  const whose = (['passkey', 'grant', 'holder', 'model', 'release'] as const).map((part) => counted.map((one) => one.whose[part]));
  return [counted.map(() => uuidv7()), ...whose, ...PARTS.map((part) => counted.map((one) => one[part]))];
}
