import { Injectable } from '@nestjs/common';
import type { Paging } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import type { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { refuseWithoutRole, type Actor, type PersonActor } from '../../http/actor.js';
import { page, readCursor } from '../../http/cursor.js';
import { Runtime } from '../../http/runtime.js';
import { PolicyReading } from '../policy-reading.service.js';
import { CAPTURE, shownCapture, type CaptureRow } from './capture-rows.js';
import { warcKey } from './page-capture.js';

/** Looks at a source as its publisher reads them, failures among them. */
@Injectable()
export class CaptureReading {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly policies: PolicyReading,
  ) {}

  async list(actor: PersonActor, slug: string, query: Paging) {
    const policy = await this.policies.row(slug);
    refuseWithoutRole(actor, 'publisher', { publisher: policy.publisher_id });
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<CaptureRow[]>(
      `${CAPTURE} WHERE p.id = $1 AND ($2::timestamptz IS NULL OR (c.captured_at, c.id) < ($2, $3::uuid)) ORDER BY c.captured_at DESC, c.id DESC LIMIT $4`,
      [policy.id, cursor?.at ?? null, cursor?.id ?? null, query.limit + 1],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => ({ at: row.captured_at.toISOString(), id: row.id }));
    return { items: items.map((row) => this.shown(slug, row)), nextCursor };
  }

  async find(slug: string, id: string) {
    return this.shown(slug, await this.row(slug, id));
  }

  /** What went over the wire. Of failures it is for staff: nobody knows yet what a page that is none holds. */
  async warc(actor: Actor, slug: string, id: string): Promise<Readable> {
    const { warc_sha256, snapshot_id } = await this.row(slug, id);
    if (!warc_sha256) throw new Refusal('not-found', 'This capture has no WARC.');
    if (!snapshot_id) refuseWithoutRole(actor, 'publisher', { publisher: (await this.policies.row(slug)).publisher_id });
    return this.runtime.store.read(warcKey(warc_sha256));
  }

  private async row(slug: string, id: string): Promise<CaptureRow> {
    const [row] = await this.database.query<CaptureRow[]>(`${CAPTURE} WHERE p.slug = $1 AND c.id = $2`, [slug, id]);
    if (!row) throw new Refusal('not-found', 'There is no such capture of this policy.');
    return row;
  }

  private shown(slug: string, row: CaptureRow) {
    return shownCapture(row, `${this.runtime.publicUrl}/policies/${slug}`);
  }
}
