import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Runtime } from '../http/runtime.js';
import { Sweeps } from '../jobs/sweeps.js';
import { EventLog, SWEEP } from '../ledger/event-log.js';
import { endKeys } from './key-endings.js';
import { resealSome } from './resealing.js';

const READ_MS = 500;
const RESEAL_MS = 1000;
const END_MS = 5000;
/** How long URLs may be signed with a pair that the S3 server no longer takes. */
const ASK_STORE_MS = 5000;

/** Since when a configured key is in use; another one is an event. */
const SEEN = `INSERT INTO configured_key (name, key_id) VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET key_id = excluded.key_id, since = now() WHERE configured_key.key_id <> excluded.key_id
  RETURNING (xmax <> 0) AS changed`;

/** What keeps the keys of all processes the same, and brings their rotations to an end. */
@Injectable()
export class KeyUpkeep implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly sweeps: Sweeps,
    private readonly events: EventLog,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { keys } = this.runtime;
    await this.noteConfiguredKeys();
    this.sweeps.add({ name: 'keys', own: true, everyMs: READ_MS, run: () => keys.refresh().then(() => 0) });
    this.sweeps.add({ name: 'sealing anew', everyMs: RESEAL_MS, run: () => resealSome(this.database, keys) });
    this.sweeps.add({ name: 'keys that end', everyMs: END_MS, run: () => endKeys(this.database, this.events) });
    this.sweeps.add({ name: 'store credentials', own: true, everyMs: ASK_STORE_MS, run: () => this.askStore() });
  }

  /** While there are two pairs: where requests are only signed here, nobody else would find out which is taken. */
  private async askStore(): Promise<number> {
    const { store } = this.runtime;
    if ((store.credentials?.accessKeyIds.length ?? 0) < 2) return 0;
    await store.check();
    return 1;
  }

  private async noteConfiguredKeys(): Promise<void> {
    const id = this.runtime.store.credentials?.accessKeyIds[0];
    if (id === undefined) return;
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ changed: boolean }[]>(SEEN, ['s3', id]);
      if (row?.changed) await this.events.append(SWEEP, { kind: 'key-rotated', detail: { key: 's3', id } }, tx);
    });
  }
}
