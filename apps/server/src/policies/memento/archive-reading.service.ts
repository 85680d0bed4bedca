import { Injectable } from '@nestjs/common';
import { capturedMoment, Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { SNAPSHOT, type SnapshotRow } from '../snapshots/snapshot-rows.js';

/** Snapshots by the moment of their capture, as their addresses name them. */
@Injectable()
export class ArchiveReading {
  constructor(private readonly database: DataSource) {}

  async at(slug: string, moment: string): Promise<SnapshotRow> {
    const capturedAt = capturedMoment(moment);
    const [row] = capturedAt
      ? await this.database.query<SnapshotRow[]>(`${SNAPSHOT} WHERE p.slug = $1 AND s.captured_at = $2`, [slug, capturedAt])
      : [];
    if (!row) throw new Refusal('not-found', 'There is no snapshot of this policy from that moment.');
    return row;
  }

  /** An RFC 3161 token over the snapshot's bytes (DER), by its place in the list. */
  async timestamp(slug: string, moment: string, n: number): Promise<Buffer> {
    const { id } = await this.at(slug, moment);
    const [row] = await this.database.query<{ token: Buffer }[]>(
      'SELECT token FROM snapshot_timestamp WHERE snapshot_id = $1 ORDER BY authority LIMIT 1 OFFSET $2',
      [id, n],
    );
    if (!row) throw new Refusal('not-found', 'There is no such timestamp of this snapshot.');
    return row.token;
  }
}
