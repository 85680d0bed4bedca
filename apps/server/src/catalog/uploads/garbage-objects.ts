import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';

const AT_ONCE = 50;

/** Notes, with the change that gives them up, keys that nothing names any more and that nothing will name again. */
export async function noteGarbage(tx: EntityManager, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query('INSERT INTO garbage_object (storage_key) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [keys]);
}

/** Deletes what was noted; the note goes last, so that nothing is lost with a process (decision 0047). */
@Injectable()
export class GarbageObjects implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'garbage-objects', everyMs: 2000, run: () => this.deleteNoted() });
  }

  private async deleteNoted(): Promise<number> {
    const { store } = this.runtime;
    const noted = await this.database.query<{ key: string }[]>(
      `SELECT storage_key AS key FROM garbage_object ORDER BY created_at LIMIT ${AT_ONCE}`,
    );
    for (const { key } of noted) {
      // What is still on its way there can no longer be finished.
      await (await store.openUpload(key, { resume: true })).abort();
      await store.delete(key);
      await this.database.query('DELETE FROM garbage_object WHERE storage_key = $1', [key]);
    }
    return noted.length;
  }
}
