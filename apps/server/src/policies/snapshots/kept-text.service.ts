import { Injectable } from '@nestjs/common';
import { typesetPdf } from '@paddock/capture';
import { Refusal, type BindingDates } from '@paddock/domain';
import type { PublishText } from '@paddock/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { sha256Hex } from '@paddock/ledger';
import { PolicyReading, type PolicyRow } from '../policy-reading.service.js';
import { bindingDates } from './binding-dates.js';
import { SnapshotWriting } from './snapshot-writing.js';

const AS_WRITTEN = { extractor: 'as-written', extractorVersion: '1' };

/** Policies whose text is kept here: what their publisher writes is its own snapshot, and binds when published. */
@Injectable()
export class KeptTexts {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly reading: PolicyReading,
    private readonly writing: SnapshotWriting,
  ) {}

  async publish(actor: PersonActor, slug: string, input: PublishText) {
    const now = this.runtime.now();
    const dates = bindingDates(input, now);
    const policy = await this.reading.row(slug);
    refuseWithoutRole(actor, 'publisher', { publisher: policy.publisher_id });
    if (policy.source_url !== null) throw new Refusal('policy-captured', `Its text is captured from ${policy.source_url}.`);
    const id = await this.database.transaction((tx) => this.insert(tx, actor, policy, input.text, dates, now));
    return this.reading.snapshot(slug, id);
  }

  async insert(
    tx: EntityManager,
    actor: PersonActor,
    policy: Pick<PolicyRow, 'id' | 'slug' | 'title'>,
    text: string,
    dates: BindingDates,
    now: Date,
  ): Promise<string> {
    const bytes = Buffer.from(text, 'utf8');
    const sourceUrl = `${this.runtime.publicUrl}/policies/${policy.slug}`;
    const pdf = await typesetPdf(text, { title: policy.title, sourceUrl, capturedAt: now, sha256: sha256Hex(bytes) });
    const capture = uuidv7();
    await tx.query(`INSERT INTO capture (id, policy_id, captured_at, outcome, requested_by) VALUES ($1, $2, $3, 'published', $4)`, [
      capture,
      policy.id,
      now,
      actor.account,
    ]);
    const id = await this.writing.insert(tx, actor, {
      policy,
      capture,
      capturedAt: now,
      raw: { mediaType: 'text/plain; charset=utf-8', bytes },
      warcSha256: null,
      text: { text, ...AS_WRITTEN },
      pdf: { maker: 'pdfkit', bytes: pdf },
    });
    await this.writing.makeEffective(tx, actor, policy.slug, id, dates);
    return id;
  }
}
