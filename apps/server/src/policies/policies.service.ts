import { Injectable } from '@nestjs/common';
import type { CreatePolicy } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { isConflict } from '../database/failure.js';
import { refuseWithoutRole, type PersonActor } from '../http/actor.js';
import { Runtime } from '../http/runtime.js';
import { EventLog } from '../ledger/event-log.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { keepDocument } from './documents.js';

interface SnapshotRow {
  id: string;
  captured_at: Date;
  raw_sha256: string;
  text_sha256: string;
  effective_from: Date | null;
}

const SNAPSHOTS = `
  SELECT s.id, s.captured_at, s.raw_sha256, s.effective_from, t.sha256 AS text_sha256 FROM snapshot s JOIN policy p ON p.id = s.policy_id
  JOIN LATERAL (SELECT sha256 FROM snapshot_text WHERE snapshot_id = s.id ORDER BY created_at DESC LIMIT 1) t ON true
  WHERE p.slug = $1`;

@Injectable()
export class PoliciesService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly ledger: LedgerService,
    private readonly events: EventLog,
  ) {}

  /** A policy whose text is kept here: its first snapshot is effective at once. */
  async create(actor: PersonActor, input: CreatePolicy) {
    try {
      await this.database.transaction(async (tx) => {
        const [publisher] = await tx.query<{ id: string }[]>('SELECT id FROM publisher WHERE slug = $1', [input.publisher]);
        if (!publisher) throw new Refusal('not-found', 'There is no such publisher.');
        refuseWithoutRole(actor, 'publisher', { publisher: publisher.id });
        const now = this.runtime.now();
        const [policy, capture, snapshot] = [uuidv7(), uuidv7(), uuidv7()];
        const sha256 = await keepDocument(tx, 'text/plain; charset=utf-8', Buffer.from(input.text, 'utf8'));
        await tx.query('INSERT INTO policy (id, publisher_id, slug, title) VALUES ($1, $2, $3, $4)', [
          policy,
          publisher.id,
          input.slug,
          input.title,
        ]);
        await tx.query(`INSERT INTO capture (id, policy_id, captured_at, outcome) VALUES ($1, $2, $3, 'published')`, [
          capture,
          policy,
          now,
        ]);
        await tx.query(
          'INSERT INTO snapshot (id, policy_id, capture_id, captured_at, raw_sha256, effective_from) VALUES ($1, $2, $3, $4, $5, $4)',
          [snapshot, policy, capture, now, sha256],
        );
        await tx.query(`INSERT INTO snapshot_text (snapshot_id, extractor, extractor_version, sha256) VALUES ($1, 'as-written', '1', $2)`, [
          snapshot,
          sha256,
        ]);
        await this.ledger.append(tx, 'snapshot', snapshot, now, { policy: input.slug, sha256 });
        await this.events.append(actor, { kind: 'snapshot-effective', subject: snapshot, detail: { policy: input.slug, sha256 } }, tx);
      });
    } catch (error) {
      if (isConflict(error)) throw new Refusal('slug-taken', `A policy \`${input.slug}\` exists already.`);
      throw error;
    }
    return this.find(input.slug);
  }

  async find(slug: string) {
    const [policy] = await this.database.query<{ slug: string; title: string; source_url: string | null }[]>(
      'SELECT slug, title, source_url FROM policy WHERE slug = $1',
      [slug],
    );
    if (!policy) throw new Refusal('not-found', 'There is no such policy.');
    const [current] = await this.database.query<SnapshotRow[]>(
      `${SNAPSHOTS} AND s.effective_from <= now() ORDER BY s.effective_from DESC LIMIT 1`,
      [slug],
    );
    return { slug: policy.slug, title: policy.title, sourceUrl: policy.source_url, current: current ? this.listed(current) : null };
  }

  async snapshots(slug: string) {
    await this.find(slug);
    const rows = await this.database.query<SnapshotRow[]>(`${SNAPSHOTS} ORDER BY s.captured_at DESC LIMIT 200`, [slug]);
    return { items: rows.map((row) => this.listed(row)), nextCursor: null };
  }

  private listed(row: SnapshotRow) {
    const document = (sha256: string) => `${this.runtime.publicUrl}/documents/${sha256}`;
    return {
      id: row.id,
      capturedAt: row.captured_at,
      sha256: row.raw_sha256,
      state: row.effective_from ? 'effective' : 'pending',
      effectiveFrom: row.effective_from,
      url: document(row.raw_sha256),
      text: document(row.text_sha256),
    };
  }
}
