import { Injectable } from '@nestjs/common';
import type { BindingDates } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { EventLog, type Origin } from '../../ledger/event-log.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import { announceText } from '../announcements.js';
import { keepDocument } from '../documents.js';

export interface NewSnapshot {
  policy: { id: string; slug: string };
  capture: string;
  capturedAt: Date;
  raw: { mediaType: string; bytes: Buffer };
  warcSha256: string | null;
  text: { text: string; extractor: string; extractorVersion: string };
  pdf: { maker: string; bytes: Buffer };
}

/** Writes snapshots, and what makes them bind: row, event and announcement stand together, and a ledger entry of what was captured. */
@Injectable()
export class SnapshotWriting {
  constructor(
    private readonly ledger: LedgerService,
    private readonly events: EventLog,
  ) {}

  async insert(tx: EntityManager, origin: Origin, snapshot: NewSnapshot): Promise<string> {
    const { policy, capture, capturedAt, raw, text, pdf } = snapshot;
    const id = uuidv7();
    const rawSha256 = await keepDocument(tx, raw.mediaType, raw.bytes);
    const textSha256 = await keepDocument(tx, 'text/plain; charset=utf-8', Buffer.from(text.text, 'utf8'));
    const pdfSha256 = await keepDocument(tx, 'application/pdf', pdf.bytes);
    await tx.query(
      'INSERT INTO snapshot (id, policy_id, capture_id, captured_at, raw_sha256, pdf_sha256, pdf_maker) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [id, policy.id, capture, capturedAt, rawSha256, pdfSha256, pdf.maker],
    );
    await tx.query('INSERT INTO snapshot_text (snapshot_id, extractor, extractor_version, sha256) VALUES ($1, $2, $3, $4)', [
      id,
      text.extractor,
      text.extractorVersion,
      textSha256,
    ]);
    const fact = { policy: policy.slug, sha256: rawSha256, warcSha256: snapshot.warcSha256, textSha256, pdfSha256 };
    await this.ledger.append(tx, 'snapshot', id, capturedAt, fact);
    await this.events.append(origin, { kind: 'snapshot-captured', subject: id, detail: { policy: policy.slug, sha256: rawSha256 } }, tx);
    return id;
  }

  async makeEffective(tx: EntityManager, origin: Origin, policy: string, snapshot: string, dates: BindingDates): Promise<void> {
    await tx.query('UPDATE snapshot SET effective_from = $2, reaccept_from = $3, decided_by = $4 WHERE id = $1', [
      snapshot,
      dates.effectiveFrom,
      dates.reacceptFrom,
      origin.account,
    ]);
    const binding = { effectiveFrom: dates.effectiveFrom.toISOString(), reacceptFrom: dates.reacceptFrom?.toISOString() ?? null };
    await this.events.append(origin, { kind: 'snapshot-effective', subject: snapshot, detail: { policy, ...binding } }, tx);
    await announceText(tx, 'snapshot', snapshot);
  }
}
