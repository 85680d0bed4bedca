import { Injectable } from '@nestjs/common';
import { wordDiff } from '@paddock/capture';
import { DataSource } from 'typeorm';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { ComparedTexts } from '../capture/compared-texts.js';
import { PolicyReading } from '../policy-reading.service.js';

/** What changed between two snapshots of one policy, both read anew by the extractor of today. */
@Injectable()
export class SnapshotComparison {
  constructor(
    private readonly database: DataSource,
    private readonly reading: PolicyReading,
    private readonly texts: ComparedTexts,
  ) {}

  async compare(slug: string, from: string, to: string) {
    const [before, after] = await Promise.all([this.reading.snapshot(slug, from), this.reading.snapshot(slug, to)]);
    const [old, text] = await Promise.all([from, to].map((id) => this.texts.ofSnapshot(this.database, id)));
    return { extractor: text!.extractor, from: before, to: after, parts: wordDiff(old!.text, text!.text) };
  }

  /** What a text that is being written would change in the one in force. */
  async draft(actor: PersonActor, slug: string, text: string) {
    const { id, publisher_id: publisher } = await this.reading.row(slug);
    refuseWithoutRole(actor, 'publisher', { publisher });
    const { inForce } = await this.texts.base(this.database, id);
    return { parts: wordDiff(inForce?.text ?? '', text) };
  }
}
