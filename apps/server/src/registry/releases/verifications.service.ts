import { Injectable } from '@nestjs/common';
import type { RecordVerification } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { PublishingService } from '../../catalog/publishing.service.js';
import { ociReference } from '../../catalog/verifications.js';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';

const RECORD = `
  INSERT INTO verification (id, release_id, runtime_id, digest, engine, load_ms, tokens_per_second, output_sha256, verified_at)
  SELECT $1, $2, t.id, m.digest, $3, $4, $5, $6, $7
  FROM runtime t JOIN publisher p ON p.id = t.publisher_id JOIN runtime_manifest m ON m.runtime_id = t.id
  WHERE p.slug || '/' || t.name = $8 AND m.digest = $9 RETURNING id`;

@Injectable()
export class Verifications {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly publishing: PublishingService,
    private readonly events: EventLog,
  ) {}

  /** By whoever may publish the release, once it is: what ran a draft says nothing of what will be published. */
  async record(actor: PersonActor, at: { model: string; release: string }, input: RecordVerification) {
    const id = uuidv7();
    await this.database.transaction(async (tx) => {
      const { model, release } = await this.publishing.releaseOf(tx, actor, at.model, at.release);
      if (release.state === 'draft') throw new Refusal('release-state', 'A draft is verified when it is published.', { state: 'draft' });
      const { runtime, digest, engine, loadMilliseconds, tokensPerSecond, outputSha256, verifiedAt } = input;
      const measured = [engine, loadMilliseconds, tokensPerSecond, outputSha256, verifiedAt];
      const rows = await tx.query<unknown[]>(RECORD, [id, release.id, ...measured, runtime, digest]);
      if (rows.length === 0) throw new Refusal('not-found', 'There is no such runtime image.');
      await this.events.append(
        actor,
        { kind: 'verification-recorded', subject: release.id, model: model.id, detail: { runtime, digest } },
        tx,
      );
    });
    return { ...input, id, image: ociReference(this.runtime.publicUrl, input.runtime, { digest: input.digest }) };
  }
}
