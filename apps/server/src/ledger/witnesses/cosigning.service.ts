import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AdapterFailure } from '@paddock/domain';
import { formatVerifierKey } from '@paddock/ledger';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { PublicLog, type PublishedCheckpoint } from '../log/public-log.service.js';
import { CosignatureRows } from './cosignature-rows.js';
import type { WitnessAnswer, WitnessClient } from './witness-client.js';
import { WitnessClients } from './witness-clients.js';

/** The most often that a process asks a witness; under load one checkpoint in several is cosigned. */
const EVERY_MS = 1000;

/**
 * Shows each newest checkpoint to the witnesses and keeps what they sign. Each has a sweep of its own: a slow one holds
 * nobody up, and what one answers that proves nothing is said in the log and otherwise ignored.
 */
@Injectable()
export class Cosigning implements OnApplicationBootstrap {
  /** What each witness has seen, as far as it said so. */
  private readonly seen = new Map<WitnessClient, bigint>();

  constructor(
    private readonly runtime: Runtime,
    private readonly sweeps: Sweeps,
    private readonly log: PublicLog,
    private readonly clients: WitnessClients,
    private readonly rows: CosignatureRows,
  ) {}

  onApplicationBootstrap(): void {
    for (const client of this.clients.all)
      this.sweeps.add({ name: `witness ${client.witness.vkey.name}`, everyMs: EVERY_MS, run: () => this.ask(client) });
  }

  /** For the newest checkpoint, where it has not cosigned it yet; returns how many cosignatures came of it. */
  private async ask(client: WitnessClient): Promise<number> {
    const vkey = formatVerifierKey(client.witness.vkey);
    const newest = await this.log.checkpoint();
    if (!newest || (await this.rows.has(newest.size, vkey))) return 0;
    const answer = await this.answerOf(client, newest);
    if (!('cosignature' in answer)) {
      const reason = 'reason' in answer ? answer.reason : `it has seen size ${answer.knows}, and this is ${newest.size}`;
      this.runtime.logger.warn({ witness: client.witness.vkey.name, size: Number(newest.size), reason }, 'a witness does not cosign');
      return 0;
    }
    await this.rows.write(newest.size, vkey, answer.cosignature);
    this.seen.set(client, newest.size);
    return 1;
  }

  /** A witness that has seen another size says which: then it is proved from there. */
  private async answerOf(client: WitnessClient, newest: PublishedCheckpoint): Promise<WitnessAnswer> {
    try {
      const answer = await this.offer(client, newest, this.seen.get(client) ?? 0n);
      if (!('knows' in answer) || answer.knows > newest.size) return answer;
      this.seen.set(client, answer.knows);
      return await this.offer(client, newest, answer.knows);
    } catch (error) {
      if (!(error instanceof AdapterFailure)) throw error;
      return { reason: error.message };
    }
  }

  private async offer(client: WitnessClient, newest: PublishedCheckpoint, old: bigint): Promise<WitnessAnswer> {
    const proof = await this.log.consistency(old, newest.size);
    return client.add({ old, proof, checkpoint: newest.note }, this.runtime.now());
  }
}
