import { Injectable } from '@nestjs/common';
import type { Paging } from '@paddock/contracts';
import { Refusal, type Schedule, type StandingRule } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { page, readCursor } from '../http/cursor.js';
import { Runtime } from '../http/runtime.js';
import { IN_FORCE_FIRST, shownSnapshot, SNAPSHOT, type ShownSnapshot, type SnapshotRow } from './snapshots/snapshot-rows.js';

export interface PolicyRow {
  id: string;
  slug: string;
  title: string;
  publisher_id: string;
  publisher: string;
  source_url: string | null;
  schedule: Schedule | null;
  standing_rule: StandingRule | null;
  pending: number;
  created_at: Date;
}

const POLICY = `
  SELECT p.id, p.slug, p.title, p.publisher_id, u.slug AS publisher, p.source_url, p.schedule, p.standing_rule, p.created_at,
    (SELECT count(*)::int FROM snapshot WHERE policy_id = p.id AND effective_from IS NULL AND dismissed_at IS NULL) AS pending
  FROM policy p JOIN publisher u ON u.id = p.publisher_id`;

/** Policies and their snapshots as everyone may read them. */
@Injectable()
export class PolicyReading {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  async row(slug: string, tx: EntityManager | DataSource = this.database): Promise<PolicyRow> {
    const [policy] = await tx.query<PolicyRow[]>(`${POLICY} WHERE p.slug = $1`, [slug]);
    if (!policy) throw new Refusal('not-found', 'There is no such policy.');
    return policy;
  }

  /** `on`: what was in force then; without it, now. */
  async find(slug: string, on?: Date) {
    const policy = await this.row(slug);
    const current = await this.inForce(policy.id, on ?? this.runtime.now());
    return {
      slug: policy.slug,
      publisher: policy.publisher,
      title: policy.title,
      sourceUrl: policy.source_url,
      schedule: policy.schedule,
      standingRule: policy.standing_rule,
      current: current ?? null,
      pending: policy.pending,
    };
  }

  async list(query: Paging) {
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<
      { id: string; slug: string; title: string; source_url: string | null; publisher: string; at: string }[]
    >(
      `SELECT p.id, p.slug, p.title, p.source_url, u.slug AS publisher, to_json(p.created_at) #>> '{}' AS at FROM policy p JOIN publisher u ON u.id = p.publisher_id
       WHERE $1::timestamptz IS NULL OR (p.created_at, p.id) < ($1, $2::uuid) ORDER BY p.created_at DESC, p.id DESC LIMIT $3`,
      [cursor?.at ?? null, cursor?.id ?? null, query.limit + 1],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return {
      items: items.map(({ slug, publisher, title, source_url }) => ({ slug, publisher, title, sourceUrl: source_url })),
      nextCursor,
    };
  }

  async snapshots(slug: string, query: Paging) {
    const { id } = await this.row(slug);
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<SnapshotRow[]>(
      `${SNAPSHOT} WHERE p.id = $1 AND ($2::timestamptz IS NULL OR (s.captured_at, s.id) < ($2, $3::uuid)) ORDER BY s.captured_at DESC, s.id DESC LIMIT $4`,
      [id, cursor?.at ?? null, cursor?.id ?? null, query.limit + 1],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => ({ at: row.captured_at.toISOString(), id: row.id }));
    return { items: items.map((row) => this.shown(row)), nextCursor };
  }

  async snapshot(slug: string, id: string): Promise<ShownSnapshot> {
    const [row] = await this.database.query<SnapshotRow[]>(`${SNAPSHOT} WHERE p.slug = $1 AND s.id = $2`, [slug, id]);
    if (!row) throw new Refusal('not-found', 'There is no such snapshot of this policy.');
    return this.shown(row);
  }

  /** The bytes of a document of ours. */
  async bytes(sha256: string): Promise<{ mediaType: string; bytes: Buffer }> {
    const [row] = await this.database.query<{ mediaType: string; bytes: Buffer }[]>(
      'SELECT media_type AS "mediaType", bytes FROM document WHERE sha256 = $1',
      [sha256],
    );
    return row!;
  }

  private async inForce(policy: string, at: Date): Promise<ShownSnapshot | undefined> {
    const [row] = await this.database.query<SnapshotRow[]>(`${SNAPSHOT} WHERE p.id = $1 AND s.effective_from <= $2 ${IN_FORCE_FIRST}`, [
      policy,
      at,
    ]);
    return row && this.shown(row);
  }

  private shown(row: SnapshotRow): ShownSnapshot {
    return shownSnapshot(row, this.runtime.publicUrl, this.runtime.now());
  }
}
