import { Injectable } from '@nestjs/common';
import type { TypedLink } from '@paddock/domain';
import { Runtime } from '../../http/runtime.js';
import { PolicyReading } from '../policy-reading.service.js';
import { shownSnapshot } from '../snapshots/snapshot-rows.js';
import { ArchiveReading } from './archive-reading.service.js';
import { TimeGate } from './timegate.service.js';

/** Policies with their texts, as Memento clients read them. */
@Injectable()
export class PolicyArchive {
  constructor(
    private readonly runtime: Runtime,
    private readonly reading: PolicyReading,
    private readonly archive: ArchiveReading,
    private readonly timegate: TimeGate,
  ) {}

  async inForce(slug: string) {
    const policy = await this.reading.find(slug);
    return { policy, text: policy.current && (await this.text(policy.current.textSha256)) };
  }

  async snapshotAt(slug: string, moment: string) {
    const row = await this.archive.at(slug, moment);
    const { source_url: source } = await this.reading.row(slug);
    const snapshot = shownSnapshot(row, this.runtime.publicUrl, this.runtime.now());
    const { captured_at, effective_from } = row;
    const links =
      snapshot.state === 'effective' && effective_from
        ? await this.timegate.linksOf(slug, { captured_at, effective_from })
        : this.timegate.ownLinks(slug);
    const via: TypedLink[] = source ? [{ url: source, rel: 'via' }] : [];
    return { snapshot, text: await this.text(row.text_sha256), links: [...links, ...via] };
  }

  ownLinks(slug: string): TypedLink[] {
    return this.timegate.ownLinks(slug);
  }

  private async text(sha256: string): Promise<string> {
    return (await this.reading.bytes(sha256)).bytes.toString('utf8');
  }
}
