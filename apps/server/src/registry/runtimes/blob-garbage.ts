import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { keyOf } from './blob-uploads.service.js';

/** An import sends blobs first and their manifest last: for so long one may wait for it. */
const GRACE_HOURS = 1;
const UPLOAD_DAYS = 1;
const AT_ONCE = 50;

const UNREFERENCED = `used_at < clock_timestamp() - $1 * interval '1 hour'
  AND NOT EXISTS (SELECT FROM runtime_manifest_blob x WHERE x.publisher_id = b.publisher_id AND x.digest = b.digest)`;
const LOCK = `SELECT publisher_id, digest FROM blob b WHERE ${UNREFERENCED} ORDER BY used_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`;
/** Asked again under the locks: a reference that came between needs a lock of its own, and is seen by this statement. */
const GIVE_UP = `
  WITH gone AS (
    DELETE FROM blob b USING unnest($2::uuid[], $3::text[]) AS locked (publisher_id, digest)
    WHERE b.publisher_id = locked.publisher_id AND b.digest = locked.digest AND ${UNREFERENCED} RETURNING b.storage_key)
  INSERT INTO garbage_object (storage_key) SELECT storage_key FROM gone RETURNING storage_key`;

/**
 * Deletes what no manifest references. The row goes first and leaves a note of its object; the object follows. A key is
 * never used again, so that whoever brings the same bytes meanwhile keeps theirs.
 */
@Injectable()
export class BlobGarbage implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'blob-garbage', everyMs: 2000, run: () => this.collect() });
  }

  private async collect(): Promise<number> {
    await this.giveUpUploads();
    const rows = await this.giveUpBlobs();
    return rows + (await this.deleteObjects());
  }

  private giveUpBlobs(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const locked = await tx.query<{ publisher_id: string; digest: string }[]>(LOCK, [GRACE_HOURS]);
      if (locked.length === 0) return 0;
      const columns = [locked.map((row) => row.publisher_id), locked.map(({ digest }) => digest)];
      const gone = await tx.query<unknown[]>(GIVE_UP, [GRACE_HOURS, ...columns]);
      return gone.length;
    });
  }

  private async giveUpUploads(): Promise<void> {
    const [stale] = await this.database.query<[{ id: string; digest: string }[], number]>(
      `DELETE FROM blob_upload WHERE created_at < now() - $1 * interval '1 day' RETURNING id, digest`,
      [UPLOAD_DAYS],
    );
    for (const row of stale) await (await this.runtime.store.openUpload(keyOf(row), { resume: true })).abort();
  }

  private async deleteObjects(): Promise<number> {
    const garbage = await this.database.query<{ storage_key: string }[]>(
      `SELECT storage_key FROM garbage_object ORDER BY created_at LIMIT ${AT_ONCE}`,
    );
    for (const { storage_key: key } of garbage) {
      await this.runtime.store.delete(key);
      await this.database.query('DELETE FROM garbage_object WHERE storage_key = $1', [key]);
    }
    return garbage.length;
  }
}
