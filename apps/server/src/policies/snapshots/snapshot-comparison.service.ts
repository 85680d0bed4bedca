import { Injectable } from '@nestjs/common';
import { EXTRACTOR, wordDiff, type DiffPart } from '@paddock/capture';
import { DataSource } from 'typeorm';
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
    return { extractor: EXTRACTOR, from: before, to: after, parts: await this.diff(from, to) };
  }

  private async diff(from: string, to: string): Promise<DiffPart[]> {
    const [before, after] = await Promise.all([from, to].map((id) => this.texts.ofSnapshot(this.database, id)));
    return wordDiff(before!.text, after!.text);
  }
}
