import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { noteGarbage } from '../../catalog/uploads/garbage-objects.js';
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
  DELETE FROM blob b USING unnest($2::uuid[], $3::text[]) AS locked (publisher_id, digest)
  WHERE b.publisher_id = locked.publisher_id AND b.digest = locked.digest AND ${UNREFERENCED} RETURNING b.storage_key AS key`;
const GIVE_UP_UPLOADS = `DELETE FROM blob_upload WHERE created_at < now() - $1 * interval '1 day' RETURNING id, digest`;

/**
 * Gives up what no manifest references, and uploads that nobody goes on with: those may have left an object that arrived
 * whole while its blob could not be written. A key is never used again, so that whoever brings the same bytes meanwhile
 * keeps theirs.
 */
@Injectable()
export class BlobGarbage implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'blob-garbage', everyMs: 2000, run: () => this.collect() });
  }

  private async collect(): Promise<number> {
    return (await this.giveUpUploads()) + (await this.giveUpBlobs());
  }

  private giveUpBlobs(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const locked = await tx.query<{ publisher_id: string; digest: string }[]>(LOCK, [GRACE_HOURS]);
      if (locked.length === 0) return 0;
      const columns = [locked.map((row) => row.publisher_id), locked.map(({ digest }) => digest)];
      const [gone] = await tx.query<[{ key: string }[], number]>(GIVE_UP, [GRACE_HOURS, ...columns]);
      await noteGarbage(
        tx,
        gone.map(({ key }) => key),
      );
      return gone.length;
    });
  }

  private giveUpUploads(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const [stale] = await tx.query<[{ id: string; digest: string }[], number]>(GIVE_UP_UPLOADS, [UPLOAD_DAYS]);
      await noteGarbage(tx, stale.map(keyOf));
      return stale.length;
    });
  }
}
